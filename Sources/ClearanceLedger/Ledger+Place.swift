import ClearanceStore

extension Ledger {
    /// Refuses a path that lies in a ledger, or would: what is written there could replace a part
    /// of it, or be taken for one.
    ///
    /// A ledger is known by its list of epochs, a log or a closed epoch that lies elsewhere by its
    /// first line; links are followed, and names that lead through them looked at as they stand.
    /// Cost: a few looks at each folder above. Throws `insideLedger`, naming the ledger, and what
    /// the machine refuses. Source: `specs/cli.md`, outputs.
    public static func checkOutside(_ path: String) throws(LedgerError) {
        guard !path.isEmpty else { throw LedgerError(.notFound, "a path is empty") }
        let found = try storing { () throws(StoreError) in try LedgerPlace.ledger(around: path) }
        guard let found else { return }
        throw LedgerError(.insideLedger, "\(path) lies in the ledger \(found)")
    }

    /// The folder of a ledger from the root on, as a host may change its working directory.
    static func place(_ directory: String) throws(LedgerError) -> String {
        guard !directory.isEmpty else { throw LedgerError(.notFound, "a path is empty") }
        return try storing { () throws(StoreError) in try Files.fromRoot(directory) }
    }

    /// Refuses a directory that holds no ledger, with the machine's reason where nobody may look.
    public static func checkHolds(_ directory: String) throws(LedgerError) {
        let isThere = try storing { () throws(StoreError) in
            try Files.isThere(directory + "/log")
        }
        guard isThere else { throw LedgerError(.notALedger, "\(directory) holds no ledger") }
    }

    /// Refuses a ledger of which a part may not be read, epochs that lie elsewhere too: whoever
    /// looks for damage would take that for one, and leave it out. The folder of the keys is
    /// somebody else's for who reads without; what is no part of a ledger is nobody's business.
    static func checkReadable(_ directory: String, withKeys: Bool) throws(LedgerError) {
        let log = directory + "/log"
        let epochs = (try? EpochManifest(directory: log))?.lines ?? []
        try storing { () throws(StoreError) in
            for name in try Files.list(directory) where UnfinishedLedger.parts.contains(name) {
                let place = directory + "/" + name
                do throws(StoreError) { try Files.checkReadable(place) } catch {
                    guard !withKeys, name == "keys", error.path == place else { throw error }
                }
            }
            for epoch in epochs where epoch.path.hasPrefix("/") {
                try Files.checkReadable(epoch.path)
            }
        }
    }

    /// Refuses a place for something new in which there is something.
    static func checkFree(_ path: String) throws(LedgerError) {
        guard !Files.exists(path) else {
            throw LedgerError(.alreadyExists, "\(path) is there already")
        }
    }
}

/// Where ledgers are.
private enum LedgerPlace {
    /// What the lists of epochs and the closing records of all formats begin with.
    private static let heading = "clearance-ledger epoch"

    /// The ledger, or part of one, in which a path lies or would lie; nil when in none.
    static func ledger(around path: String) throws(StoreError) -> String? {
        var places = Files.folders(of: try Files.resolved(path))
        // A link that leads elsewhere is replaced where it stands.
        if Files.exists(path), !Files.isDirectory(path) {
            places += Files.folders(of: try Files.resolved(Files.parent(of: path)))
        }
        return places.first(where: isLedger)
    }

    private static func isLedger(_ folder: String) -> Bool {
        Files.exists(folder + "/log/" + EpochManifest.name)
            || begins(folder + "/" + EpochManifest.name)
            || begins(folder + "/" + ClosingRecord.name)
    }

    private static func begins(_ path: String) -> Bool {
        // Of a pipe nobody knows when it answers.
        guard Files.isFile(path), let file = try? ByteFile(path, .read),
            let bytes = try? file.read(at: 0, count: heading.utf8.count)
        else { return false }
        return bytes == Array(heading.utf8)
    }
}
