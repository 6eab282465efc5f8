import ClearanceEvents
import ClearanceStore

extension Ledger {
    /// Reads, decodes and hashes everything; never writes.
    ///
    /// What is checked: `specs/verify.md`. Reads one commit of each file, which it pins, so that it
    /// may run beside a writer. Cost: about 5 µs an entry on each of two threads.
    ///
    /// - Parameter signers: one of these must have signed each receipt of an erasure, each closing
    ///   record and each checkpoint; none: receipts are compared with the key that they name.
    public func verify(
        signers: [NoteKey] = [], progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> VerifyReport {
        let verifier = LedgerVerifier(
            directory: directory, indexKey: options.indexKey, open: log,
            signers: signers)
        var report = try verifier.run(progress: progress)
        let pages = try StateFiles.damage(directory + "/state", open: state?.environment)
        for place in pages { report.add(place) }
        for place in IndexFilesCheck.damage(of: directory) { report.add(place) }
        if report.isIntact { for place in try stateDamage() { report.add(place) } }
        for place in TrailCheck.damage(of: directory) { report.add(place) }
        return report
    }

    /// Verifies a ledger by its files alone, without opening it: nothing that stands in them can
    /// end the process.
    ///
    /// While another process writes, the ledger is opened to read, so that the commit stays.
    /// - Parameter signers: one of these must have signed each receipt of an erasure, each closing
    ///   record and each checkpoint; none: receipts are compared with the key that they name.
    /// - Throws: `notALedger`; the machine's failures, and what may not be read. Damage is told in
    ///   the report.
    public static func verify(
        _ directory: String, options: LedgerOptions = LedgerOptions(),
        signers: [NoteKey] = [], progress: (UInt64) -> Void = { _ in }
    ) throws(LedgerError) -> VerifyReport {
        try checkHolds(directory)
        try checkReadable(directory, withKeys: false)
        let holder = try? FileLock.holder(directory + "/lock")
        if (holder ?? nil) != nil {
            let reader = try Ledger.openReader(directory, options: options)
            return try reader.verify(signers: signers, progress: progress)
        }
        let verifier = LedgerVerifier(
            directory: directory, indexKey: options.indexKey, signers: signers)
        var report = try verifier.run(progress: progress)
        for place in try StateFiles.damage(directory + "/state") { report.add(place) }
        for place in IndexFilesCheck.damage(of: directory) { report.add(place) }
        if report.isIntact {
            // All pages are sound, so liblmdb may have them, and the folds are compared.
            let reader = try Ledger.openReader(directory, options: options)
            for place in try reader.stateDamage() { report.add(place) }
            reader.log.close()
            try reader.state?.close(isCertain: false)
        }
        for place in TrailCheck.damage(of: directory) { report.add(place) }
        return report
    }
}
