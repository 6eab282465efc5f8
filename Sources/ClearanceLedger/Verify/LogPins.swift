import ClearanceStore

/// Holds the newest commit of every environment of a log that is being written, so that its pages
/// stay as they are while they are read from outside.
struct LogPins {
    /// What the meta pages of one environment said when it was pinned.
    struct Pin {
        let snapshot: Snapshot
        let metas: [RawMeta]
    }

    /// By directory.
    private(set) var pins: [String: Pin] = [:]
    /// The epochs as they were when the live one was pinned.
    private(set) var files: LogFiles?

    /// How often a commit is asked for again because the writer went on meanwhile.
    private static let attempts = 1_000

    /// Pins the live epoch of a log that is open in this process; nobody writes the others.
    mutating func add(_ log: EventLog) throws(LedgerError) {
        let places = try log.places()
        files = LogFiles(lines: places.map(\.line), log: log.directory)
        guard case .open(let live)? = places.last else { return }
        try add(live.files.environment)
    }

    /// Pins an environment that is open in this process.
    mutating func add(_ environment: Environment) throws(LedgerError) {
        do throws(StoreError) {
            let file = try PageFile(directory: environment.directory)
            for _ in 0..<LogPins.attempts {
                let snapshot = try Snapshot(environment)
                let seen = try file.metas()
                let newest = seen.metas.map(\.transaction).max()
                // A pinned commit keeps its pages and those of the commit before it.
                if seen.damage.isEmpty, newest == snapshot.transactionID {
                    pins[environment.directory] = Pin(snapshot: snapshot, metas: seen.metas)
                    return
                }
            }
        } catch { throw LedgerError(error) }
    }
}
