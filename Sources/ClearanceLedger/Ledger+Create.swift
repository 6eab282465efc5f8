import ClearanceStore

extension Ledger {
    /// Makes a whole ledger under another name, then renames it.
    ///
    /// Of several who make the same ledger the first one who renames his has made it; the others
    /// drop theirs, and go on with that. It is locked before there is anything else in it: what a
    /// killed process left is told from it so (``UnfinishedLedger``).
    ///
    /// The lock of the ledger that was made; nil when somebody else has made it.
    static func create(
        _ directory: String, options: LedgerOptions
    ) throws(LedgerError) -> FileLock? {
        var random = SystemRandomNumberGenerator()
        let key = options.indexKey ?? (0..<16).map { _ in random.next() }
        guard key.count == 16 else {
            throw LedgerError(.notALedger, "an index key has 16 bytes")
        }
        _ = try HeadFields(options.conditionalReferences)
        do throws(LedgerError) {
            try checkOutside(directory)
            guard Ledger.canHold(directory) else {
                throw LedgerError(
                    .notALedger, "\(directory) is no ledger and not an empty directory")
            }
        } catch {
            // Somebody may have just made it.
            guard Files.exists(directory + "/log") else { throw error }
            return nil
        }
        let fresh = UnfinishedLedger.name(.new, of: Files.trimmed(directory))
        var isMade = false
        // It holds a key.
        defer { if !isMade { try? Files.removeTree(fresh) } }
        do {
            try Files.makeDirectory(fresh)
            let lock = try FileLock(fresh + "/lock")
            // Its number must outlive a loss of power, before there is a key.
            try ByteFile(fresh + "/lock", .read).syncAll()
            try Files.makeDirectory(fresh + "/log")
            try Files.makeDirectory(fresh + "/keys")
            try Files.writeAtomically(fresh + "/keys/index.key", key.span)
            try Files.writeAtomically(fresh + "/origin", Array(options.origin.utf8).span)
            try options.creationSettings.write(
                to: fresh, origin: Array(options.origin.utf8))
            try EventLog.create(
                fresh + "/log", mapSize: options.logMapSize, durability: options.durability)
            try HeadSlots(fresh + "/head").write(position: 0, root: TreeHash.empty.bytes)
            do throws(StoreError) {
                try Files.rename(fresh, to: directory)
                isMade = true
                return lock
            } catch {
                guard error.code == .alreadyExists, Files.exists(directory + "/log") else {
                    throw error
                }
                return nil
            }
        } catch let error as LedgerError {
            throw error
        } catch let error as StoreError {
            throw LedgerError(error)
        } catch {
            throw LedgerError(.notALedger, "a new ledger: \(error)")
        }
    }

    /// Refuses a name that no checkpoint and no closing record could hold. What is restored or
    /// repaired keeps the name that it has.
    static func checkOrigin(_ origin: String) throws(LedgerError) {
        guard !Checkpoint.isOrigin(origin) else { return }
        throw LedgerError(
            .notALedger, "an origin is one line of 1 to 1,024 bytes without control characters")
    }

    /// Whether a ledger can be made here: nothing is there yet, or an empty directory.
    private static func canHold(_ directory: String) -> Bool {
        guard Files.exists(directory) else { return true }
        do { return try Files.list(directory).isEmpty } catch { return false }
    }
}
