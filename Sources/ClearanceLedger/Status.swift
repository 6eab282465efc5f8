public import ClearanceEvents
import ClearanceStore

/// What a ledger holds, read in one pass.
public struct LedgerStatus: Sendable, Equatable {
    public var position: UInt64 = 0
    public var bytes: UInt64 = 0
    public var streams = 0
    public var firstTime: Instant?
    public var lastTime: Instant?
    /// The greatest day that the log says has ended.
    public var lastClockDay: CivilDay?
    /// Events by source.
    public var sources: [String: UInt64] = [:]
}

extension Ledger {
    /// Reads the whole log once. Cost: about 300 ns an entry and 16 bytes a subject.
    public func status() throws(LedgerError) -> LedgerStatus {
        var status = LedgerStatus()
        var subjects = Set<Digest16>()
        var sources: [Digest16: (name: String, count: UInt64)] = [:]
        let date = Catalogue.field("day.date")
        try forEachEntry { position, view in
            status.position = position
            status.bytes += UInt64(view.bytes.count)
            subjects.insert(LinkKey.subject(view.subject))
            let key = LinkKey.of("source", view.source)
            if sources[key] == nil {
                sources[key] = (String(decoding: Array(copying: view.source), as: UTF8.self), 0)
            }
            sources[key]?.count += 1
            let time = view.instant
            if status.firstTime.map({ time.microseconds < $0.microseconds }) ?? true {
                status.firstTime = time
            }
            if status.lastTime.map({ time.microseconds > $0.microseconds }) ?? true {
                status.lastTime = time
            }
            if view.type == .clockDay, let day = view.data.day(date) {
                status.lastClockDay = max(status.lastClockDay ?? day, day)
            }
            return true
        }
        status.streams = subjects.count
        for (name, count) in sources.values { status.sources[name] = count }
        return status
    }
}
