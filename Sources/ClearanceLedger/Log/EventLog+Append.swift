import ClearanceEvents
import ClearanceStore
import Synchronization

extension EventLog {
    /// Appends the chosen entries in one commit, in the order given, from position `first` on.
    ///
    /// A live epoch that is full is ended, and the commit goes to the next: no caller learns of it.
    ///
    /// - Parameter recorded: the recorded time of the entry before; then that of the last one.
    /// - Returns: whether ``lengthen()`` would make the next commits cheaper.
    /// - Throws: what the machine refuses; then nothing of it is there and `recorded` is unchanged.
    @available(*, noasync)
    func append(
        _ parts: [ChosenEntries], first: UInt64, recorded: inout Int64
    ) throws(LedgerError) -> Bool {
        var live = try self.live()
        if let limit = options.epochBytes, first > live.first {
            let used = try used(live)
            if used >= max(limit, room.withLock { $0.rollsAt }) {
                if let next = try nextEpochIfPossible(after: first - 1) {
                    live = try begin(next)
                } else {
                    // This one goes on beyond its size; asking with every commit would be dear.
                    room.withLock { $0.rollsAt = used + EventLog.roomStep }
                }
            }
        }
        var last = recorded
        do {
            try write(parts, first: first, recorded: &last, to: live)
        } catch {
            // An epoch of its own would not have more room either.
            guard error.code == .mapFull, first > live.first,
                let next = try nextEpochIfPossible(after: first - 1)
            else { throw LedgerError(error) }
            live = try begin(next)
            last = recorded
            do { try write(parts, first: first, recorded: &last, to: live) } catch {
                throw LedgerError(error)
            }
        }
        recorded = last
        return try noteCommit(to: live)
    }

    /// The next epoch; nil when the machine has no room or descriptors for it. A flush that failed
    /// meanwhile is told by the next commit.
    @available(*, noasync)
    private func nextEpochIfPossible(after last: UInt64) throws(LedgerError) -> Epoch? {
        do throws(LedgerError) { return try nextEpoch(after: last) } catch {
            guard error.code == .store else { throw error }
            return nil
        }
    }

    /// Makes everything durable that was committed.
    func sync() throws(LedgerError) {
        let environment = try live().files.environment
        do throws(StoreError) { try environment.sync() } catch {
            BootMark(log: directory).setLost()
            throw LedgerError(error)
        }
    }

    @available(*, noasync)
    private func write(
        _ parts: [ChosenEntries], first: UInt64, recorded: inout Int64, to epoch: Epoch
    ) throws(StoreError) {
        var packer = ChunkPacker(parts)
        var transaction = try epoch.files.environment.beginWrite()
        var position = first
        while let size = packer.measure() {
            try transaction.putAppendFilled(in: epoch.chunks, key: position, count: size.bytes) {
                packer.pack(size, first: position, recorded: &recorded, into: &$0)
            }
            position += UInt64(size.entries)
        }
        try transaction.commit()
    }
}
