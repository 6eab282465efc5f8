import CoreMetrics

/// The ledger's metrics: every handle made once, at opening (`specs/operations.md`).
///
/// Recording happens once a commit or once a second, never once an event.
struct LedgerMetrics: Sendable {
    /// The names under which a host's metrics system sees them.
    enum Name {
        static let commits = "clearance.ledger.commits"
        static let events = "clearance.ledger.events"
        static let bytes = "clearance.ledger.bytes"
        static let batchEvents = "clearance.ledger.batch.events"
        static let flush = "clearance.ledger.flush"
        static let queueDepth = "clearance.ledger.queue.depth"
        static let integrationLag = "clearance.ledger.integration.lag"
        static let projectionLag = "clearance.ledger.projection.lag"
        static let readers = "clearance.ledger.readers"
        static let stuckReaders = "clearance.ledger.readers.stuck"
        static let readerAge = "clearance.ledger.reader.age"
        static let logMap = "clearance.ledger.map.log"
        static let stateMap = "clearance.ledger.map.state"
    }

    private let commits: Counter
    private let events: Counter
    private let bytes: Counter
    private let batchEvents: Recorder
    private let flush: Timer
    private let queueDepth: Meter
    private let integrationLag: Meter
    private let projectionLag: Meter
    private let readers: Meter
    private let stuckReaders: Meter
    private let readerAge: Meter
    private let logMap: Meter
    private let stateMap: Meter

    /// Makes the handles; `origin` tells the ledgers of one process apart.
    init(factory: any MetricsFactory, origin: String) {
        let own = [("ledger", origin)]
        func meter(_ name: String) -> Meter {
            Meter(label: name, dimensions: own, factory: factory)
        }
        func counter(_ name: String) -> Counter {
            Counter(label: name, dimensions: own, factory: factory)
        }
        commits = counter(Name.commits)
        events = counter(Name.events)
        bytes = counter(Name.bytes)
        batchEvents = Recorder(
            label: Name.batchEvents, dimensions: own, aggregate: true, factory: factory)
        flush = Timer(label: Name.flush, dimensions: own, factory: factory)
        queueDepth = meter(Name.queueDepth)
        integrationLag = meter(Name.integrationLag)
        projectionLag = meter(Name.projectionLag)
        readers = meter(Name.readers)
        stuckReaders = meter(Name.stuckReaders)
        readerAge = meter(Name.readerAge)
        logMap = meter(Name.logMap)
        stateMap = meter(Name.stateMap)
    }

    /// What one commit took in, and how long the disk took.
    func committed(events count: Int, bytes size: Int, nanoseconds: UInt64, waiting: Int) {
        commits.increment()
        events.increment(by: count)
        bytes.increment(by: size)
        batchEvents.record(count)
        flush.recordNanoseconds(Int64(clamping: nanoseconds))
        queueDepth.set(waiting)
    }

    /// What is looked at once a second.
    func looked(_ health: LedgerHealth) {
        if let waiting = health.queueDepth { queueDepth.set(waiting) }
        projectionLag.set(health.position - min(health.projected, health.position))
        if let integrated = health.integrated {
            integrationLag.set(health.position - min(integrated, health.position))
        }
        readers.set(health.readers.count)
        stuckReaders.set(health.readers.count(where: \.isStuck))
        let oldest = health.readers.compactMap(\.age).max() ?? .zero
        readerAge.set(oldest.seconds)
        logMap.set(health.logBytes)
        stateMap.set(health.stateBytes)
    }
}

extension Duration {
    /// Seconds as a binary fraction, for display and metrics.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
