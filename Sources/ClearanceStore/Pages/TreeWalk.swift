/// Walks one tree in the order of its keys, or against it, checking every page on the way.
///
/// A page that cannot be used is told and left out with all below it; the walk goes on beside it.
/// Depth is bounded by the tree's own row, which is bounded by LMDB's limit.
struct TreeWalk {
    enum Kind {
        /// Transaction number → list of pages.
        case freeList
        /// Name → row of a table.
        case tables
        /// What the ledger stores.
        case table
    }

    /// What the walk hands on, in the order of the keys.
    enum Finding {
        case entry(PageValue)
        case damage(PageDamage)
    }

    /// LMDB's own limit for a cursor.
    static let depthLimit = 32

    let account: PageAccount
    let kind: Kind
    let name: String
    /// Whether the header of every large value is read: a page of the disk each.
    let readsLargeHeaders: Bool
    let finding: ((Finding) -> Bool)?
    /// Whether children are visited from the last to the first: what was written last comes first
    /// when only some pages are looked at. Nothing is handed on then.
    private var isBackwards: Bool { finding == nil && !readsLargeHeaders }

    private(set) var branchPages: UInt64 = 0
    private(set) var leafPages: UInt64 = 0
    private(set) var overflowPages: UInt64 = 0
    private(set) var entries: UInt64 = 0
    private var lastKey: PageKey?
    private var stopped = false
    /// Whether a part was left out that the newer commit has too.
    private var isShared = false

    init(
        _ account: PageAccount, _ kind: Kind, name: String, readsLargeHeaders: Bool,
        _ finding: ((Finding) -> Bool)?
    ) {
        self.account = account
        self.kind = kind
        self.name = name
        self.readsLargeHeaders = readsLargeHeaders
        self.finding = finding
    }

    /// Walks the whole tree of a row and compares it with what the row says.
    mutating func run(_ record: TableRecord) {
        guard let root = record.root else {
            if record.depth != 0 || record.entries != 0 || record.pages != 0 {
                tell(nil, "\(name) has no root but pages or entries")
            }
            return
        }
        guard 1...TreeWalk.depthLimit ~= record.depth else {
            return tell(root, "\(name) has a depth of \(record.depth)")
        }
        let before = account.damage.count
        visit(root, levels: record.depth, low: nil, high: nil)
        // Totals of a tree that was not walked to its end say nothing.
        guard account.damage.count == before, account.isWhole, !stopped, !isShared else { return }
        if branchPages != record.branchPages || leafPages != record.leafPages
            || (readsLargeHeaders && overflowPages != record.overflowPages)
        {
            tell(root, "\(name) has other pages than its row says")
        }
        if entries != record.entries {
            tell(root, "\(name) has \(entries) entries and its row says \(record.entries)")
        }
    }

    private mutating func tell(_ page: UInt64?, _ what: String) {
        account.add(page, what)
        let damage = PageDamage(path: account.file.path, page: page, what: what)
        hand(.damage(damage))
    }

    private mutating func stop() {
        stopped = true
        account.stop()
    }

    private mutating func visit(
        _ number: UInt64, levels: Int, low: PageKey?, high: PageKey?
    ) {
        if kind == .table, account.checked?.contains(number) ?? false {
            isShared = true
            return
        }
        // The bound is for the tables: the free list of a log is short, and sums need all of it.
        guard !stopped, kind != .table || account.spend() else { return }
        let before = account.damage.count
        guard account.claim(number, for: "a page of \(name)") else {
            if account.damage.count > before { hand(.damage(account.damage[before])) }
            return
        }
        let page: RawPage
        do throws(PageFlaw) {
            page = try account.file.page(number)
        } catch {
            return tell(number, error.what)
        }
        guard (page.kind == .leaf) == (levels == 1) else {
            return tell(number, "a branch or leaf of \(name) at the wrong level")
        }
        if page.kind == .branch {
            branchPages += 1
            descend(page, number, levels: levels, low: low, high: high)
        } else {
            leafPages += 1
            // Its neighbours' keys lie beyond the separators.
            lastKey = nil
            for node in page.nodes where !stopped {
                take(page, number, node, low: low, high: high)
            }
        }
    }

    private mutating func descend(
        _ page: RawPage, _ number: UInt64, levels: Int, low: PageKey?, high: PageKey?
    ) {
        guard page.nodes.count > 1 || kind == .freeList else {
            return tell(number, "a branch of \(name) with one child")
        }
        var bounds: [PageKey?] = [low]
        for (index, node) in page.nodes.enumerated() where index > 0 {
            // The first key of a branch has no meaning: all below the second go there.
            let key = key(page, node)
            if !isKey(key) || !isAbove(key, bounds[index - 1]) || reaches(key, high) {
                tell(number, "the keys of a branch of \(name) are out of order")
            }
            bounds.append(key)
        }
        bounds.append(high)
        for place in page.nodes.indices where !stopped {
            let index = isBackwards ? page.nodes.count - 1 - place : place
            visit(
                page.nodes[index].child, levels: levels - 1, low: bounds[index],
                high: bounds[index + 1])
        }
    }

    private mutating func take(
        _ page: RawPage, _ number: UInt64, _ node: RawPage.Node, low: PageKey?, high: PageKey?
    ) {
        let key = key(page, node)
        entries += 1
        guard isKey(key) else { return tell(number, "a key of \(name) with \(key.count) bytes") }
        if low.map({ key < $0 }) ?? false || reaches(key, high) || !isAbove(key, lastKey) {
            tell(number, "the keys of \(name) are out of order")
        }
        lastKey = key
        switch node.flags {
        case 0 where kind != .tables: break
        case RawPage.largeFlag where kind != .tables:
            guard claimLarge(page, node) else { return }
        case RawPage.tableFlag where kind == .tables && node.valueBytes == TableRecord.bytes: break
        default: return tell(number, "an entry of \(name) with flags \(node.flags)")
        }
        guard finding != nil, !stopped else { return }
        hand(.entry(PageValue(account.file, page, number, node)))
    }

    /// Claims the pages of a large value: as many as its header says, else as it needs.
    private mutating func claimLarge(_ page: RawPage, _ node: RawPage.Node) -> Bool {
        let first = page.largePage(node)
        let needed = account.file.pages(ofLarge: node.valueBytes)
        var count = needed
        if readsLargeHeaders, first <= account.lastPage {
            do throws(PageFlaw) {
                count = try account.file.largePages(first)
            } catch {
                tell(first, error.what)
                return false
            }
            guard count >= needed else {
                tell(first, "a value of \(needed) pages has room on \(count)")
                return false
            }
        }
        overflowPages += count
        let before = account.damage.count
        if account.claim(first, count, for: "a large value of \(name)") { return true }
        if account.damage.count > before { hand(.damage(account.damage[before])) }
        return false
    }

    private mutating func hand(_ found: Finding) {
        if let finding, !finding(found) { stop() }
    }

    private func key(_ page: RawPage, _ node: RawPage.Node) -> PageKey {
        let bytes = page.bytes.span.extracting(node.key)
        return kind == .freeList ? PageKey(native: bytes) : PageKey(bytes)
    }

    private func isKey(_ key: PageKey) -> Bool {
        kind == .freeList ? key.count == 8 : key.count > 0
    }

    private func isAbove(_ key: PageKey, _ other: PageKey?) -> Bool {
        other.map { $0 < key } ?? true
    }

    private func reaches(_ key: PageKey, _ bound: PageKey?) -> Bool {
        bound.map { !(key < $0) } ?? false
    }
}
