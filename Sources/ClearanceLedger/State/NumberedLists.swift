/// Many short lists in one array: counted first, then filled. A position stands once in a list.
struct NumberedLists: Sendable {
    enum Pass { case count, fill }

    private var starts: [Int]
    private var ends: [Int]
    private var last: [UInt64]
    private var items: [UInt64] = []

    init(count: Int) {
        starts = Array(repeating: 0, count: count + 1)
        ends = []
        last = Array(repeating: 0, count: count)
    }

    mutating func begin(_ pass: Pass) {
        guard pass == .fill else { return }
        for index in 1..<starts.count { starts[index] += starts[index - 1] }
        ends = starts
        items = Array(repeating: 0, count: starts[starts.count - 1])
        last = Array(repeating: 0, count: last.count)
    }

    /// Adds a position to a list, in ascending order; both passes see the same calls.
    mutating func add(_ position: UInt64, to list: Int, _ pass: Pass) {
        guard last[list] != position else { return }
        last[list] = position
        switch pass {
        case .count: starts[list + 1] += 1
        case .fill:
            items[ends[list]] = position
            ends[list] += 1
        }
    }

    subscript(list: Int) -> ArraySlice<UInt64> { items[starts[list]..<starts[list + 1]] }
}
