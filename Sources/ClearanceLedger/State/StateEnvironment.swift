import ClearanceStore

/// The environment of everything that can be rebuilt from the log: postings and rows.
///
/// It is written without flushes. A mark names the boot in which it was last written: after a crash
/// of the machine (another boot, no clean close) it is thrown away and made anew.
final class StateEnvironment: Sendable {
    /// Raised when tables change in a way that older code cannot read; older state is rebuilt.
    static let format: UInt32 = 2

    let environment: Environment
    let meta: Table
    private let directory: String

    init(directory: String, mapSize: Int, readOnly: Bool) throws(LedgerError) {
        self.directory = directory
        do {
            if !readOnly { try StateEnvironment.discardAfterCrash(directory) }
            var options = StoreOptions()
            options.mapSize = mapSize
            options.durability = .unsynced
            options.readOnly = readOnly
            options.maxTables = StoreOptions.tableLimit
            environment = try StateEnvironment.opened(directory, options)
            meta = try environment.table("state")
        } catch { throw LedgerError(error) }
    }

    /// Flushes and notes that the state is whole; lets go of the files whatever fails.
    ///
    /// - Parameter isCertain: whether the log that it was made of is durable; otherwise it is not
    ///   called whole, as it may know more than the log will after a loss of power.
    func close(isCertain: Bool) throws(LedgerError) {
        defer { environment.close() }
        guard isCertain, !environment.options.readOnly else { return }
        do throws(StoreError) {
            try environment.sync()
            try StateMark.setClosed(directory)
        } catch {
            // A flush that succeeds later does not bring back what this one dropped.
            StateMark.remove(directory)
            throw LedgerError(error)
        }
    }

    /// Opens the environment; a writer makes anew what cannot be read, as all of it is in the log.
    private static func opened(
        _ directory: String, _ options: StoreOptions
    ) throws(StoreError) -> Environment {
        do throws(StoreError) {
            return try Environment(directory: directory, format: format, options: options)
        } catch {
            // A process that was killed while it made the files leaves a part of the first page.
            let codes: [StoreError.Code] = [
                .corrupted, .formatMismatch, .pageSizeMismatch, .endiannessMismatch,
            ]
            guard !options.readOnly, codes.contains(error.code) else { throw error }
            try discard(directory)
            try discardAfterCrash(directory)
            return try Environment(directory: directory, format: format, options: options)
        }
    }

    private static func discardAfterCrash(_ directory: String) throws(StoreError) {
        if !Files.exists(directory) {
            try Files.makeDirectory(directory)
        } else if try !StateMark.isOfThisBoot(directory) {
            try discard(directory)
        }
        try StateMark.setOpen(directory)
    }

    /// Removes everything but the index, whose runs are flushed when they are made.
    static func discard(_ directory: String) throws(StoreError) {
        for name in try Files.list(directory) where name != FactIndex.directoryName {
            try Files.removeTree(directory + "/" + name)
        }
    }

    /// A small value by its name.
    func value(_ table: Table, _ name: String) throws(LedgerError) -> [UInt8]? {
        let environment = self.environment
        return try storing { () throws(StoreError) in
            try environment.read { (transaction: borrowing ReadTransaction) throws(StoreError) in
                try transaction.value(in: table, key: Array(name.utf8).span)
            }
        }
    }
}
