import ClearanceStore

/// Where the data files of a log are.
struct LogFiles {
    /// One environment of the log.
    struct Epoch {
        let directory: String
        /// The position of its first entry.
        let first: UInt64
        /// The position of its last entry; nil while it is written.
        let last: UInt64?
        /// Its line of the list of epochs.
        let line: EpochManifest.Line
    }

    /// In the order of their positions.
    let epochs: [Epoch]
    /// Whether the log was last written with one flush a commit (``PageCheck/mayLackOlder``).
    var mayLackOlder = false

    /// The epochs that the manifest names.
    init(directory: String) throws(LedgerError) {
        let log = directory + "/log"
        let manifest = try EpochManifest(directory: log)
        self.init(lines: manifest.lines, log: log)
        mayLackOlder = manifest.durability == .oneFlush
    }

    /// The epochs of these lines of a manifest.
    init(lines: [EpochManifest.Line], log: String) {
        epochs = lines.map { line in
            Epoch(
                directory: line.directory(of: log), first: line.first, last: line.last,
                line: line)
        }
    }
}

extension LogFiles.Epoch {
    /// What is wrong with the closing record of a closed epoch, or with its file by that record.
    /// Cost: one pass over the file.
    ///
    /// - Parameter signers: one of these must have signed the record; none: nobody must.
    func closingDamage(signers: [NoteKey] = []) -> PageDamage? {
        guard line.state == .closed else { return nil }
        let record = directory + "/" + ClosingRecord.name
        do throws(LedgerError) {
            let closing = try ClosingRecord.read(
                directory: directory, keys: signers, mustBeSigned: !signers.isEmpty)
            let fault = try storing { () throws(StoreError) in
                try closing.fault(of: directory, as: line, whole: true)
            }
            return fault.map {
                PageDamage(path: directory + "/" + ClosingRecord.dataName, page: nil, what: $0)
            }
        } catch {
            return PageDamage(path: record, page: nil, what: error.reason)
        }
    }
}
