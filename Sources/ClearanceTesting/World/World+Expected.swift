public import ClearanceEvents

extension World {
    /// How many orders have which outcome, by a slow and obvious matcher.
    ///
    /// `judge` gets the events of one life and the last day of the clock, and answers with one
    /// outcome for each of its orders; papers of a life meet no order of another, so that lives
    /// are judged one by one. `lastDay` is ``WorldWriter/Report/lastDay``. The result is sorted by
    /// outcome. Cost: one telling of every life, and the judge's own.
    public func expected(
        lastDay: CivilDay, judge: ([Event]) -> [String]
    ) -> [(outcome: String, orders: Int)] {
        var counts: [String: Int] = [:]
        let end = clockDay(lastDay)
        for index in 0..<lives {
            let life = life(of: index)
            guard !life.events.isEmpty else { continue }
            for outcome in judge(life.events + [end]) { counts[outcome, default: 0] += 1 }
        }
        return counts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
