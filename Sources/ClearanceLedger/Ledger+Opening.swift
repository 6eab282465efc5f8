import ClearanceEvents
import ClearanceStore

// What opening looks at before it believes what stands in the files.
extension Ledger {
    /// Refuses to read without a slot beside somebody who writes.
    static func checkSlots(
        of log: EventLog, directory: String
    ) throws(LedgerError) {
        guard try log.live().files.environment.isUnlocked else { return }
        let holder = try storing { () throws(StoreError) in
            try FileLock.holder(directory + "/lock")
        }
        guard let holder else { return }
        throw LedgerError(
            StoreError(
                .permissionDenied, "read without a slot beside the process that writes",
                path: directory, holder: holder))
    }

    /// What the log certainly reached once. A ledger is made with one: without it nobody knows
    /// whether the log lost what it had.
    static func head(of directory: String) throws(LedgerError) -> HeadSlots.Head {
        let path = directory + "/head"
        let head = try storing { () throws(StoreError) in
            Files.exists(path) ? try HeadSlots(path, readOnly: true).head : nil
        }
        guard let head else { throw LedgerError(.damaged, "\(path) is gone or empty") }
        return head
    }

    /// Refuses a log that lost what it had: it would pass for the newest.
    static func checkReaches(_ head: HeadSlots.Head, end position: UInt64) throws(LedgerError) {
        guard head.position > position else { return }
        throw LedgerError(
            .damaged, "the log ends at \(position), below its head at \(head.position)")
    }

    /// The state of a ledger, as far as it is believed; who writes throws away what is not.
    static func state(
        of directory: String, _ options: LedgerOptions, readOnly: Bool
    ) throws(LedgerError) -> StateEnvironment? {
        let folder = directory + "/state"
        let isUsable = StateFiles.isUsable(folder)
        if readOnly {
            let isWritten = try storing { () throws(StoreError) in
                try StateMark.isOfThisBoot(folder)
            }
            let isThere = Files.exists(folder + "/data.mdb")
            guard isThere && isUsable && isWritten else { return nil }
        } else if !isUsable {
            // All of it can be made anew, and liblmdb could not survive it.
            try storing { () throws(StoreError) in try StateEnvironment.discard(folder) }
        }
        let state = try StateEnvironment(
            directory: folder, mapSize: options.stateMapSize, readOnly: readOnly)
        // Without a slot nothing keeps the pages that are read, and these have no checksums.
        return state.environment.isUnlocked ? nil : state
    }

    /// Name and index key of a ledger, and whether the key is its own.
    static func identity(
        of directory: String, options: LedgerOptions, readOnly: Bool
    ) throws(LedgerError) -> (origin: String, key: SipKey, isOwn: Bool) {
        do {
            let origin = try Files.read(directory + "/origin", limit: 1_024)
            let name = String(decoding: origin, as: UTF8.self)
            let path = directory + "/keys/index.key"
            if readOnly && options.indexKey == nil && !Files.exists(path) {
                // Nothing that is read needs it: marks are compared with each other.
                return (name, .published, false)
            }
            let bytes = try options.indexKey ?? Files.read(path, limit: 64)
            guard let key = SipKey(bytes: bytes) else {
                throw LedgerError(.damaged, "keys/index.key is no key of 16 bytes")
            }
            return (name, key, true)
        } catch let error as LedgerError {
            throw error
        } catch let error as StoreError {
            throw LedgerError(error)
        } catch {
            throw LedgerError(.damaged, "identity: \(error)")
        }
    }
}
