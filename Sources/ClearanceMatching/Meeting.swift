import ClearanceEvents

/// An order as it counts: its live version, or the last one of an order that is void.
struct LiveOrder {
    enum State {
        case live
        /// All versions were withdrawn.
        case voided
        /// Customs rejected what was not withdrawn.
        case rejected
    }

    let stream: Int
    let version: Int
    let state: State
}

/// A payment line that an order is paid with.
struct Contribution {
    let stream: Int
    let version: Int
    /// nil when the payment pays several orders and does not say how much of each.
    let share: Int64?
    /// How many orders the payment names.
    let orderCount: Int
}

/// One life of a waybill number.
struct WaybillLife {
    let stream: Int
    /// The live version; nil when none is left.
    let version: Int?
    let start: Int64
    /// Own times of the life.
    let window: Range<Int64>

    var day: CivilDay { Instant(microseconds: start).beijingDay }
}

/// Where the ladder of a paper ends.
enum Resolution {
    case none
    case order(Int)
    case ambiguous([Int])
}

/// What meets one order.
struct OrderPapers {
    var payments: [Contribution] = []
    /// Indices of ``Meeting/lives``.
    var waybills: [Int] = []
    var proceeds: [(stream: Int, version: Int)] = []
    /// Index of the newest live list in the row.
    var list: Int?
    /// Check codes with which customs rejected the newest attempt to declare the order.
    var customsCodes: [ShortCode] = []
    var ambiguous: [PaperName] = []
    var reused: [PaperName] = []
    /// Payments whose shares do not add up: sum of shares, amount.
    var shareFaults: [(sum: Int128, amount: Int128)] = []
}

/// A paper of the row that meets none of its orders.
///
/// A payment of several orders, a waybill number of several orders and a list that shares a waybill
/// stand in several rows; only all of them together say whether the paper meets no order.
struct Unmet {
    let kind: MatchCode
    let paper: PaperName
    let own: Int64
    let isShared: Bool
}

/// Which papers meet which orders (`specs/matching.md`, how papers meet an order).
///
/// Built once a question from a row; depends on the rule set, not on the day. Cost: linear in the
/// papers, but for rows of many orders with one number.
struct Meeting {
    let row: MatchRow
    let rules: MatchRules
    private(set) var orders: [LiveOrder] = []
    var lives: [WaybillLife] = []
    var papers: [OrderPapers] = []
    var orphans: [Unmet] = []
    /// Lists of which no version counts any more.
    var deadLists: [Int] = []
    /// Live lists with the order that each meets.
    var liveLists: [(list: Int, order: Int?)] = []
    private var byNumber: [(number: NameToken, order: Int)] = []

    init(_ row: MatchRow, rules: MatchRules) {
        self.row = row
        self.rules = rules
        gatherOrders()
        papers = Array(repeating: OrderPapers(), count: orders.count)
        gatherLives()
        meetLists()
        meetPayments()
        meetWaybills()
        meetProceeds()
    }

    /// The facts of an order.
    func facts(_ order: Int) -> OrderFacts {
        let place = orders[order]
        return row.orders[place.stream].versions[place.version].facts
    }

    private mutating func gatherOrders() {
        for index in row.orders.indices {
            guard let last = row.orders[index].versions.indices.last else { continue }
            let stream = row.orders[index]
            if let live = stream.versions.indices.last(where: { stream.isLive($0) }) {
                orders.append(LiveOrder(stream: index, version: live, state: .live))
            } else {
                let isVoided = stream.isWithdrawn(last)
                orders.append(
                    LiveOrder(
                        stream: index, version: last, state: isVoided ? .voided : .rejected))
            }
        }
        guard orders.count > 8 else { return }
        byNumber = orders.indices.map { (facts($0).number, $0) }
        byNumber.sort { $0.number != $1.number ? $0.number < $1.number : $0.order < $1.order }
    }

    /// The orders with this number that also pass a test.
    func orders(
        numbered number: NameToken, where test: (borrowing OrderFacts) -> Bool
    ) -> [Int] {
        guard number != Tokens.none else { return [] }
        var found: [Int] = []
        if byNumber.isEmpty {
            for index in orders.indices {
                let place = orders[index]
                // Facts are copied only for orders that have the number.
                if row.orders[place.stream].versions[place.version].facts.number == number,
                    test(facts(index))
                {
                    found.append(index)
                }
            }
            return found
        }
        var low = 0
        var high = byNumber.count
        while low < high {
            let middle = (low + high) / 2
            if byNumber[middle].number < number { low = middle + 1 } else { high = middle }
        }
        while low < byNumber.count, byNumber[low].number == number {
            if test(facts(byNumber[low].order)) { found.append(byNumber[low].order) }
            low += 1
        }
        return found
    }

    /// Whether the row has an order with this number.
    func hasOrder(numbered number: NameToken) -> Bool {
        !orders(numbered: number) { _ in true }.isEmpty
    }

    /// The end of a ladder: the first step that gives exactly one live order decides; a void order
    /// takes its papers only where no live one stands.
    func resolve(
        _ candidates: [Int], first: (Int) -> Bool = { _ in false },
        then: (Int) -> Bool = { _ in false }
    ) -> Resolution {
        if candidates.count == 1 { return .order(candidates[0]) }
        let live = candidates.filter { orders[$0].state == .live }
        if live.isEmpty { return candidates.first.map { .order($0) } ?? .none }
        if live.count == 1 { return .order(live[0]) }
        let narrowed = live.filter(first)
        if narrowed.count == 1 { return .order(narrowed[0]) }
        let last = live.filter(then)
        if last.count == 1 { return .order(last[0]) }
        return .ambiguous(live)
    }

    private mutating func meetProceeds() {
        for index in row.proceeds.indices {
            let stream = row.proceeds[index]
            guard let live = stream.versions.indices.last(where: { stream.isLive($0) }) else {
                continue
            }
            let facts = stream.versions[live].facts
            let found = resolve(
                orders(numbered: facts.number) { $0.enterprise == facts.enterprise })
            let name = PaperName(subject: stream.subject)
            switch found {
            case .none:
                orphans.append(
                    Unmet(
                        kind: .orphanProceeds, paper: name, own: stream.versions[live].own,
                        isShared: false))
            case .order(let order): papers[order].proceeds.append((index, live))
            case .ambiguous(let candidates):
                for order in candidates { papers[order].ambiguous.append(name) }
            }
        }
    }
}
