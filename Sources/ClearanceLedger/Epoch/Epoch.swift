import ClearanceStore
import Synchronization

/// One epoch of the log as it is opened here.
struct Epoch: Sendable {
    var line: EpochManifest.Line
    let files: EpochFiles

    var first: UInt64 { line.first }
    var chunks: Table { files.chunks }

    /// The position of the last entry in a snapshot of this epoch; the one before its first when
    /// it is empty.
    func lastPosition(in snapshot: Snapshot) throws(StoreError) -> UInt64 {
        try snapshot.withLast(in: chunks) { (_, value) throws(StoreError) in
            try ChunkView(value).last
        } ?? first - 1
    }
}

/// One epoch of the list as it is known here: open, or with its folder away.
enum EpochPlace: Sendable {
    case open(Epoch)
    /// A closed epoch in whose place there is nothing, as when it was moved to a folder that is not
    /// mounted. Only who reads goes on without it.
    case away(EpochManifest.Line, directory: String)

    var line: EpochManifest.Line {
        switch self {
        case .open(let epoch): epoch.line
        case .away(let line, _): line
        }
    }

    /// The epoch; throws `notFound`, naming its place, when that is away.
    func opened() throws(StoreError) -> Epoch {
        switch self {
        case .open(let epoch): return epoch
        case .away(let line, let directory):
            throw StoreError(
                .notFound, "read epoch \(line.number), whose folder is away", path: directory)
        }
    }

    var isAway: Bool {
        if case .away = self { return true }
        return false
    }
}

/// The environment of an epoch, with its table of chunks.
///
/// Readers keep the epochs that they look at, so one whose place another form has taken is
/// released, and its files are removed, when the last reader lets go of it.
final class EpochFiles: Sendable {
    /// Reader slots of the live epoch: 200 processes with a few each.
    static let readerSlots = 1_022

    let directory: String
    let environment: Environment
    let chunks: Table
    private let isReplaced = Atomic<Bool>(false)

    init(directory: String, options: StoreOptions) throws(LedgerError) {
        self.directory = directory
        do {
            environment = try Environment(
                directory: directory, format: EventLog.format, options: options)
            chunks = try environment.table("chunks")
        } catch { throw LedgerError(error) }
    }

    deinit {
        guard isReplaced.load(ordering: .acquiring) else { return }
        environment.close()
        // What stays is swept by the next opening to write.
        try? Files.removeTree(directory)
    }

    /// Says that another form of this epoch has taken its place.
    func replace() { isReplaced.store(true, ordering: .releasing) }
}

/// How the epochs of a log are opened.
struct EpochOptions: Sendable {
    /// Address space of the live epoch.
    var mapSize: Int
    /// Bytes of an epoch from which the next append begins another; nil: only when it is full.
    var epochBytes: Int?
    var durability: Durability
    var readOnly: Bool
    /// The keys whose signatures under closing records are looked at.
    var keys: [NoteKey] = []
    /// How long a scan may look at one commit.
    var readNanoseconds = LedgerLimits.readMilliseconds * 1_000_000

    /// Makes the epoch of a line that no manifest names yet, durably.
    func openNew(_ line: EpochManifest.Line, log: String) throws(LedgerError) -> Epoch {
        let epoch = try open(line, log: log)
        if durability != .none {
            try storing { () throws(StoreError) in
                try epoch.files.environment.sync()
                try Files.syncDirectory(epoch.files.directory)
            }
        }
        return epoch
    }

    /// The epoch of a line of the manifest, open unless it is closed and away, and this process
    /// only reads.
    func place(
        _ line: EpochManifest.Line, log: String, written: Durability
    ) throws(LedgerError) -> EpochPlace {
        let directory = line.directory(of: log)
        if readOnly, line.state == .closed {
            let isThere = try storing { () throws(StoreError) in try Files.isThere(directory) }
            if !isThere { return .away(line, directory: directory) }
        }
        return .open(try open(line, log: log, written: written))
    }

    /// Opens an epoch of the manifest of the log in `log`, last written at a level of durability.
    func open(
        _ line: EpochManifest.Line, log: String, written: Durability = .twoFlushes
    ) throws(LedgerError) -> Epoch {
        let directory = line.directory(of: log)
        var store = StoreOptions(
            mapSize: mapSize, maxTables: 1, maxReaders: EpochFiles.readerSlots,
            durability: durability.store, readOnly: readOnly)
        store.pageCheck = PageCheck(
            growingTable: "chunks", effort: .bounded(pages: LedgerLimits.openingPages))
        store.pageCheck?.mayLackOlder = written == .oneFlush
        if line.state == .closed { try checkClosed(line, directory: directory) }
        if line.state != .live {
            // Nobody writes it any more, so no lock is needed, nor address space to grow.
            store.immutable = true
            let bytes = try storing { () throws(StoreError) in
                try Files.size(directory + "/data.mdb")
            }
            store.mapSize = max(65_536, (bytes + 65_535) / 65_536 * 65_536)
        }
        return Epoch(line: line, files: try EpochFiles(directory: directory, options: store))
    }
}

extension EpochOptions {
    /// Refuses a directory that is not the closed epoch of its line, by its length, its meta pages
    /// and its closing record.
    private func checkClosed(
        _ line: EpochManifest.Line, directory: String
    ) throws(LedgerError) {
        let record = try ClosingRecord.read(directory: directory, keys: keys)
        let fault = try storing { () throws(StoreError) in
            try record.fault(of: directory, as: line, whole: false)
        }
        if let fault { throw LedgerError(.damaged, "epoch \(line.number): \(fault)") }
    }
}

extension Durability {
    /// What an environment is told.
    var store: StoreOptions.Durability {
        switch self {
        case .twoFlushes: .full
        case .oneFlush: .allButLast
        case .none: .unsynced
        }
    }
}
