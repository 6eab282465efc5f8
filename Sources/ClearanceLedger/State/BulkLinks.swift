import ClearanceEvents
import ClearanceStore

/// All links of the log under one grouping, keys as small numbers.
struct BulkLinks {
    /// One tie of one event: the key's number and the role, in one word.
    private var ties: [UInt32] = []
    /// Where the ties of position p begin: `starts[p - 1]`.
    private var starts: [Int] = [0]
    private(set) var keys: [Digest16] = []
    private var numbers: [Digest16: UInt32] = [:]
    private(set) var union = UnionFind()

    init(
        _ grouping: any Grouping.Type, reader: LogReader, through end: UInt64,
        corrections: Corrections, horizon: Horizon
    ) throws(StoreError) {
        var sink = LinkSink()
        var builder = BulkLinks()
        try reader.forEach(from: 1, through: end) { (position, bytes) throws(StoreError) in
            guard let view = try? EventView(bytes) else {
                throw StoreError(.corrupted, "read the entry at position \(position)")
            }
            sink.clear()
            // The postings keep every event's links, in force or not, as the live tables do; only
            // those in force join things.
            let isSeen =
                view.time <= horizon.time
                && !corrections.leavesOut(view, knownAt: min(horizon.position, end))
            grouping.links(of: view, into: &sink)
            builder.add(sink.links, inForce: isSeen)
            return true
        }
        self = builder
    }

    private init() {}

    /// How many events were read.
    var eventCount: Int { starts.count - 1 }

    private static let inForceBit: UInt32 = 4

    private mutating func add(_ links: [LinkSink.Link], inForce: Bool) {
        var first: UInt32?
        for link in links {
            let number = self.number(of: link.key, isVia: link.role == .via)
            ties.append(
                number << 3 | UInt32(link.role.rawValue) | (inForce ? BulkLinks.inForceBit : 0))
            guard inForce, link.role == .joins else { continue }
            if let first { union.join(first, number) } else { first = number }
        }
        starts.append(ties.count)
    }

    /// Via keys live in a space of their own: the same digest may be both.
    private mutating func number(of key: Digest16, isVia: Bool) -> UInt32 {
        let spaced = isVia ? Digest16(high: ~key.high, low: key.low) : key
        if let known = numbers[spaced] { return known }
        let number = UInt32(keys.count)
        precondition(keys.count < 1 << 28, "a bulk build holds at most 2^28 keys")
        numbers[spaced] = number
        keys.append(key)
        union.add()
        return number
    }

    /// Calls `body` with (key number, role) of every tie in force of an event.
    func forEachTie(_ position: UInt64, _ body: (UInt32, LinkSink.Role) -> Void) {
        for index in starts[Int(position) - 1]..<starts[Int(position)] {
            guard ties[index] & BulkLinks.inForceBit != 0,
                let role = LinkSink.Role(rawValue: UInt8(ties[index] & 3))
            else { continue }
            body(ties[index] >> 3, role)
        }
    }

    /// Via key number → positions of the events in force that go via it.
    func viasInForce() -> NumberedLists {
        var lists = NumberedLists(count: keys.count)
        for pass in [NumberedLists.Pass.count, .fill] {
            lists.begin(pass)
            for position in 0..<UInt64(eventCount) {
                forEachTie(position + 1) { number, role in
                    if role == .via { lists.add(position + 1, to: Int(number), pass) }
                }
            }
        }
        return lists
    }

    /// Key number → positions of the events that have it as a direct or as a via key.
    func lists(via: Bool) -> NumberedLists {
        var lists = NumberedLists(count: keys.count)
        for pass in [NumberedLists.Pass.count, .fill] {
            lists.begin(pass)
            for position in 0..<eventCount {
                for index in starts[position]..<starts[position + 1] {
                    let isVia = ties[index] & 3 == UInt32(LinkSink.Role.via.rawValue)
                    guard isVia == via else { continue }
                    lists.add(UInt64(position + 1), to: Int(ties[index] >> 3), pass)
                }
            }
        }
        return lists
    }

    /// Key → positions as the live tables hold them, of direct or of via keys.
    func postings(via: Bool) -> SortedTable {
        let lists = lists(via: via)
        let order = keys.indices.filter { !lists[$0].isEmpty }.sorted { keys[$0] < keys[$1] }
        var table = SortedTable()
        for number in order { table.append(keys[number].bytes, Posting.encode(lists[number])) }
        return table
    }
}

/// Disjoint sets over small numbers, with path halving.
struct UnionFind: Sendable {
    private var parents: [UInt32] = []

    /// Adds a set of one.
    mutating func add() { parents.append(UInt32(parents.count)) }

    mutating func join(_ left: UInt32, _ right: UInt32) {
        let (first, second) = (root(left), root(right))
        if first != second { parents[Int(max(first, second))] = min(first, second) }
    }

    mutating func root(_ number: UInt32) -> UInt32 {
        var current = number
        while parents[Int(current)] != current {
            parents[Int(current)] = parents[Int(parents[Int(current)])]
            current = parents[Int(current)]
        }
        return current
    }
}
