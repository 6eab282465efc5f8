import ClearanceEvents
import ClearanceStore

/// Which facts are in the log: newest in memory, older in sorted runs, all rebuildable from it.
///
/// Random keys never enter a tree in the synchronous path: a full table becomes one sorted run
/// (`specs/log.md`, exactly once). For the writer's thread alone.
struct NaturalKeyIndex: Sendable {
    private var table = NaturalKeyTable()
    private var runs: [KeyRun] = []
    private let state: StateEnvironment
    /// Runs never change, so one snapshot serves until the next run is written.
    private var snapshot: Snapshot?
    private let limit: Int

    /// Loads the runs and reads the tail of the log behind them.
    init(
        state: StateEnvironment, log: LogReader, limit: Int
    ) throws(LedgerError) {
        self.state = state
        self.limit = limit
        let (numbers, covered) = try state.keyRuns()
        do {
            let snapshot = try Snapshot(state.environment)
            if !numbers.isEmpty { self.snapshot = snapshot }
            for number in numbers {
                runs.append(
                    try KeyRun.load(number: number, table: state.runs, from: snapshot))
            }
        } catch { throw LedgerError(error) }
        let last = try log.lastPosition()
        var tail = NaturalKeyTable()
        var damage: (UInt64, DecodingError)?
        try storing { () throws(StoreError) in
            try log.forEach(from: covered + 1, through: last) { (position, bytes) in
                do throws(DecodingError) {
                    let identity = try EventView(bytes).identity
                    tail.add(
                        identity.naturalKey, .init(position: position, content: identity.content))
                    return true
                } catch {
                    damage = (position, error)
                    return false
                }
            }
        }
        if let (position, error) = damage {
            throw LedgerError(.damaged, "position \(position): \(error)")
        }
        table = tail
    }

    /// What is known of a key: its first entry, and the one with this content.
    func find(
        _ key: Digest16, content: Digest16
    ) throws(LedgerError) -> (first: UInt64, same: UInt64?)? {
        let recent = table.find(key, content: content)
        guard let snapshot, recent?.same == nil else { return recent }
        var first: UInt64?
        do {
            for run in runs {
                let entries = try run.entries(of: key, table: state.runs, snapshot: snapshot)
                first = first ?? entries.first?.position
                if let first, let same = entries.first(where: { $0.content == content }) {
                    return (first, same.position)
                }
            }
        } catch { throw LedgerError(error) }
        return (first ?? recent?.first).map { ($0, nil) }
    }

    /// Adds what a commit made durable.
    mutating func add(_ key: Digest16, position: UInt64, content: Digest16) {
        table.add(key, .init(position: position, content: content))
    }

    /// Lets go of the state's environment, so that it can be closed.
    mutating func release() { snapshot = nil }

    /// Turns a full table into a run; `position` is the last one that the table covers.
    @available(*, noasync)
    mutating func spillIfFull(through position: UInt64) throws(LedgerError) {
        guard table.count >= limit else { return }
        runs.append(
            try state.writeRun(table.sorted(), number: UInt32(runs.count + 1), through: position))
        table = NaturalKeyTable()
        let environment = state.environment
        snapshot = try storing { () throws(StoreError) in try Snapshot(environment) }
    }
}
