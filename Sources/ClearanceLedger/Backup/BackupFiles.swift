import ClearanceStore

/// The files of a back-up's folder beside its segments.
enum BackupFiles {
    /// The small files of a ledger that a back-up has as they are: name there, path in the ledger.
    static let small = [
        ("origin", "origin"), ("config", "config"), ("checkpoints", checkpoints),
    ]
    static let checkpoints = "log/tree/checkpoints"
    /// As much as checkpoints may have.
    static let byteLimit = ProofLimits.checkpointFileBytes
    /// A last segment of fewer bytes is replaced by one that goes on: so a manifest never has more
    /// lines than room, and a run writes little again.
    static let joinedBytes = 1 << 20
    /// Held by the run that ships to a folder, of segments or of keys.
    static let lockName = "lock"

    /// Whether a name may stand in a folder before its first run: what makes a disk, and what a run
    /// leaves that was killed as it began, or has only just begun.
    private static func mayPrecede(_ name: String) -> Bool {
        ["lost+found", lockName, BackupManifest.name + ".new"].contains(name)
    }

    /// Takes the lock of a back-up's folder, which is made when absent.
    ///
    /// Throws `alreadyExists` for a folder of something else, in which nothing is made then, and
    /// `store` with `lockedByAnotherProcess` while another run ships to it.
    static func lock(_ folder: String) throws(LedgerError) -> FileLock {
        try Ledger.checkOutside(folder)
        let names = try storing { () throws(StoreError) -> [String] in
            if try !Files.isThere(folder) { try Files.makeDirectory(folder) }
            return try Files.list(folder)
        }
        // One listing: a run beside this one makes the manifest before anything else.
        guard names.contains(BackupManifest.name) || names.allSatisfy(mayPrecede) else {
            throw LedgerError(.alreadyExists, "\(folder) holds other files and no back-up")
        }
        return try take(folder)
    }

    /// Takes the lock of a folder that is there, without waiting.
    static func take(_ folder: String) throws(LedgerError) -> FileLock {
        do throws(StoreError) { return try FileLock(folder + "/" + lockName) } catch {
            guard error.code == .lockedByAnotherProcess else { throw LedgerError(error) }
            throw LedgerError(.store, "another run ships to \(folder)", store: error)
        }
    }

    /// What a locked folder has; one that has nothing becomes a back-up.
    ///
    /// The manifest comes first, so that a run that is killed is known by it.
    static func begin(_ folder: String) throws(LedgerError) -> BackupManifest {
        let found = try BackupManifest(directory: folder)
        let manifest = found ?? BackupManifest()
        try storing { () throws(StoreError) in
            if found == nil { try manifest.write(to: folder) }
            if try !Files.isThere(folder + "/segments") {
                try Files.makeDirectory(folder + "/segments")
            }
        }
        return manifest
    }
}
