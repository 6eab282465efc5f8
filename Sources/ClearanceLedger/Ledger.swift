import ClearanceEvents
import ClearanceStore
import Synchronization

/// An append-only ledger of clearance events in one directory.
///
/// One process holds it and writes (``open(_:options:)``); any number of others read
/// (``openReader(_:options:)``). Every answer names the position that it answers for. What it
/// promises: `specs/log.md`.
public final class Ledger: Sendable {
    /// Its folder, from the root on: a host that changes its working directory loses nothing.
    public let directory: String
    let options: LedgerOptions
    let log: EventLog
    let state: StateEnvironment?
    let writer: Writer?
    /// The name given at creation.
    public let origin: String
    let indexKey: SipKey
    /// What was decided when the ledger was made.
    public let config: LedgerConfig
    /// Whether ``indexKey`` is the ledger's own; a reader without `keys/` has none that fits.
    let hasIndexKey: Bool
    let projector: Projector
    let follower: LogFollower
    /// What events are about, as conditions name it.
    let headFields: HeadFields
    /// Only who writes keeps the tree.
    let tree: TreeIntegrator?
    let vault: Vault
    /// What waits to be erased and what was; nil for readers, and where nothing is sealed.
    let erasures: ErasureBook?
    let erasureTurn = ErasureTurn()
    let observer: LedgerObserver
    let watch: LedgerWatch?
    let makers = EntryMakers()
    private let process = ProcessMark()
    private let isClosed = Atomic<Bool>(false)

    init(
        directory: String, options: LedgerOptions, readOnly: Bool
    ) throws(LedgerError) {
        Upcasters.checkChains()
        options.check()
        let directory = try Ledger.place(directory)
        self.directory = directory
        self.options = options
        try Ledger.checkHolds(directory)
        try Ledger.checkSigners(options.signers, directory: directory)
        let lock =
            readOnly
            ? nil : try storing { () throws(StoreError) in try FileLock(directory + "/lock") }
        // Read before the log, which is never behind it.
        let head = try Ledger.head(of: directory)
        log = try EventLog(
            directory: directory + "/log",
            options: EpochOptions(
                mapSize: options.logMapSize, epochBytes: options.epochBytes,
                durability: options.durability, readOnly: readOnly,
                keys: options.signers.map(\.key),
                readNanoseconds: options.readNanoseconds))
        if readOnly { try Ledger.checkSlots(of: log, directory: directory) }
        let end = try log.reader().lastPosition()
        try Ledger.checkReaches(head, end: end)
        follower = LogFollower(log)
        config = try LedgerConfig(directory: directory)
        (origin, indexKey, hasIndexKey) = try Ledger.identity(
            of: directory, options: options, readOnly: readOnly)
        headFields = try HeadFields(
            (config[LedgerConfig.conditionalReferences] ?? "").split(separator: " ").map {
                String($0)
            })
        state = try Ledger.state(of: directory, options, readOnly: readOnly)
        observer = LedgerObserver(directory: directory, origin: origin, options: options)
        vault = try Ledger.vault(directory, Sealing(of: config), options, log, readOnly: readOnly)
        erasures =
            readOnly || vault.sealing == .clear
            ? nil
            : try ErasureBook(directory: directory, isUsed: vault.isUsed, end: end)
        projector = try Projector(
            log: log, state: state, groups: options.projections.groups, vault: vault)
        guard let lock, let state else {
            (writer, watch, tree) = (nil, nil, nil)
            observer.opened(position: end, isReader: true)
            return
        }
        let tree = try TreeIntegrator(
            log: log, folder: directory + "/log/tree", through: end)
        self.tree = tree
        let writer = try Writer(
            directory: directory, log: log, lock: lock, vault: vault, tree: tree,
            projector: options.projecting == .background ? projector : nil, observer: observer,
            index: FactIndex.Settings(
                indexKey: indexKey, fields: headFields, limit: options.keysInMemory))
        try log.markUnflushed()
        self.writer = writer
        watch = LedgerWatch(
            directory: directory, log: log, state: state, projector: projector, tree: tree,
            observer: observer, options: options, waiting: { writer.queue.depth.requests })
    }

    /// Let go without ``close()``, it is left as by a process that dies, and can be opened again at
    /// once, unless a view of it is kept: first everything ends that may still write, then the lock
    /// is given back, and then the files.
    deinit {
        guard process.isThis else { return }
        watch?.stop()
        projector.stop()
        writer?.abandon()
        tree?.stop()
        writer?.release()
    }

    /// Opens a ledger to write; creates it when the directory is absent or empty.
    ///
    /// A new ledger is made under another name and renamed when whole; of several who make it at
    /// the same time one does. Throws when another process holds it (with its pid), when it is open
    /// in this one, when the log is below its last clean head, or when the disk fails. Traps on
    /// options that no machine can satisfy. Source: `specs/embedding.md`.
    public static func open(
        _ directory: String, options: LedgerOptions = LedgerOptions()
    ) throws(LedgerError) -> Ledger {
        options.check()
        let directory = try place(directory)
        let isThere = try storing { () throws(StoreError) in
            try Files.isThere(directory + "/log")
        }
        if !isThere {
            try checkOrigin(options.origin)
            // A courtesy: what cannot be swept is in nobody's way.
            try? UnfinishedLedger.sweep(Files.trimmed(directory))
            try create(directory, options: options)?.release()
        }
        return try Ledger(directory: directory, options: options, readOnly: false)
    }

    /// Opens a ledger to read beside the process that holds it; writes nothing.
    ///
    /// Throws `notALedger` when the directory holds none. A process opens a ledger once, to write
    /// or to read: who has it open reads through what he has.
    public static func openReader(
        _ directory: String, options: LedgerOptions = LedgerOptions()
    ) throws(LedgerError) -> Ledger {
        try Ledger(directory: directory, options: options, readOnly: true)
    }

    /// The level of durability at which the ledger is written, or was when it was last written.
    public var durability: Durability { log.durability }

    /// Opens the keys; who writes has those of the entries, and all of them on the disk.
    private static func vault(
        _ directory: String, _ sealing: Sealing, _ options: LedgerOptions, _ log: EventLog,
        readOnly: Bool
    ) throws(LedgerError) -> Vault {
        let reader = try log.reader()
        let vault = try Vault(
            directory: directory, sealing: sealing, readOnly: readOnly, log: reader)
        guard !readOnly else { return vault }
        try checkIndexKey(of: directory, options: options, log: reader)
        if options.durability != .none { try log.settle(vault) }
        return vault
    }

    /// Refuses a forked child, which has no writer's thread and none of the locks.
    func checkProcess() throws(LedgerError) {
        try storing { () throws(StoreError) in
            try process.check("use a ledger", path: directory)
        }
    }

    /// The position of the last entry; 0 for an empty ledger. Without two flushes a commit it may
    /// not be durable yet.
    public func position() throws(LedgerError) -> UInt64 { try log.reader().lastPosition() }

    /// Brings the tree up to the log, signs a checkpoint when there are signers, writes the head,
    /// flushes the state, gives the lock back. What writes throws `ended` from then on.
    ///
    /// Everything is let go of whatever fails, so that the ledger can be opened again; the first
    /// failure, of the machine or a signer, is thrown. Closing once more does nothing.
    @available(*, noasync)
    public func close() throws(LedgerError) {
        try checkProcess()
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        watch?.stop()
        var failure: LedgerError?
        func attempt(_ step: () throws(LedgerError) -> Void) {
            do throws(LedgerError) { try step() } catch { failure = failure ?? error }
        }
        var certain: UInt64?
        attempt { () throws(LedgerError) in certain = try writer?.close() }
        // What the writer had taken in may have needed the tables.
        projector.stop()
        if let writer, let certain, !options.signers.isEmpty {
            attempt { () throws(LedgerError) in _ = try checkpoint(at: certain, by: writer) }
        }
        if let certain {
            let root = tree?.close(at: certain)
            attempt { () throws(LedgerError) in
                try writer?.writeHead(position: certain, root: root?.bytes)
            }
        } else {
            // Its folder may be another's by now.
            tree?.stop()
        }
        attempt { () throws(LedgerError) in try state?.close(isCertain: certain != nil) }
        log.close()
        // Last: the next holder writes the same marker of the state.
        writer?.release()
        if let failure { throw failure }
        if let certain { observer.closed(position: certain) }
    }
}
