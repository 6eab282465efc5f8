public import ClearanceEvents
public import CoreMetrics
public import Logging

/// How a ledger is opened. Everything that changes bytes or promises is named here.
public struct LedgerOptions: Sendable {
    /// When projections are brought up to the log.
    public enum Projecting: Sendable, Equatable {
        /// After every append, on a thread of its own.
        case background
        /// When ``Ledger/project()`` is called or a view asks for it.
        case onDemand
    }

    /// Address space of one epoch of the log, a positive multiple of 64 KiB; the file grows only by
    /// what is written.
    public var logMapSize = 1 << 38
    /// Bytes of an epoch from which the next append begins another one.
    public var epochBytes = LedgerLimits.epochBytes
    /// What an append waits for.
    public var durability = Durability.twoFlushes
    /// Address space of `state/`, a positive multiple of 64 KiB.
    public var stateMapSize = 1 << 36
    /// The ledger's name in its own data, set at creation: one line of 1 to 1,024 bytes without
    /// control characters.
    public var origin = "clearance-ledger"
    /// Whether personal sections are sealed, set at creation.
    public var sealing = Sealing.sealed
    /// How long records are kept before a person may be erased from them.
    public var retention = RetentionRule.standard
    /// The key of all marks: 16 bytes. Nil: the ledger's own, random at creation.
    public var indexKey: [UInt8]?
    /// Fields of `data` whose last position is kept so that appends can be conditional on their
    /// values, e.g. `orderNo`; set at creation. Subjects are kept always.
    public var conditionalReferences: [String] = []
    /// The folds that the host wires in.
    public var projections = Projections()
    public var projecting = Projecting.onDemand
    /// Natural keys held in memory before they become a sorted run; at least one.
    public var keysInMemory = LedgerLimits.keysInMemory
    /// Who signs checkpoints, on demand and when the ledger is closed, and closing records of
    /// epochs; the first also signs the receipts of erasures. Keys lie outside of the ledger.
    public var signers: [any CheckpointSigner] = []
    /// The rule that ``Ledger/appendEnforcing(_:recordedAt:)`` asks; its fold must be among the
    /// projections.
    public var admission: (any AdmissionRule)?

    /// Where the ledger says what it does; nil: nowhere. Never an event's content.
    public var logger: Logger?
    /// Where its metrics go; nil: to the process' own `MetricsSystem`.
    public var metrics: (any MetricsFactory)?
    /// How long a scan of the log looks at one commit before it gives it back and goes on at the
    /// next position: longer, and the pages that commits free meanwhile cannot be used again.
    public var readMilliseconds = LedgerLimits.readMilliseconds
    /// How often the holder looks at readers, lags and files; 0: never, and no status page.
    public var watchMilliseconds = LedgerLimits.watchMilliseconds
    /// A reader that has looked at an old commit for longer is told of as stuck.
    public var stuckAfter = Duration.seconds(60)

    public init() {}

    /// Traps on options that no machine could satisfy, before anything is made: they are written by
    /// a programmer.
    func check() {
        for size in [logMapSize, stateMapSize] {
            precondition(size > 0 && size % 65_536 == 0, "a map is a positive multiple of 64 KiB")
        }
        precondition(keysInMemory > 0, "an index has room for a key")
    }

    /// However long: a scan that never gives its commit back is what was asked for.
    var readNanoseconds: UInt64 {
        min(readMilliseconds, UInt64(Int64.max) / 1_000_000) * 1_000_000
    }

    /// What is decided for the ledger's whole life when it is made.
    var creationSettings: LedgerConfig {
        var config = LedgerConfig()
        config.set("sealing", sealing.rawValue)
        if !conditionalReferences.isEmpty {
            config.set(
                LedgerConfig.conditionalReferences, conditionalReferences.joined(separator: " "))
        }
        return config
    }
}

/// The folds of a ledger, by grouping. The host wires them; the ledger knows none by name.
public struct Projections: Sendable {
    var groups = [GroupDefinition(grouping: SubjectIndex.self, folds: [])]

    public init() {}

    /// Adds a fold; its grouping is added with it. Traps when a fold of this name is there.
    public mutating func add<F: KeyedFold>(_ fold: F) {
        precondition(
            !groups.contains { $0.folds.contains { $0.name == F.name } },
            "a fold named \(F.name) is there already")
        let index = self.index(of: F.Group.self)
        groups[index].folds.append(FoldBox(fold: fold))
    }

    private mutating func index(of grouping: any Grouping.Type) -> Int {
        if let index = groups.firstIndex(where: { $0.grouping == grouping }) { return index }
        groups.append(GroupDefinition(grouping: grouping, folds: []))
        return groups.count - 1
    }
}
