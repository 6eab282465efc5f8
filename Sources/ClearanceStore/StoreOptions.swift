/// How an environment is opened.
public struct StoreOptions: Sendable, Equatable {
    /// What a commit waits for.
    public enum Durability: Sendable, Hashable {
        /// Two device flushes a commit; what was committed survives a loss of power.
        case full
        /// One device flush a commit: a loss of power may take back the last commit, and nothing
        /// else, unless `Environment.sync` was called after it. The files stay sound.
        case allButLast
        /// No flush: a loss of power may leave the environment unusable. Only for state that can
        /// be rebuilt from elsewhere.
        case unsynced
    }

    /// 64 GiB: address space, not memory, so it is reserved once and never resized (resizing
    /// under a live transaction corrupts); small enough for many environments in 47 bits.
    public static let defaultMapSize = 64 << 30

    /// 32: every transaction copies a row per table, so the number is kept small.
    public static let tableLimit = 32

    /// 1,022 reader slots of 64 bytes: room for hundreds of processes, in 64 KiB of lock file.
    public static let defaultMaxReaders = 1_022

    /// Bytes of address space to reserve: the greatest size the data file can reach.
    public var mapSize: Int

    /// How many named tables can be opened, at most `tableLimit`.
    public var maxTables: Int

    /// How many read transactions can be alive at once, over all processes.
    public var maxReaders: Int

    /// What a commit waits for.
    public var durability: Durability

    /// Opens for reading only; the directory must exist.
    public var readOnly: Bool

    /// Opens files that nobody writes any more: no lock file is made or needed, so they may be
    /// write-protected or lie on read-only media. Implies `readOnly`.
    public var immutable = false

    /// What is looked at before liblmdb is given the files; nil: the meta pages alone.
    public var pageCheck: PageCheck?

    /// Names the options, each with its default.
    public init(
        mapSize: Int = defaultMapSize, maxTables: Int = 16,
        maxReaders: Int = defaultMaxReaders, durability: Durability = .full,
        readOnly: Bool = false
    ) {
        self.mapSize = mapSize
        self.maxTables = maxTables
        self.maxReaders = maxReaders
        self.durability = durability
        self.readOnly = readOnly
    }

    /// Traps on options that no machine could satisfy: they are written by a programmer.
    func check() {
        precondition(
            mapSize > 0 && mapSize % 65_536 == 0, "mapSize is a positive multiple of 64 KiB")
        precondition(
            (1...Self.tableLimit).contains(maxTables), "maxTables is within 1...tableLimit")
        precondition(maxReaders > 0 && maxReaders <= 65_535, "maxReaders is within 1...65535")
    }
}
