import ClearanceStore
import Dispatch
import Glibc
import Synchronization

/// Looks at the readers, the lags and the files of a ledger once a second, in its holder's process:
/// frees the slots of dead readers, tells of stuck ones, and writes the status page.
///
/// It holds no ledger, only its parts, so that a ledger that is dropped goes at once.
final class LedgerWatch: Sendable {
    private struct State {
        var times: [ReaderReport.Place: CommitTimes] = [:]
        var told: Set<[UInt64]> = []
        var page: StatusPage?
        var stopped = false
    }

    private let log: EventLog
    private let state: StateEnvironment
    private let projector: Projector
    private let tree: TreeIntegrator
    private let observer: LedgerObserver
    private let waiting: @Sendable () -> Int
    private let options: LedgerOptions
    private let file: ByteFile?
    private let queue = DispatchQueue(label: "clearance.ledger.watch", qos: .utility)
    private let process = ProcessMark()
    private let looks = Mutex(State())

    init(
        directory: String, log: EventLog, state: StateEnvironment, projector: Projector,
        tree: TreeIntegrator, observer: LedgerObserver, options: LedgerOptions,
        waiting: @escaping @Sendable () -> Int
    ) {
        self.log = log
        self.state = state
        self.projector = projector
        self.tree = tree
        self.observer = observer
        self.options = options
        self.waiting = waiting
        guard options.watchMilliseconds > 0 else {
            file = nil
            return
        }
        // Without room for the page readers know less, and the ledger opens all the same.
        file = try? ByteFile(directory + "/status", .update)
        look()
        schedule()
    }

    /// Ends the looking; when it returns nothing is written any more. Harmless twice.
    func stop() {
        // A forked child has no thread that could still be looking.
        guard process.isThis else { return }
        looks.withLock { $0.stopped = true }
        queue.sync {}
    }

    /// What is known at this moment.
    func health() throws(LedgerError) -> LedgerHealth {
        let places = try environments()
        var health = LedgerHealth()
        health.position = try log.reader().lastPosition()
        health.projected = try projector.checkpoint()
        health.integrated = tree.status.position
        health.holder = getpid()
        health.durability = log.durability.rawValue
        health.queueDepth = waiting()
        observer.figures.fill(&health)
        for (place, environment) in places {
            try measure(place, environment, into: &health)
        }
        health.sortReaders()
        return health
    }

    private func environments() throws(LedgerError) -> [(ReaderReport.Place, Environment)] {
        [(.log, try log.live().files.environment), (.state, state.environment)]
    }

    private func measure(
        _ place: ReaderReport.Place, _ environment: Environment, into health: inout LedgerHealth
    ) throws(LedgerError) {
        let now = MonotonicTime.nanoseconds()
        do {
            let (newest, bytes) = (try environment.lastCommit(), try environment.mapUsedBytes)
            let times = looks.withLock { looks in
                looks.times[place, default: CommitTimes()]
                    .note(commit: newest, at: now, bytes: bytes)
                return looks.times[place] ?? CommitTimes()
            }
            health.set(place, bytes: bytes, map: environment.options.mapSize)
            for var report in try environment.reports(place, newest: newest) {
                let passed = times.passed(report.commit)
                report.since = passed?.time
                report.age = .nanoseconds(Int64(clamping: passed.map { now - $0.time } ?? 0))
                report.grown = passed.map { max(0, bytes - $0.bytes) } ?? 0
                report.isStuck = (report.age ?? .zero) > options.stuckAfter
                health.readers.append(report)
            }
        } catch { throw LedgerError(error) }
    }

    private func schedule() {
        let pause = DispatchTimeInterval.milliseconds(options.watchMilliseconds)
        queue.asyncAfter(deadline: .now() + pause) { [weak self] in
            guard let self, !self.looks.withLock({ $0.stopped }) else { return }
            self.look()
            self.schedule()
        }
    }

    /// One look. What cannot be looked at now, because the ledger is being closed, will not be.
    private func look() {
        for (place, environment) in (try? environments()) ?? [] {
            guard let dead = try? environment.clearStaleReaders(), dead > 0 else { continue }
            observer.clearedReaders(dead, place: place)
        }
        guard let health = try? health() else { return }
        observer.looked(health)
        for reader in fresh(health.readers.filter(\.isStuck)) { observer.stuck(reader) }
        var page = StatusPage(health)
        page.numbers["stuckAfter"] = options.stuckAfter.wholeNanoseconds
        write(page)
    }

    /// Those stuck readers that were not told of yet.
    private func fresh(_ stuck: [ReaderReport]) -> [ReaderReport] {
        looks.withLock { looks in
            let keys = stuck.map { [UInt64($0.process), $0.commit, $0.place == .log ? 0 : 1] }
            let fresh = zip(stuck, keys).filter { !looks.told.contains($0.1) }.map(\.0)
            looks.told = Set(keys)
            return fresh
        }
    }

    /// Writes the page when it says something new. Without room for it, readers know less.
    private func write(_ page: StatusPage) {
        let isNew = looks.withLock { looks in
            defer { looks.page = page }
            return looks.page != page
        }
        guard isNew, let file else { return }
        try? file.write(at: 0, page.encoded().span)
    }
}
