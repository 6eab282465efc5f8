import ClearanceEvents
import ClearanceStore

/// Makes runs anew from the log where they are missing.
struct RunRebuild: Sendable {
    let store: RunStore
    let source: FactSource
    /// Entries that one run is made of at a time: what is held in memory.
    let limit: Int

    /// Runs of one kind over a range of positions; none is left when one cannot be made. Cost:
    /// about 200 ns an entry.
    func runs(
        _ kind: RunKind, covering range: ClosedRange<UInt64>
    ) throws(LedgerError) -> [IndexRun] {
        var made: [IndexRun] = []
        do throws(LedgerError) { try make(kind, covering: range, into: &made) } catch {
            store.remove(made)
            throw error
        }
        return made
    }

    private func make(
        _ kind: RunKind, covering range: ClosedRange<UInt64>, into made: inout [IndexRun]
    ) throws(LedgerError) {
        var first = range.lowerBound
        while first <= range.upperBound {
            let last = min(range.upperBound, first + UInt64(limit) - 1)
            let table = PrefixTable(room: Int(last - first + 1))
            try source.read(
                first...last, facts: kind == .facts ? table : nil,
                heads: kind == .heads ? table : nil)
            guard let mark = try source.log.reader().identity(at: last) else {
                throw LedgerError(.damaged, "position \(last) cannot be read")
            }
            made.append(
                try storing { () throws(StoreError) in
                    try store.write(table.sorted(), kind, covering: first...last, mark: mark)
                })
            first = last + 1
        }
    }

    /// Makes whatever is missing up to a position; both kinds side by side.
    func fill(through end: UInt64) throws(LedgerError) {
        let missing = RunKind.allCases.flatMap { kind in
            RunRebuild.gaps(store.current[kind].map(\.line.covered), through: end)
                .map { (kind, $0) }
        }
        guard !missing.isEmpty else { return }
        let made = try Parallel.map(missing) { gap throws(LedgerError) in
            try runs(gap.0, covering: gap.1)
        }
        try storing { () throws(StoreError) in
            try store.replace([], with: made.flatMap { $0 })
        }
    }

    /// The positions up to an end that no range covers.
    static func gaps(
        _ covered: [ClosedRange<UInt64>], through end: UInt64
    ) -> [ClosedRange<UInt64>] {
        var gaps: [ClosedRange<UInt64>] = []
        var next: UInt64 = 1
        for range in covered {
            if next < range.lowerBound, next <= end {
                gaps.append(next...min(end, range.lowerBound - 1))
            }
            next = range.upperBound + 1
        }
        if next <= end { gaps.append(next...end) }
        return gaps
    }
}
