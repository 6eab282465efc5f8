import ClearanceStore
import Glibc

extension Ledger {
    /// Makes a whole ledger under another name, then renames it.
    static func create(
        _ directory: String, options: LedgerOptions
    ) throws(LedgerError) {
        var random = SystemRandomNumberGenerator()
        let key = options.indexKey ?? (0..<16).map { _ in random.next() }
        guard key.count == 16 else {
            throw LedgerError(.notALedger, "an index key has 16 bytes")
        }
        _ = try HeadFields(options.conditionalReferences)
        try checkOutside(directory)
        guard Ledger.canHold(directory) else {
            throw LedgerError(
                .notALedger, "\(directory) is no ledger and not an empty directory")
        }
        let fresh = Files.trimmed(directory) + ".new-\(getpid())"
        var isMade = false
        // It holds a key.
        defer { if !isMade { try? Files.removeTree(fresh) } }
        do {
            if Files.exists(fresh) { try Files.removeTree(fresh) }
            try Files.makeDirectory(fresh)
            try Files.makeDirectory(fresh + "/log")
            try Files.makeDirectory(fresh + "/keys")
            try Files.writeAtomically(fresh + "/keys/index.key", key.span)
            try Files.writeAtomically(fresh + "/origin", Array(options.origin.utf8).span)
            try options.creationSettings.write(
                to: fresh, origin: Array(options.origin.utf8))
            try EventLog.create(
                fresh + "/log", mapSize: options.logMapSize, durability: options.durability)
            try Files.rename(fresh, to: directory)
            isMade = true
        } catch let error as LedgerError {
            throw error
        } catch let error as StoreError {
            throw LedgerError(error)
        } catch {
            throw LedgerError(.notALedger, "a new ledger: \(error)")
        }
    }

    /// Whether a ledger can be made here: nothing is there yet, or an empty directory.
    private static func canHold(_ directory: String) -> Bool {
        guard Files.exists(directory) else { return true }
        do { return try Files.list(directory).isEmpty } catch { return false }
    }
}
