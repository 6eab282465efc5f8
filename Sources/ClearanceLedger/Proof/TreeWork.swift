import ClearanceStore
import Synchronization

/// What the tree's thread does, a round at a time, and what it tells of it.
final class TreeWork: Sendable {
    /// What callers ask for and are told.
    private struct Progress: Sendable {
        /// The log is durable up to here.
        var target: UInt64 = 0
        var integrated: UInt64 = 0
        /// Whether the files are open and stand for what is integrated.
        var isPrepared = false
        /// A position that was durable at a time, until the tree has reached it: the lag in time.
        var noted: (position: UInt64, time: ContinuousClock.Instant)?
        var failure: LedgerError?
        /// Whether the failure is the log's, so that trying again is no use.
        var isFinal = false
    }

    /// What only the thread touches, or who waits for it.
    private struct State: Sendable {
        var files: TreeFiles?
        var edge = RightEdge()
        var flushed: UInt64 = 0
        /// Signed checkpoints that the tree has not reached, the nearest last.
        var ahead: [Checkpoint] = []
    }

    private let log: EventLog
    private let folder: String
    private let progress = Mutex(Progress())
    private let state = Mutex(State())

    init(log: EventLog, folder: String) {
        self.log = log
        self.folder = folder
    }

    /// Notes that the log is durable up to a position; whether there is anything to do.
    func note(_ position: UInt64) -> Bool {
        progress.withLock { progress in
            progress.target = max(progress.target, position)
            guard progress.target > progress.integrated else { return false }
            if progress.noted == nil { progress.noted = (progress.target, .now) }
            return true
        }
    }

    /// Whether a position was reached, or never will be. Not even that of an empty log is before
    /// the files are there, as whoever waited for it writes beside them.
    func reached(_ position: UInt64) -> Bool {
        progress.withLock { progress in
            progress.failure != nil || (progress.isPrepared && progress.integrated >= position)
        }
    }

    /// Forgets a failure of the machine, so that the next round tries again.
    func retry() { progress.withLock { if !$0.isFinal { $0.failure = nil } } }

    var failure: LedgerError? { progress.withLock { $0.failure } }

    var status: IntegrationStatus {
        progress.withLock { progress in
            let waited = progress.noted.map { ContinuousClock.now - $0.time } ?? .zero
            let (seconds, fraction) = waited.components
            return IntegrationStatus(
                position: progress.integrated,
                lag: progress.target - min(progress.integrated, progress.target),
                seconds: Double(seconds) + Double(fraction) / 1e18,
                failure: progress.failure.map(\.description))
        }
    }

    /// One round: validates the files first when that is due. Whether there is more to do.
    func run() -> Bool {
        state.withLock { state in
            let (target, isFinal) = progress.withLock { ($0.target, $0.isFinal) }
            if isFinal { return false }
            do throws(LedgerError) {
                if state.files == nil { try prepare(&state) }
                let end = try round(&state, target: target)
                progress.withLock { progress in
                    progress.failure = nil
                    progress.isPrepared = true
                    progress.integrated = end
                    if let noted = progress.noted, noted.position <= end { progress.noted = nil }
                }
                return end < target
            } catch {
                // What was half written is cut off before the next try.
                state.files = nil
                progress.withLock { progress in
                    progress.failure = error
                    progress.isPrepared = false
                    progress.isFinal = error.code == .damaged
                }
                return false
            }
        }
    }

    func flush() throws(LedgerError) -> (size: UInt64, root: Hash256) {
        let result: Result<(UInt64, Hash256), LedgerError> = state.withLock { state in
            let root = state.edge.root
            do throws(LedgerError) {
                try flush(&state)
                return .success((state.edge.count, root))
            } catch { return .failure(error) }
        }
        return try result.get()
    }

    private func flush(_ state: inout State) throws(LedgerError) {
        let (size, root, files) = (state.edge.count, state.edge.root, state.files)
        try storing { () throws(StoreError) in try files?.flush(position: size, root: root) }
        state.flushed = size
    }

    /// Opens the files, cuts them back to what is tied to a root, and takes the edge from there.
    private func prepare(_ state: inout State) throws(LedgerError) {
        let folder = self.folder
        let files = try storing { () throws(StoreError) in try TreeFiles(folder: folder) }
        let kept = CheckpointFile(folder: folder)
        try kept.repair()
        let signed = try kept.read().checkpoints.map(\.checkpoint)
        let reader = try log.reader()
        let end = try reader.lastPosition()
        if let newest = signed.map(\.size).max(), newest > end {
            throw LedgerError(
                .damaged, "the log ends at \(end), below its checkpoint at \(newest)")
        }
        var size: UInt64 = 0
        if let mark = files.reached, try TileReader.fits(mark, log: reader, folder: folder),
            try agrees(signed, upTo: mark.position, reader)
        {
            size = mark.position
        }
        try storing { () throws(StoreError) in try files.cut(to: size) }
        var tiles = try TileReader(log: reader, folder: folder, trusted: size)
        state.edge = try RightEdge(size: size, from: &tiles)
        state.ahead = signed.filter { $0.size > size }.sorted { $0.size > $1.size }
        state.flushed = size
        state.files = files
    }

    /// Whether the last checkpoint at or below a size has the root that the files give.
    private func agrees(
        _ signed: [Checkpoint], upTo size: UInt64, _ reader: LogReader
    ) throws(LedgerError) -> Bool {
        guard let last = signed.filter({ $0.size <= size }).max(by: { $0.size < $1.size }) else {
            return true
        }
        var tiles = try TileReader(log: reader, folder: folder, trusted: size)
        return try tiles.root(size: last.size) == last.root
    }

    /// Takes in what the log has, up to the target, the round's limit or the next checkpoint.
    private func round(_ state: inout State, target: UInt64) throws(LedgerError) -> UInt64 {
        let start = state.edge.count
        guard start < target else { return start }
        let next = state.ahead.last?.size ?? .max
        let end = min(target, start + UInt64(ProofLimits.round), next)
        let reader = try log.reader()
        var edge = state.edge
        var completed: [(level: Int, hash: Hash256)] = []
        completed.reserveCapacity(ProofLimits.round / 255)
        do {
            try reader.forEach(from: start + 1, through: end) { (position, entry) in
                guard position == edge.count + 1 else { return false }
                edge.add(TreeHash.leaf(entry)) { completed.append((level: $0, hash: $1)) }
                return true
            }
        } catch { throw LedgerError(error) }
        guard edge.count == end else {
            throw LedgerError(.damaged, "the log does not hold position \(edge.count + 1)")
        }
        do { try state.files?.append(completed) } catch { throw LedgerError(error) }
        state.edge = edge
        while let signed = state.ahead.last, signed.size == end {
            guard signed.root == edge.root else {
                throw LedgerError(.damaged, "the log does not lead to its checkpoint at \(end)")
            }
            state.ahead.removeLast()
        }
        if end - state.flushed >= ProofLimits.flush { try flush(&state) }
        return end
    }
}
