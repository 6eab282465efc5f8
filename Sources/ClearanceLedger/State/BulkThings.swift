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
        let roots = links.keys.indices.map { Int(union.root(UInt32($0))) }
        // The smallest key in force of every root; its own number where there is none yet.
        var smallest = [Int](repeating: -1, count: roots.count)
        var direct = NumberedLists(count: roots.count)
        var viaOf: [(root: Int, via: Int)] = []
        for pass in [NumberedLists.Pass.count, .fill] {
            direct.begin(pass)
            var vias: [Int] = []
            var own: [Int] = []
            for position in 0..<UInt64(links.eventCount) {
                vias.removeAll(keepingCapacity: true)
                own.removeAll(keepingCapacity: true)
                links.forEachTie(position + 1) { number, role in
                    guard role != .via else { return vias.append(Int(number)) }
                    let root = roots[Int(number)]
                    direct.add(position + 1, to: root, pass)
                    guard pass == .count else { return }
                    let known = smallest[root]
                    if known < 0 || links.keys[Int(number)] < links.keys[known] {
                        smallest[root] = Int(number)
                    }
                    if !own.contains(root) { own.append(root) }
                }
                for root in own { for via in vias { viaOf.append((root, via)) } }
            }
        }
        let order = roots.indices.filter { smallest[$0] >= 0 }
            .sorted { links.keys[smallest[$0]] < links.keys[smallest[$1]] }
        ids = order.map { links.keys[smallest[$0]] }
        var numberOfRoot = [Int32](repeating: -1, count: roots.count)
        for (number, root) in order.enumerated() { numberOfRoot[root] = Int32(number) }
        thingOfKey = roots.map { numberOfRoot[$0] }
        (members, starts) = BulkThings.members(
            order, direct: direct, viaOf: viaOf, vias: links.viasInForce())
    }

    /// The events of every thing: those that name it, and those that its own go via.
    private static func members(
        _ order: [Int], direct: NumberedLists, viaOf: [(root: Int, via: Int)],
        vias: NumberedLists
    ) -> (members: [UInt64], starts: [Int]) {
        let byRoot = viaOf.sorted { $0.root < $1.root }
        var first = [Int: Int]()
        for (index, pair) in byRoot.enumerated() where first[pair.root] == nil {
            first[pair.root] = index
        }
        var members: [UInt64] = []
        var starts = [0]
        var list: [UInt64] = []
        for root in order {
            list.removeAll(keepingCapacity: true)
            list.append(contentsOf: direct[root])
            var index = first[root] ?? byRoot.count
            while index < byRoot.count, byRoot[index].root == root {
                list.append(contentsOf: vias[byRoot[index].via])
                index += 1
            }
            var previous: UInt64 = 0
            for position in list.sorted() where position != previous {
                members.append(position)
                previous = position
            }
            starts.append(members.count)
        }
        return (members, starts)
    }

    func positions(_ number: Int) -> ArraySlice<UInt64> {
        members[starts[number]..<starts[number + 1]]
    }

    /// Two runs of things with about as many events each, each in the order of their first events:
    /// what was said together lies together in the log, so reading it is cheap.
    func halves() -> [ArraySlice<Int>] {
        let order = ids.indices.sorted { members[starts[$0]] < members[starts[$1]] }
        var seen = 0
        let cut = order.firstIndex { number in
            seen += starts[number + 1] - starts[number]
            return seen >= members.count / 2
        }
        guard let cut, cut + 1 < order.count else { return [order[...]] }
        return [order[...cut], order[(cut + 1)...]]
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
