import ClearanceEvents
import ClearanceLedger

/// The last Beijing day that the log says has ended.
enum DayReached {
    /// The end of the day after it could not be written.
    private static let last = CivilDay(year: 9_999, month: 12, day: 30)

    /// The greatest `clock.day` up to a position; nil when there is none. Cost: a pass over the
    /// log that looks at types only.
    static func find(_ ledger: Ledger, through position: UInt64) throws -> CivilDay? {
        let date = Catalogue.field("day.date")
        var reached: CivilDay?
        try ledger.forEachEntry(through: position) { _, view in
            if view.type == .clockDay, let day = view.data.day(date) {
                reached = min(max(reached ?? day, day), last)
            }
            return true
        }
        return reached
    }
}
