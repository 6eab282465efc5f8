import ClearanceStore
import CoreMetrics
import Logging

/// Where a ledger says what it does: the host's log, the host's metrics, and its own figures.
///
/// Never an event's content: positions, counts, times, sizes, process ids and paths alone
/// (`specs/operations.md`).
final class LedgerObserver: Sendable {
    let figures = LedgerFigures()
    private let metrics: LedgerMetrics
    private let logger: Logger

    init(directory: String, origin: String, options: LedgerOptions) {
        metrics = LedgerMetrics(
            factory: options.metrics ?? MetricsSystem.factory, origin: origin)
        var logger =
            options.logger
            ?? Logger(label: "clearance.ledger") { _ in SwiftLogNoOpLogHandler() }
        logger[metadataKey: "ledger"] = "\(directory)"
        self.logger = logger
    }

    /// One commit of the log is durable. Called once a commit, on the thread that made it.
    func committed(_ parts: [ChosenEntries], since start: UInt64, waiting: Int) {
        let nanoseconds = MonotonicTime.nanoseconds() - start
        let events = parts.reduce(0) { $0 + $1.count }
        let bytes = parts.reduce(0) { $0 + $1.byteCount }
        figures.committed(events: events, bytes: bytes, nanoseconds: nanoseconds)
        metrics.committed(
            events: events, bytes: bytes, nanoseconds: nanoseconds, waiting: waiting)
    }

    /// What a look once a second found.
    func looked(_ health: LedgerHealth) { metrics.looked(health) }

    func opened(position: UInt64, isReader: Bool) {
        logger.info(
            "opened", metadata: ["position": "\(position)", "reads": "\(isReader)"])
    }

    /// The ledger was not closed: `head` is what was certain at the last close or checkpoint.
    func recovered(position: UInt64, head: UInt64) {
        logger.notice(
            "recovered what was appended after the last close",
            metadata: ["position": "\(position)", "head": "\(head)"])
    }

    func closed(position: UInt64) {
        logger.info("closed", metadata: ["position": "\(position)"])
    }

    func rolled(epoch: Int, first: UInt64) {
        logger.notice(
            "began a new epoch", metadata: ["epoch": "\(epoch)", "first": "\(first)"])
    }

    /// Writing ended: nothing more is taken until the ledger is opened again.
    func ended(_ reason: String) {
        figures.ended(reason)
        logger.error("writing ended", metadata: ["reason": "\(reason)"])
    }

    func clearedReaders(_ count: Int, place: ReaderReport.Place) {
        logger.notice(
            "cleared the slots of dead readers",
            metadata: ["count": "\(count)", "file": "\(place.rawValue)"])
    }

    func stuck(_ reader: ReaderReport) {
        logger.warning(
            "a reader is stuck at an old commit",
            metadata: [
                "process": "\(reader.process)", "file": "\(reader.place.rawValue)",
                "commit": "\(reader.commit)", "seconds": "\(Int(reader.age?.seconds ?? 0))",
                "pagesHeld": "\(reader.pagesHeld)", "grown": "\(reader.grown ?? 0)",
            ])
    }
}
