import ClearanceEvents
import ClearanceStore
import Synchronization

/// The log: epochs one after another, each an environment of chunks under the position of their
/// first entry. Only the last one is written.
final class EventLog: Sendable {
    /// Raised when chunks, tables or the list of epochs change in a way that older code cannot
    /// read.
    static let format: UInt32 = 2

    /// The epochs as they are known here.
    private struct Known: Sendable {
        var places: [EpochPlace]
        var durability: Durability
        /// Which version of the manifest they are of; nil in the process that writes it.
        var version: FileVersion?
        var closed = false
    }

    let directory: String
    let options: EpochOptions
    private let known: Mutex<Known>
    let room = Mutex(FileRoom())

    /// Opens the log of a ledger: its manifest and every epoch that this names. Who only reads goes
    /// on where a closed one is away, until somebody asks for what stands in it.
    init(directory: String, options: EpochOptions) throws(LedgerError) {
        self.directory = directory
        self.options = options
        try BootMark(log: directory).refuseLost()
        var (places, manifest, version) = try EventLog.opened(directory, options)
        if !options.readOnly, case .open(let live)? = places.last {
            // What is read from here on is on disk, whatever happened to the flush before.
            try storing { () throws(StoreError) in
                switch manifest.durability {
                case .oneFlush: try live.files.environment.renew()
                // A page that was put back after a failed commit, and whose flush failed too.
                case .twoFlushes: try live.files.environment.renewMetas()
                case .none: break
                }
            }
        }
        if !options.readOnly { try EventLog.sweep(directory, manifest.lines) }
        if !options.readOnly && manifest.durability != options.durability {
            manifest.durability = options.durability
            try storing { () throws(StoreError) in try manifest.write(to: directory) }
        }
        known = Mutex(
            Known(places: places, durability: manifest.durability, version: version))
    }

    /// The epochs that the manifest names now; those that are open in the same place stay open.
    ///
    /// A reader may find that the writer has replaced the list since it was read, and removed what
    /// it named: then it reads the new one.
    private static func opened(
        _ directory: String, _ options: EpochOptions, keeping known: [EpochPlace] = []
    ) throws(LedgerError) -> (
        places: [EpochPlace], manifest: EpochManifest, version: FileVersion?
    ) {
        var attempts = 8
        while true {
            // Taken before the list is read, so that a change meanwhile is seen later.
            let version = try version(directory, options)
            do throws(LedgerError) {
                let manifest = try EpochManifest(directory: directory)
                var places: [EpochPlace] = []
                for line in manifest.lines {
                    let old = known.first { $0.line.number == line.number }
                    if case .open(let old)? = old, old.line.path == line.path {
                        places.append(.open(Epoch(line: line, files: old.files)))
                    } else {
                        places.append(
                            try options.place(
                                line, log: directory, written: manifest.durability))
                    }
                }
                // One that was moved since the list was read is not away.
                if places.contains(where: \.isAway), attempts > 0,
                    try self.version(directory, options) != version
                {
                    attempts -= 1
                    continue
                }
                return (places, manifest, version)
            } catch {
                attempts -= 1
                guard attempts > 0, try self.version(directory, options) != version else {
                    throw error
                }
            }
        }
    }

    /// Removes other forms of ended epochs that a crash left: those that the manifest names were
    /// opened just now, and nobody else writes.
    private static func sweep(
        _ directory: String, _ lines: [EpochManifest.Line]
    ) throws(LedgerError) {
        for line in lines where line.state != .live {
            let path = EpochManifest.path(line.number)
            for form in [path, path + ".closing", path + ".closed"] {
                let place = directory + "/" + form
                try storing { () throws(StoreError) in
                    guard try !EpochManifest.names(place, lines, log: directory) else { return }
                    try Files.removeTree(place)
                }
            }
        }
    }

    /// The level at which the ledger is written, or was when it was last written.
    var durability: Durability { known.withLock { $0.durability } }

    /// Makes a log without entries; its directory is there and empty.
    static func create(
        _ directory: String, mapSize: Int, durability: Durability
    ) throws(LedgerError) {
        if durability == .none {
            try storing { () throws(StoreError) in try BootMark(log: directory).set() }
        }
        let line = EpochManifest.Line(
            number: 1, first: 1, state: .live, last: nil, path: EpochManifest.path(1))
        let options = EpochOptions(mapSize: mapSize, durability: durability, readOnly: false)
        try options.openNew(line, log: directory).files.environment.close()
        try storing { () throws(StoreError) in
            try EpochManifest(durability: durability, lines: [line]).write(to: directory)
        }
    }

    /// The epochs as they are now, all of them open; throws `notFound` when one is away.
    func epochs() throws(LedgerError) -> [Epoch] {
        let places = try self.places()
        return try storing { () throws(StoreError) in
            try places.map { place throws(StoreError) in try place.opened() }
        }
    }

    /// The epochs as they are now, also those that are away; a process that does not write looks
    /// whether the list changed, or one is there again.
    func places() throws(LedgerError) -> [EpochPlace] {
        let result: Result<[EpochPlace], LedgerError> = known.withLock { known in
            do throws(LedgerError) {
                if options.readOnly { try refresh(&known) }
                if known.closed {
                    throw LedgerError(StoreError(.closed, "read the log", path: directory))
                }
                return .success(known.places)
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }

    /// The epoch that is written.
    func live() throws(LedgerError) -> Epoch {
        guard let last = try places().last else {
            throw LedgerError(.damaged, "the log has no epoch")
        }
        return try storing { () throws(StoreError) in try last.opened() }
    }

    /// A reader at the log's newest commit.
    func reader() throws(LedgerError) -> LogReader { try LogReader(self) }

    /// Puts other epochs in the place of those known; for the writer, who wrote the manifest.
    func replaceEpochs(_ epochs: [Epoch]) {
        known.withLock { $0.places = epochs.map { .open($0) } }
    }

    /// Refuses new readers and releases the files when the last one ends.
    func close() {
        let places = known.withLock { known in
            known.closed = true
            return known.places
        }
        for case .open(let epoch) in places { epoch.files.environment.close() }
    }

    /// Opens what another process made since the manifest was read.
    private func refresh(_ known: inout Known) throws(LedgerError) {
        let isSame = try EventLog.version(directory, options) == known.version
        guard !isSame || known.places.contains(where: \.isAway) else { return }
        let (places, manifest, version) = try EventLog.opened(
            directory, options, keeping: known.places)
        known.places = places
        known.durability = manifest.durability
        known.version = version
    }

    /// The manifest's version; nil in the process that writes it.
    private static func version(
        _ directory: String, _ options: EpochOptions
    ) throws(LedgerError) -> FileVersion? {
        guard options.readOnly else { return nil }
        return try storing { () throws(StoreError) in
            try Files.version(directory + "/" + EpochManifest.name)
        }
    }
}
