/// The pages of one commit: which were met, and what was wrong with them.
///
/// Every page is claimed once, by a tree or by the list of free ones, so that no walk goes in
/// circles whatever the file says. Memory: one bit a page.
final class PageAccount {
    /// Damages kept: the first ones matter.
    static let damageLimit = 100

    let file: PageFile
    let lastPage: UInt64
    private(set) var claimed: PageSet
    private(set) var damage: [PageDamage] = []
    /// Pages that may still be read; the walk ends there, as `isWhole` then says.
    private(set) var budget: Int
    private(set) var isWhole = true

    /// Pages of tables that were found sound in the newer commit: what lies below them was too.
    let checked: PageSet?

    init(_ file: PageFile, _ meta: RawMeta, budget: Int, checked: PageSet? = nil) {
        self.file = file
        self.checked = checked
        self.budget = budget
        lastPage = meta.lastPage
        claimed = PageSet(limit: meta.lastPage + 1)
        // Both meta pages belong to every commit.
        _ = claimed.insert(0..<min(2, claimed.limit))
    }

    func add(_ page: UInt64?, _ what: String) {
        guard damage.count < PageAccount.damageLimit else { return }
        damage.append(PageDamage(path: file.path, page: page, what: what))
    }

    /// Takes pages for one use; false, with the reason told, when they cannot be had.
    func claim(
        _ first: UInt64, _ count: UInt64 = 1, for use: @autoclosure () -> String
    ) -> Bool {
        guard count >= 1, first <= lastPage, count <= lastPage - first + 1 else {
            add(first, "\(use()) goes beyond the last page \(lastPage)")
            return false
        }
        guard let taken = claimed.insert(first..<(first + count)) else { return true }
        add(taken, "\(use()), which has another use already")
        return false
    }

    /// Counts one page as read; false when no more may be.
    func spend() -> Bool {
        guard budget > 0 else {
            isWhole = false
            return false
        }
        budget -= 1
        return true
    }

    /// The walk was cut by whoever receives the entries.
    func stop() { isWhole = false }
}
