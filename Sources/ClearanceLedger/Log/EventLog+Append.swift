import ClearanceEvents
import ClearanceStore

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
        // Without room or descriptors for another epoch this one goes on beyond its size.
        if let limit = options.epochBytes, first > live.first, try used(live) >= limit,
            let next = try? nextEpoch(after: first - 1)
        {
            live = try begin(next)
        }
        var last = recorded
        do {
            try write(parts, first: first, recorded: &last, to: live)
        } catch {
            // An epoch of its own would not have more room either.
            guard error.code == .mapFull, first > live.first else { throw LedgerError(error) }
            live = try roll(after: first - 1)
            last = recorded
            do { try write(parts, first: first, recorded: &last, to: live) } catch {
                throw LedgerError(error)
            }
        }
        recorded = last
        return try noteCommit(to: live)
    }

    /// Makes everything durable that was committed.
    func sync() throws(LedgerError) {
        let environment = try live().files.environment
        try storing { () throws(StoreError) in try environment.sync() }
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
