import CLMDB
import Glibc
import Synchronization

/// One LMDB environment: a directory with a data file and a lock file, holding named tables.
///
/// Any number of threads may read while one writes; writers take turns. One process opens a
/// directory at most once.
//
// @unchecked Sendable: `pointer` is constant and liblmdb locks inside; all mutable state is in
// the mutex, and transactions count themselves so that the pointer outlives them.
@safe public final class Environment: @unchecked Sendable {
    struct State {
        var live = 0
        var closing = false
        var released = false
        var writingEnded = false
        var writer: pthread_t?
        var tables: [String: Table] = [:]
    }

    /// The directory as it was given.
    public let directory: String

    /// The options it was opened with.
    public let options: StoreOptions

    /// Whether it is read without a slot in the reader table, which could not be written.
    public let isUnlocked: Bool

    let id: UInt64
    let process = ProcessMark()
    let identity: FileIdentity
    let pointer: OpaquePointer
    /// Both meta pages as they are; nil where nothing is written.
    let metas: MappedFile?
    let openedAt: UInt64
    let state = Mutex(State())
    let tableLock = Mutex(())

    /// Opens the environment in `directory`, making both when absent unless `readOnly`.
    ///
    /// - Parameters:
    ///   - directory: The directory; its parent must exist.
    ///   - format: The caller's format version: written at creation, compared ever after.
    ///   - options: How to open.
    /// - Throws: `.alreadyOpenInProcess`; `.notFound` for a read-only open of nothing;
    ///   `.notADirectory`, `.permissionDenied`; `.formatMismatch`, `.pageSizeMismatch`,
    ///   `.endiannessMismatch`; `.corrupted` for a damaged data file.
    public init(
        directory: String, format: UInt32, options: StoreOptions = StoreOptions()
    ) throws(StoreError) {
        options.check()
        var options = options
        if options.immutable { options.readOnly = true }
        // A reader needs the room that the writer may fill.
        if options.readOnly && !options.immutable {
            let metas = try? PageFile(directory: directory).metas().metas
            let reserved = metas?.map { Int(clamping: $0.mapBytes) }.max() ?? 0
            options.mapSize = max(options.mapSize, reserved)
        }
        if !options.readOnly && !Files.exists(directory) {
            try Files.makeDirectory(directory)
        }
        let place = try Files.directoryIdentity(directory)
        let twice = StoreError(.alreadyOpenInProcess, "open an environment twice", path: directory)
        guard EnvironmentRegistry.take(place) else { throw twice }
        defer { EnvironmentRegistry.giveBack(place) }
        let data = directory + "/data.mdb"
        let known = Files.exists(data) ? try Files.identity(data) : nil
        if let known, !EnvironmentRegistry.take(known) { throw twice }
        do throws(StoreError) {
            try DataFileHeader.check(directory: directory, mustExist: options.readOnly)
            try options.pageCheck?.refuseDamage(directory: directory)
            let opened = unsafe try Self.open(directory, options)
            unsafe self.pointer = opened.environment
            self.isUnlocked = unsafe opened.unlocked
            self.metas = unsafe opened.metas
            self.openedAt = unsafe Self.lastTransaction(of: opened.environment)
        } catch {
            if let known { EnvironmentRegistry.giveBack(known) }
            throw error
        }
        self.identity = unsafe known ?? Self.identity(of: pointer)
        _ = EnvironmentRegistry.take(identity)
        self.directory = directory
        self.options = options
        self.id = EnvironmentRegistry.enter(directory: directory)
        // From here on a throw runs deinit, which releases what was opened.
        if !options.readOnly { try settleLastCommit() }
        try checkFormat(format)
    }

    deinit { close() }

    /// Refuses new transactions at once and releases the files when the last open one ends.
    ///
    /// Closing twice is harmless. It does not flush: an unsynced environment wants `sync` first.
    public func close() {
        guard process.isThis else { return }
        let last = state.withLock { state in
            state.closing = true
            return state.live == 0
        }
        if last { release() }
    }

    /// Flushes everything committed so far to the device.
    ///
    /// - Throws: `.closed`; `.writingEnded` after an earlier failure; `.io` when the flush fails,
    ///   which ends writing for this opening: the kernel may have dropped the unflushed pages.
    public func sync() throws(StoreError) {
        try enter("flush")
        defer { leave() }
        if state.withLock({ $0.writingEnded }) { throw writingEndedError() }
        let result = unsafe mdb_env_sync(pointer, 1)
        guard result == 0 else {
            state.withLock { $0.writingEnded = true }
            throw failure("flush", result)
        }
    }

    /// Bytes of the map in use: the pages up to the last one ever used, free ones included.
    ///
    /// - Throws: `.closed`.
    public var mapUsedBytes: Int {
        get throws(StoreError) {
            try enter("measure")
            defer { leave() }
            var info = unsafe MDB_envinfo()
            var stat = MDB_stat()
            unsafe mdb_env_info(pointer, &info)
            unsafe mdb_env_stat(pointer, &stat)
            return unsafe (info.me_last_pgno + 1) * Int(stat.ms_psize)
        }
    }
}

extension Environment {
    private static func open(
        _ directory: String, _ options: StoreOptions
    ) throws(StoreError) -> (
        environment: OpaquePointer, unlocked: Bool, metas: MappedFile?
    ) {
        let data = directory + "/data.mdb"
        let isNew = !Files.exists(data)
        var created: OpaquePointer?
        var result = unsafe mdb_env_create(&created)
        guard result == 0, let environment = unsafe created else {
            throw .lmdb("create an environment", path: directory, result: result)
        }
        // NOTLS: a reader belongs to its object, not to the thread that made it.
        var flags = UInt32(MDB_NOTLS)
        if options.durability == .unsynced { flags |= UInt32(MDB_NOSYNC) }
        if options.durability == .allButLast { flags |= UInt32(MDB_NOMETASYNC) }
        if options.readOnly { flags |= UInt32(MDB_RDONLY) }
        // What is immutable needs no lock; what cannot be locked is read without one.
        let unlocked = options.readOnly && !options.immutable && !Self.canLock(directory)
        if unlocked || options.immutable { flags |= UInt32(MDB_NOLOCK) }
        result = unsafe mdb_env_set_mapsize(environment, options.mapSize)
        // One more table than promised: the format row has its own.
        if result == 0 {
            result = unsafe mdb_env_set_maxdbs(environment, UInt32(options.maxTables + 1))
        }
        if result == 0 {
            result = unsafe mdb_env_set_maxreaders(environment, UInt32(options.maxReaders))
        }
        if result == 0 { result = unsafe mdb_env_open(environment, directory, flags, 0o600) }
        // Slots of dead processes pin every page that was freed since.
        if result == 0 { result = unsafe mdb_reader_check(environment, nil) }
        guard result == 0 else {
            unsafe mdb_env_close(environment)
            throw .lmdb("open an environment", path: directory, result: result)
        }
        do throws(StoreError) {
            // liblmdb flushes the data file that it makes, never the folder that names it.
            if isNew { try Files.syncDirectory(directory) }
            let metas =
                options.readOnly
                ? nil : try MappedFile(data, limit: 2 * DataFileHeader.machinePageBytes)
            return unsafe (environment, unlocked, metas)
        } catch {
            unsafe mdb_env_close(environment)
            throw error
        }
    }

    /// The identity of the data file that is open.
    private static func identity(of pointer: OpaquePointer) -> FileIdentity {
        var descriptor: Int32 = -1
        var status = stat()
        unsafe mdb_env_get_fd(pointer, &descriptor)
        // Of an open descriptor the system always knows the file.
        _ = unsafe fstat(descriptor, &status)
        return FileIdentity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
    }

    /// Counts one user of the pointer in.
    func enter(_ what: String) throws(StoreError) {
        try process.check(what, path: directory)
        let entered = state.withLock { state in
            if !state.closing { state.live += 1 }
            return !state.closing
        }
        guard entered else { throw StoreError(.closed, what, path: directory) }
    }

    /// Counts one user of the pointer out; the last one after `close` releases the files.
    func leave() {
        guard process.isThis else { return }
        let last = state.withLock { state in
            state.live -= 1
            return state.closing && state.live == 0
        }
        if last { release() }
    }

    private func release() {
        let first = state.withLock { state in
            defer { state.released = true }
            return !state.released
        }
        guard first else { return }
        unsafe mdb_env_close(pointer)
        EnvironmentRegistry.leave(identity, id: id)
    }

    func failure(_ what: String, _ result: Int32) -> StoreError {
        .lmdb(what, path: directory, result: result)
    }

    func writingEndedError() -> StoreError {
        StoreError(.writingEnded, "write after a failed flush", path: directory)
    }
}
