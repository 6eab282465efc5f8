import ClearanceLedger

/// What a run does, given as `name=value` words.
struct Options: Sendable {
    /// From what all requests are made.
    var seed: UInt64 = 1
    var requests = 24
    /// Callers side by side; each sends every so-many-th request, one after another.
    var lanes = 1
    /// How many of the lanes are tasks; the others are threads that block.
    var tasks = 0
    /// The ledger is closed and opened again between phases.
    var phases = 2
    /// Announces before appending: a planted bug.
    var early = false
    /// Whether requests repeat events of earlier ones.
    var repeats = true
    /// Whether projections follow by themselves.
    var background = false
    /// Natural keys in memory before they become a run.
    var keys = 24
    var logMap = 1 << 26
    /// Bytes of an epoch before the log goes on in the next one.
    var epochBytes = 1 << 25
    /// Every so many requests a caller ends the epoch and closes those that ended; 0: never.
    var ends = 0
    /// Flushes of a commit, which name the level of durability.
    var flushes = 2
    /// Who ships the log to a folder all the time: 1 this process, 2 others; 0: nobody.
    var backups = 0
    /// Whether personal sections are sealed; then the same events do not make the same roots.
    var sealed = false

    init(_ words: some Sequence<String>) {
        for word in words {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let value = Int(parts[1]) else { fatalError("word \(word)") }
            set(parts[0], value)
        }
    }

    private mutating func set(_ name: String, _ value: Int) {
        switch name {
        case "seed": seed = UInt64(truncatingIfNeeded: value)
        case "requests": requests = value
        case "lanes": lanes = value
        case "tasks": tasks = value
        case "phases": phases = value
        case "early": early = value != 0
        case "repeats": repeats = value != 0
        case "background": background = value != 0
        case "keys": keys = value
        case "logMap": logMap = value
        case "epochBytes": epochBytes = value
        case "ends": ends = value
        case "flushes": flushes = value
        case "sealed": sealed = value != 0
        case "backups": backups = value
        default: fatalError("no option \(name)")
        }
    }

    var ledger: LedgerOptions {
        var options = LedgerOptions()
        options.logMapSize = logMap
        options.epochBytes = epochBytes
        options.durability = [.none, .oneFlush, .twoFlushes][flushes]
        options.stateMapSize = 1 << 26
        options.indexKey = Array(repeating: 7, count: 16)
        options.keysInMemory = keys
        options.projecting = background ? .background : .onDemand
        options.sealing = sealed ? .sealed : .clear
        options.projections.add(TradeFold())
        return options
    }

    var plan: Plan { Plan(seed: seed, lanes: lanes, repeats: repeats) }
}
