/// The named limits of a ledger, each with its reason.
public enum LedgerLimits {
    /// Events of one batch: bounds what a commit holds in memory (about 60 MB at 600 B each).
    public static let batchEvents = 100_000
    /// Entry bytes of one batch: a commit stays below LMDB's dirty-page list.
    public static let batchBytes = 128 << 20
    /// Events that wait for the writer at most, beside one request: two full batches.
    public static let queueEvents = 200_000
    /// Entry bytes that wait for the writer at most, beside one request.
    public static let queueBytes = 128 << 20
    /// Requests that wait for the writer at most: enough for every caller of a busy service.
    public static let queueRequests = 4_096
    /// Bytes of an epoch from which the writer begins another one: rewritten in some minutes.
    public static let epochBytes = 64 << 30
    /// Bytes of an entry that room is made for before it is encoded; more is found as it comes.
    static let usualEntryBytes = 256
    /// Events from which a batch is encoded on two threads: below, starting one costs more.
    public static let parallelEvents = 512
    /// Bytes of one chunk: sixteen pages less LMDB's page header, so that no page is half empty.
    public static let chunkBytes = 65_520
    /// Pages of the trees of a data file that are looked at before it is opened, the newest first:
    /// 16 MiB, some 200 million entries in full chunks, about 40 ms.
    public static let openingPages = 4_096
    /// Natural keys held in memory before they become a sorted run: 16 MiB, as much for subjects,
    /// and twice that while a run is written, which the processor's cache still helps; a start
    /// after a crash reads as many entries again.
    public static let keysInMemory = 400_000
    /// Conditions of one request: each is a lookup in the writer's turn.
    public static let conditions = 10_000
    /// Conditional references of a ledger: each is kept for every event that has it.
    public static let conditionalReferences = 8
    /// Events that one projection commit takes in: bounds the overlay of changed rows.
    public static let projectionBatch = 65_536
    /// A tail longer than this share of the log is rebuilt in bulk instead of row by row.
    public static let bulkShare = 4
    /// Events of one thing: a wrong link must not pull the whole log into one row.
    public static let thingEvents = 200_000
    /// How often a follower looks for new entries, in milliseconds.
    public static let followMilliseconds = 2
    /// Looks without a new entry after which a follower is asked whether it is still wanted: a
    /// tenth of a second.
    static let followLooks = 50
    /// How often the holder looks at its readers and writes the status page, in milliseconds.
    public static let watchMilliseconds = 1_000
    /// How long a scan looks at one commit before it gives it back, in milliseconds.
    public static let readMilliseconds: UInt64 = 10
    /// Entries of one batch that a follower is handed.
    public static let followBatch = 1_024
}
