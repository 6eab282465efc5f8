/// How a ledger is doing at this moment: what an operator looks at.
///
/// What the holder alone knows (queue, flushes, ages) another process takes from the page that the
/// holder writes once a second; it is nil when nobody holds the ledger.
public struct LedgerHealth: Sendable, Equatable {
    /// The last position.
    public var position: UInt64 = 0
    /// The position that the projections' tables answer for.
    public var projected: UInt64 = 0
    /// The position up to which the hash tree has taken entries in; nil where that is not known.
    public var integrated: UInt64?
    /// The process that holds the ledger; nil when nobody writes.
    public var holder: Int32?
    /// What a commit waits for, by its name in `specs/log.md`.
    public var durability: String?
    /// Requests that wait for the writer.
    public var queueDepth: Int?
    /// What the holder has committed since it opened the ledger.
    public var written: Written?
    /// Bytes of the log's live file in use, and of the state's.
    public var logBytes = 0
    public var stateBytes = 0
    /// Address space of the log's live file: it cannot grow beyond.
    public var logMapBytes = 0
    /// Readers of all processes that look at some commit, the oldest first.
    public var readers: [ReaderReport] = []
    /// Why writing ended; nil while it goes on.
    public var ended: String?

    /// Commits since the ledger was opened.
    public struct Written: Sendable, Equatable {
        public var commits: UInt64 = 0
        public var events: UInt64 = 0
        public var bytes: UInt64 = 0
        /// Events of a commit: half of all commits had at most this many; 99 of 100.
        public var batchP50: UInt64?
        public var batchP99: UInt64?
        /// Time that a commit took, flushes included.
        public var flushP50: Duration?
        public var flushP99: Duration?
    }
}

/// A reader that looks at one commit of a file, and what that costs.
public struct ReaderReport: Sendable, Equatable {
    /// Which file it reads.
    public enum Place: String, Sendable {
        case log
        case state
    }

    public var process: Int32
    public var place: Place
    /// The commit that it looks at.
    public var commit: UInt64
    /// Commits made since.
    public var commitsBehind: UInt64
    /// How long it has looked at a commit that is not the newest, to the second; zero at the
    /// newest, which costs nothing; nil where only the holder could know.
    public var age: Duration?
    /// Pages freed since, which cannot be used again as long as it reads.
    public var pagesHeld: Int
    /// By how many bytes the file has grown since; nil where only the holder could know.
    public var grown: Int?
    /// Whether it is older than ``LedgerOptions/stuckAfter``.
    public var isStuck: Bool
    /// Since when it has not been at the newest commit, in nanoseconds of the machine's time.
    var since: UInt64?
}
