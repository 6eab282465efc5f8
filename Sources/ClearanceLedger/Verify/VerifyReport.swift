/// What verification found. `damage` is empty exactly when everything is what was written.
public struct VerifyReport: Sendable, Equatable {
    /// One place that is not as it was written.
    public struct Damage: Sendable, Equatable {
        /// The first position that is affected; 0 when no entry is.
        public let position: UInt64
        /// The file, from the ledger's directory on.
        public let file: String
        /// The page of a data file; nil when there is none to name.
        public let page: UInt64?
        /// What is wrong there; never holds bytes of an entry.
        public let what: String

        /// Names one place.
        public init(position: UInt64, file: String, page: UInt64? = nil, what: String) {
            self.position = position
            self.file = file
            self.page = page
            self.what = what
        }
    }

    /// Damages kept: the first ones matter.
    public static let damageLimit = 100
    /// Runs of intact positions kept: a log of which every other chunk is damaged has as many as
    /// chunks, and nobody reads them one by one.
    public static let intactLimit = 1_000

    /// How many entries are as they were written.
    public var entries: UInt64 = 0
    /// The root of the RFC 6962 tree over the entries before the first bad position, 64
    /// hexadecimal digits.
    public var root = ""
    /// Runs of positions whose entries are as they were written; the first ones.
    public private(set) var intact: [ClosedRange<UInt64>] = []
    /// How many more runs there are.
    public private(set) var intactMore: UInt64 = 0
    /// The last position that is as it was written.
    private var lastIntact: UInt64 = 0
    /// Whether keys are there, or were given. Without any, marks and personal sections are not
    /// checked, which is no damage.
    public var hasKeys = true
    /// Receipts of erasures whose signature is right.
    public var signedReceipts: UInt64 = 0
    /// Receipts of erasures that nobody signed.
    public var unsignedReceipts: UInt64 = 0
    /// Entries that a receipt of this ledger names and the list of what was erased does not: an
    /// older copy of the keys was put back, or the receipt came with entries of another ledger.
    public var unlistedErasures: UInt64 = 0
    /// Entries whose keys were overwritten and that no receipt names: the log was restored to an
    /// earlier time, or the machine stopped before the receipt.
    public var unreceiptedErasures: UInt64 = 0
    /// The first places, in the order in which they were met.
    public private(set) var damage: [Damage] = []
    /// How many more places there are.
    public private(set) var damageMore: UInt64 = 0

    /// The position that the head names; the log reached at least so far.
    var headPosition: UInt64 = 0

    /// Whether nothing was found.
    public var isIntact: Bool { damage.isEmpty }

    /// The first position that is affected; nil when no entry is.
    public var firstBad: UInt64? { damage.map(\.position).filter { $0 > 0 }.min() }

    /// A report of nothing so far.
    public init() {}

    /// Notes a place, unless as many were noted already.
    mutating func add(_ place: Damage) {
        guard damage.count < VerifyReport.damageLimit else {
            damageMore += 1
            return
        }
        damage.append(place)
    }

    /// Notes an entry that is as it was written.
    mutating func add(intact position: UInt64) {
        entries += 1
        defer { lastIntact = position }
        guard let run = intact.last, lastIntact + 1 == position else {
            guard intact.count < VerifyReport.intactLimit else {
                intactMore += 1
                return
            }
            return intact.append(position...position)
        }
        if intactMore == 0 { intact[intact.count - 1] = run.lowerBound...position }
    }
}
