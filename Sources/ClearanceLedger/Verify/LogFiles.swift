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
    }

    /// In the order of their positions.
    let epochs: [Epoch]

    /// The epochs that the manifest names.
    init(directory: String) throws(LedgerError) {
        let log = directory + "/log"
        self.init(lines: try EpochManifest(directory: log).lines, log: log)
    }

    /// The epochs of these lines of a manifest.
    init(lines: [EpochManifest.Line], log: String) {
        epochs = lines.map { line in
            Epoch(directory: line.directory(of: log), first: line.first, last: line.last)
        }
    }
}
