import ClearanceStore
import Glibc

extension Ledger {
    /// How the ledger is doing: positions and lags, queue, commits, files, readers.
    ///
    /// In the holder's process everything is of this moment; elsewhere the holder's own figures are
    /// those of its last look, at most ``LedgerOptions/watchMilliseconds`` old. Cost: a look at the
    /// reader tables and free lists, well below a millisecond; the log is not read.
    public func health() throws(LedgerError) -> LedgerHealth {
        if let watch { return try watch.health() }
        var health = LedgerHealth()
        health.position = try position()
        health.projected = try projector.checkpoint()
        health.durability = log.durability.rawValue
        let lock = directory + "/lock"
        health.holder = try storing { () throws(StoreError) in try FileLock.holder(lock) }
        let page = StatusPage.read(directory, holder: health.holder)
        page?.fill(&health)
        let places: [(ReaderReport.Place, Environment?)] = [
            (.log, try log.live().files.environment), (.state, state?.environment),
        ]
        for (place, environment) in places {
            guard let environment else { continue }
            do {
                let newest = try environment.lastCommit()
                let bytes = try environment.mapUsedBytes
                health.set(place, bytes: bytes, map: environment.options.mapSize)
                for var report in try environment.reports(place, newest: newest) {
                    page?.date(&report, bytes: bytes, stuckAfter: options.stuckAfter)
                    health.readers.append(report)
                }
            } catch { throw LedgerError(error) }
        }
        health.sortReaders()
        return health
    }
}

extension Environment {
    /// The readers of this file that look at some commit, with their cost.
    func reports(
        _ place: ReaderReport.Place, newest: UInt64
    ) throws(StoreError) -> [ReaderReport] {
        var held: [UInt64: Int] = [:]
        var reports: [ReaderReport] = []
        for reader in try readers() {
            guard let commit = reader.transaction else { continue }
            if held[commit] == nil { held[commit] = try pagesHeld(since: commit) }
            reports.append(
                ReaderReport(
                    process: reader.process, place: place, commit: commit,
                    commitsBehind: newest - min(commit, newest),
                    age: commit >= newest ? .zero : nil, pagesHeld: held[commit] ?? 0,
                    grown: commit >= newest ? 0 : nil, isStuck: false))
        }
        return reports
    }
}

extension LedgerHealth {
    mutating func set(_ place: ReaderReport.Place, bytes: Int, map: Int) {
        switch place {
        case .log: (logBytes, logMapBytes) = (bytes, map)
        case .state: stateBytes = bytes
        }
    }

    /// The oldest first, then by process.
    mutating func sortReaders() {
        readers.sort { one, other in
            (other.age ?? .zero, other.commitsBehind, one.process)
                < (one.age ?? .zero, one.commitsBehind, other.process)
        }
    }
}

extension StatusPage {
    /// What the page says of a ledger.
    init(_ health: LedgerHealth) {
        self.init(holder: health.holder ?? 0)
        numbers["queue"] = UInt64(health.queueDepth ?? 0)
        numbers["integrated"] = health.integrated
        if let written = health.written {
            numbers["commits"] = written.commits
            numbers["events"] = written.events
            numbers["bytes"] = written.bytes
            numbers["batchP50"] = written.batchP50
            numbers["batchP99"] = written.batchP99
            numbers["flushP50"] = written.flushP50?.wholeNanoseconds
            numbers["flushP99"] = written.flushP99?.wholeNanoseconds
        }
        words["ended"] = health.ended
        for reader in health.readers {
            guard let since = reader.since else { continue }
            readers.append(
                Reader(
                    process: reader.process, place: reader.place, commit: reader.commit,
                    since: since,
                    bytes: (reader.place == .log ? health.logBytes : health.stateBytes)
                        - (reader.grown ?? 0)))
        }
    }

    /// Puts what only the holder knows into a report.
    func fill(_ health: inout LedgerHealth) {
        health.queueDepth = numbers["queue"].map { Int(clamping: $0) }
        health.integrated = numbers["integrated"]
        health.ended = words["ended"]
        guard let commits = numbers["commits"] else { return }
        health.written = LedgerHealth.Written(
            commits: commits, events: numbers["events"] ?? 0, bytes: numbers["bytes"] ?? 0,
            batchP50: numbers["batchP50"], batchP99: numbers["batchP99"],
            flushP50: numbers["flushP50"].map { .nanoseconds(Int64(clamping: $0)) },
            flushP99: numbers["flushP99"].map { .nanoseconds(Int64(clamping: $0)) })
    }

    /// Tells the age of a reader that the holder has seen.
    func date(_ report: inout ReaderReport, bytes: Int, stuckAfter: Duration) {
        let seen = readers.first {
            $0.process == report.process && $0.place == report.place
                && $0.commit == report.commit
        }
        guard let seen else { return }
        let now = MonotonicTime.nanoseconds()
        let age = Duration.nanoseconds(Int64(clamping: now - min(now, seen.since)))
        report.age = age
        report.grown = max(0, bytes - seen.bytes)
        // The holder says from when on, and every process that asks is told the same.
        let limit = numbers["stuckAfter"].map { Duration.nanoseconds(Int64(clamping: $0)) }
        report.isStuck = age > limit ?? stuckAfter
    }
}

extension Duration {
    /// Whole nanoseconds, not below zero and not beyond three centuries.
    var wholeNanoseconds: UInt64 {
        let (seconds, attoseconds) = components
        guard seconds >= 0 else { return 0 }
        guard seconds < Int64.max / 1_000_000_000 else { return UInt64(Int64.max) }
        return UInt64(seconds) * 1_000_000_000 + UInt64(max(0, attoseconds)) / 1_000_000_000
    }
}
