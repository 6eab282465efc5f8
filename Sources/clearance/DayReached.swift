import ClearanceEvents
import ClearanceLedger

/// The last Beijing day that the log says has ended.
enum DayReached {
    /// The end of the day after it could not be written.
    private static let last = CivilDay("9999-12-30")

    /// The greatest `clock.day` up to a position; nil when there is none. Cost: a pass over the
    /// log that looks at types only.
    static func find(_ ledger: Ledger, through position: UInt64) throws -> CivilDay? {
        let date = Catalogue.field("day.date")
        var reached: CivilDay?
        try ledger.forEachEntry(through: position) { _, view in
            if view.type == .clockDay, let day = view.data.day(date) {
                let day = min(day, last ?? day)
                reached = max(reached ?? day, day)
            }
            return true
        }
        return reached
    }
}
