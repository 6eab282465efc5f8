import ClearanceStore
import Synchronization

/// How far the live file reaches beyond what it holds.
struct FileRoom: Sendable {
    /// Bytes in use after the last commit; 0 before the first one of this opening.
    var used = 0
    /// The length of the file, as far as it is known.
    var reached = 0
    /// After the next epoch could not be made: the bytes in use from which it is tried again.
    var rollsAt = 0
    /// Set when zeros could not be written: the disk is full, say. Commits do without them.
    var isRefused = false
}

extension EventLog {
    /// Bytes by which the file is lengthened at a time: some thousand lone commits.
    static let roomStep = 1 << 20
    /// A commit that grows the file by more has to wait for its own bytes anyway.
    private static let smallGrowth = 8_192
    /// With less than this left the file is lengthened.
    private static let roomLow = 1 << 16

    /// Notes a commit to the live epoch; true when small commits would gain from a longer file.
    ///
    /// A flush of bytes within a file costs half of one that makes it longer, as the file system
    /// need not note a new length. So for small commits the file is lengthened ahead of use; a
    /// large one would only write everything twice.
    func noteCommit(to epoch: Epoch) throws(LedgerError) -> Bool {
        guard options.durability != .none else { return false }
        let used = try used(epoch)
        return room.withLock { room in
            let growth = used - room.used
            let isFirst = room.used == 0
            room.used = used
            if isFirst || used > room.reached {
                room.reached =
                    (try? Files.size(epoch.files.directory + "/" + ClosingRecord.dataName)) ?? 0
            }
            return !room.isRefused && !isFirst && growth <= EventLog.smallGrowth
                && room.reached - used < EventLog.roomLow
                && room.reached + EventLog.roomStep <= options.mapSize
        }
    }

    /// Lengthens the live file by written zeros; in the writer's turn, so that nobody else grows
    /// it. LMDB looks at its meta pages alone and never at the length.
    @available(*, noasync)
    func lengthen() throws(LedgerError) {
        let files = try live().files
        let path = files.directory + "/" + ClosingRecord.dataName
        let isRefused = room.withLock { room in
            do throws(StoreError) {
                let file = try ByteFile(path, .update)
                let size = try file.size()
                let start = (size + 4_095) / 4_096 * 4_096
                try file.write(at: start, [UInt8](repeating: 0, count: EventLog.roomStep).span)
                try file.sync()
                room.reached = start + EventLog.roomStep
            } catch {
                // Nothing was promised; the next commit says what the machine refuses.
                room.isRefused = true
            }
            return room.isRefused
        }
        guard isRefused, options.durability == .oneFlush else { return }
        // The flush was also that of the last commit's meta page.
        try storing { () throws(StoreError) in try files.environment.renewMetas() }
    }

    /// Cuts the zeros behind what is in use off again; in the writer's turn, when it closes.
    func trim() throws(LedgerError) {
        let epoch = try live()
        let used = try used(epoch)
        try storing { () throws(StoreError) in
            let file = try ByteFile(
                epoch.files.directory + "/" + ClosingRecord.dataName, .update)
            if try file.size() > used { try file.truncate(to: used) }
        }
    }

    /// Forgets what was known of the file: another one is live.
    func forgetRoom() { room.withLock { $0 = FileRoom() } }

    func used(_ epoch: Epoch) throws(LedgerError) -> Int {
        try storing { () throws(StoreError) in try epoch.files.environment.mapUsedBytes }
    }
}
