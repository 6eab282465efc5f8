import ClearanceEvents

/// All things of the log under one grouping, in the order of their ids.
struct BulkThings: Sendable {
    /// The id of each thing: the smallest of its keys.
    let ids: [Digest16]
    /// Positions of thing n: `members[starts[n]..<starts[n + 1]]`, ascending.
    private let members: [UInt64]
    private let starts: [Int]
    /// Key number → thing number; nil for via keys and keys without an event in force.
    private let thingOfKey: [Int32]

    init(_ links: BulkLinks) {
        var union = links.union
        var direct: [(root: UInt32, position: UInt64)] = []
        var viaOf: [(root: UInt32, via: UInt32)] = []
        var positionsOfVia: [UInt32: [UInt64]] = [:]
        var smallest: [UInt32: Digest16] = [:]
        for position in 0..<UInt64(links.eventCount) {
            var roots: [UInt32] = []
            var vias: [UInt32] = []
            links.forEachTie(position + 1) { number, role in
                guard role != .via else { return vias.append(number) }
                let root = union.root(number)
                let key = links.keys[Int(number)]
                smallest[root] = min(smallest[root] ?? key, key)
                if !roots.contains(root) { roots.append(root) }
            }
            for root in roots {
                direct.append((root, position + 1))
                for via in vias { viaOf.append((root, via)) }
            }
            for via in vias { positionsOfVia[via, default: []].append(position + 1) }
        }
        let order = smallest.sorted { $0.value < $1.value }
        ids = order.map(\.value)
        var numberOfRoot: [UInt32: Int32] = [:]
        for (number, entry) in order.enumerated() { numberOfRoot[entry.key] = Int32(number) }
        var lists: [[UInt64]] = Array(repeating: [], count: ids.count)
        for (root, position) in direct {
            if let number = numberOfRoot[root] { lists[Int(number)].append(position) }
        }
        for (root, via) in viaOf {
            if let number = numberOfRoot[root] {
                lists[Int(number)] += positionsOfVia[via] ?? []
            }
        }
        var members: [UInt64] = []
        var starts = [0]
        for list in lists {
            var previous: UInt64 = 0
            for position in list.sorted() where position != previous {
                members.append(position)
                previous = position
            }
            starts.append(members.count)
        }
        self.members = members
        self.starts = starts
        thingOfKey = links.keys.indices.map { number in
            numberOfRoot[union.root(UInt32(number))] ?? -1
        }
    }

    func positions(_ number: Int) -> ArraySlice<UInt64> {
        members[starts[number]..<starts[number + 1]]
    }

    /// Two runs of things with about as many events each.
    func halves() -> [Range<Int>] {
        guard ids.count > 1 else { return [0..<ids.count] }
        let middle = starts.firstIndex { $0 >= members.count / 2 } ?? ids.count / 2
        let cut = min(max(middle, 1), ids.count - 1)
        return [0..<cut, cut..<ids.count]
    }

    /// Key → thing, as the live table holds it.
    func owners(_ links: BulkLinks) -> SortedTable {
        var owned: [(Digest16, Digest16)] = []
        for (number, key) in links.keys.enumerated() where thingOfKey[number] >= 0 {
            owned.append((key, ids[Int(thingOfKey[number])]))
        }
        owned.sort { $0.0 < $1.0 }
        var table = SortedTable()
        for (key, id) in owned { table.append(key.bytes, id.bytes) }
        return table
    }
}
