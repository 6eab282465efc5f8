import ClearanceEvents
import ClearanceStore

/// All links of the log under one grouping, keys as small numbers.
struct BulkLinks {
    /// One tie of one event: the key's number and the role, in one word.
    private var ties: [UInt32] = []
    /// Where the ties of position p begin: `starts[p - 1]`.
    private var starts: [Int] = [0]
    private(set) var keys: [Digest16] = []
    private var numbers = DigestNumbers()
    private(set) var union = UnionFind()

    /// Numbers the keys of consecutive parts of the log.
    init(_ parts: [LinkScan.Part]) {
        ties.reserveCapacity(parts.reduce(0) { $0 + $1.keys.count })
        starts.reserveCapacity(parts.reduce(1) { $0 + $1.counts.count })
        for part in parts {
            var next = 0
            for count in part.counts {
                add(part, next..<(next + Int(count)))
                next += Int(count)
            }
        }
    }

    /// How many events were read.
    var eventCount: Int { starts.count - 1 }

    private mutating func add(_ part: LinkScan.Part, _ range: Range<Int>) {
        var first: UInt32?
        for index in range {
            let role = part.roles[index]
            let number = self.number(
                of: part.keys[index], isVia: role & 3 == LinkSink.Role.via.rawValue)
            ties.append(number << 3 | UInt32(role))
            let joins = LinkSink.Role.joins.rawValue | LinkScan.inForceBit
            guard role == joins else { continue }
            if let first { union.join(first, number) } else { first = number }
        }
        starts.append(ties.count)
    }

    /// Via keys live in a space of their own: the same digest may be both.
    private mutating func number(of key: Digest16, isVia: Bool) -> UInt32 {
        let spaced = isVia ? Digest16(high: ~key.high, low: key.low) : key
        let (number, isNew) = numbers.number(of: spaced)
        if isNew {
            keys.append(key)
            union.add()
        }
        return number
    }

    /// Calls `body` with (key number, role) of every tie in force of an event.
    func forEachTie(_ position: UInt64, _ body: (UInt32, LinkSink.Role) -> Void) {
        for index in starts[Int(position) - 1]..<starts[Int(position)] {
            guard ties[index] & UInt32(LinkScan.inForceBit) != 0,
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
