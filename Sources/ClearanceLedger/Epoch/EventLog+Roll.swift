import ClearanceStore

extension EventLog {
    /// Ends the live epoch and begins the next one; in the writer's turn.
    ///
    /// The next epoch is whole before the manifest names it, and the manifest is replaced in one
    /// step: a crash leaves the one live or the other. What was committed is durable first.
    ///
    /// - Parameter last: the position of the last entry. Traps when the epoch has none.
    /// - Returns: the new live epoch.
    @available(*, noasync)
    @discardableResult
    func roll(after last: UInt64) throws(LedgerError) -> Epoch {
        try begin(try nextEpoch(after: last))
    }

    /// Makes the epoch after the live one, which is flushed and goes on until ``begin(_:)``.
    @available(*, noasync)
    func nextEpoch(after last: UInt64) throws(LedgerError) -> Epoch {
        let live = try self.live()
        precondition(last >= live.first, "an epoch without entries is not ended")
        try storing { () throws(StoreError) in try live.files.environment.sync() }
        let number = live.line.number + 1
        let line = EpochManifest.Line(
            number: number, first: last + 1, state: .live, last: nil,
            path: EpochManifest.path(number))
        try removeLeftover(line)
        return try options.openNew(line, log: directory)
    }

    /// Ends the live epoch and goes on in the next one.
    @available(*, noasync)
    func begin(_ next: Epoch) throws(LedgerError) -> Epoch {
        var epochs = try self.epochs()
        epochs[epochs.count - 1].line.state = .full
        epochs[epochs.count - 1].line.last = next.first - 1
        epochs.append(next)
        try writeManifest(epochs)
        replaceEpochs(epochs)
        forgetRoom()
        return next
    }

    /// Writes the list of these epochs in the place of the old one.
    ///
    /// Throws `ended` when either of them may be on the disk: an entry or a file that only the old
    /// one names could be lost, so nothing more may be written.
    func writeManifest(_ epochs: [Epoch]) throws(LedgerError) {
        let manifest = EpochManifest(
            durability: options.durability, lines: epochs.map(\.line))
        let before = try? Files.version(directory + "/" + EpochManifest.name)
        do throws(StoreError) { try manifest.write(to: directory) } catch {
            // While the old one stands under the name, only the new one's own file failed.
            let after = try? Files.version(directory + "/" + EpochManifest.name)
            guard before == nil || before != after else { throw LedgerError(error) }
            throw LedgerError(.ended, "the list of epochs could not be written", store: error)
        }
    }

    /// Refuses to clear a place in which an epoch of the list lies.
    func refuseNamed(_ place: String) throws(LedgerError) {
        let lines = try epochs().map(\.line)
        let isNamed = try storing { () throws(StoreError) in
            try EpochManifest.names(place, lines, log: directory)
        }
        guard isNamed else { return }
        throw LedgerError(.alreadyExists, "an epoch of the list lies in \(place)")
    }

    /// Renames a directory that cannot be read to the first free name behind its own.
    private static func setAside(_ path: String) throws(StoreError) {
        var number = 1
        while Files.exists("\(path).unreadable-\(number)") { number += 1 }
        try Files.rename(path, to: "\(path).unreadable-\(number)")
    }

    /// Removes what an opening that crashed left under the name of an epoch that no manifest ever
    /// named. It never held an entry: one that does is somebody's, and stays.
    private func removeLeftover(_ line: EpochManifest.Line) throws(LedgerError) {
        let path = directory + "/" + line.path
        guard Files.exists(path) else { return }
        try refuseNamed(path)
        let left: Epoch
        do throws(LedgerError) {
            left = try options.open(line, log: directory)
        } catch {
            // Cut off while it was made, it cannot be read; nobody's data is removed for that.
            guard [.corrupted, .formatMismatch].contains(error.store?.code) else { throw error }
            try storing { () throws(StoreError) in try EventLog.setAside(path) }
            return
        }
        let snapshot = try storing { () throws(StoreError) in
            try Snapshot(left.files.environment)
        }
        let count = try storing { () throws(StoreError) in try snapshot.count(of: left.chunks) }
        guard count == 0 else {
            throw LedgerError(.damaged, "\(line.path) holds entries and is in no list of epochs")
        }
        left.files.replace()
    }
}
