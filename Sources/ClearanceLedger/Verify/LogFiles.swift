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

    init(directory: String) throws(LedgerError) {
        epochs = [Epoch(directory: directory + "/log", first: 1, last: nil)]
    }
}
