public import ClearanceEvents

/// The counts of `match`, gathered row by row in any order.
///
/// Papers that stand in several rows are counted once. Memory: the names of such papers, and
/// eight bytes for each list.
public struct MatchSummary: Sendable {
    /// How many orders have an outcome.
    public private(set) var orders = 0
    /// Outcome → count; names with no order are absent.
    public private(set) var outcomes: [MatchOutcome: Int] = [:]
    /// Kind → count.
    public private(set) var kinds: [MatchCode: Int] = [:]

    private let decider: MatchDecider
    private let day: CivilDay?
    private var plainOrphans: [MatchCode: Int] = [:]
    private var plainPapers = 0
    private var sharedPapers: Set<PaperName> = []
    private var met: Set<PaperName> = []
    private var judgedLists: Set<NameToken> = []
    private var unmet: [PaperName: MatchCode] = [:]

    /// A summary of nothing, for the last Beijing day that has ended.
    public init(_ decider: MatchDecider, day: CivilDay?) {
        self.decider = decider
        self.day = day
    }

    /// Counts a row and gives back its outcomes.
    @discardableResult
    public mutating func add(_ row: MatchRow) -> [OrderOutcome] {
        let meeting = Meeting(row, rules: decider.rules)
        let found = decider.outcomes(of: meeting, day: day)
        for outcome in found {
            orders += 1
            outcomes[outcome.outcome, default: 0] += 1
            kinds[outcome.kind, default: 0] += 1
        }
        count(meeting)
        for orphan in decider.orphans(of: meeting, day: day) {
            if orphan.isShared {
                unmet[orphan.paper] = orphan.kind
            } else {
                plainOrphans[orphan.kind, default: 0] += 1
            }
        }
        return found
    }

    /// Orphan kind → count.
    public var orphans: [MatchCode: Int] {
        var counts = plainOrphans
        for (paper, kind) in unmet where isUnmet(paper, kind) { counts[kind, default: 0] += 1 }
        return counts
    }

    /// Whether an orphan of one row is one after all rows were added.
    public func isUnmet(_ orphan: Orphan) -> Bool {
        !orphan.isShared || isUnmet(orphan.paper, orphan.kind)
    }

    private func isUnmet(_ paper: PaperName, _ kind: MatchCode) -> Bool {
        if met.contains(paper) { return false }
        return kind != .orphanList || !judgedLists.contains(Tokens.of(bytes: paper.subject))
    }

    /// Live orders, payments once for each order, lives of waybills and proceeds, the orphans among
    /// them included; lists are not counted.
    public var papers: Int {
        let lost = orphans.reduce(0) { $0 + ($1.key == .orphanList ? 0 : $1.value) }
        return plainPapers + sharedPapers.count + lost
    }

    private mutating func count(_ meeting: Meeting) {
        var ambiguous: Set<PaperName> = []
        for (index, papers) in meeting.papers.enumerated() {
            if meeting.orders[index].state == .live { plainPapers += 1 }
            plainPapers += papers.payments.count + papers.proceeds.count
            for payment in papers.payments {
                let stream = meeting.row.payments[payment.stream]
                if payment.orderCount > 1 || stream.versions.count > 1 {
                    met.insert(PaperName(subject: stream.subject))
                }
            }
            for life in papers.waybills { count(meeting, life: life) }
            for paper in papers.ambiguous { ambiguous.insert(paper) }
        }
        // A list also stands in the rows of other orders that its waybill number was used for.
        // It is judged, dead or alive, where the order with its number is.
        for list in meeting.row.lists where meeting.hasOrder(numbered: list.facts.number) {
            judgedLists.insert(Tokens.of(bytes: list.subject))
        }
        // What ended it is told in its own row alone, whether an order is there or not.
        for list in meeting.deadLists {
            judgedLists.insert(Tokens.of(bytes: meeting.row.lists[list].subject))
        }
        met.formUnion(ambiguous)
        sharedPapers.formUnion(ambiguous)
    }

    private mutating func count(_ meeting: Meeting, life index: Int) {
        let life = meeting.lives[index]
        let stream = meeting.row.waybills[life.stream]
        let isPlain =
            stream.versions.count == 1 && stream.versions[0].facts.number != Tokens.none
        if isPlain {
            plainPapers += 1
        } else {
            met.insert(meeting.name(life))
            sharedPapers.insert(meeting.name(life))
        }
    }
}
