import ClearanceEvents

extension Ledger {
    /// Outcomes with those told apart whose entries were erased since.
    func told(_ outcomes: [AppendOutcome]) -> [AppendOutcome] {
        guard let erasures, erasures.hasErased else { return outcomes }
        return outcomes.map { outcome in
            guard case .alreadyAppended(let position) = outcome, erasures.isErased(position) else {
                return outcome
            }
            return .alreadyAppendedErased(position: position)
        }
    }

    /// Goes on with erasures whose day may have come, when a batch said that a day has ended.
    ///
    /// What fails here does not undo the append: the wish stands and is asked again by the next
    /// day, or by ``runErasures(asOf:recordedAt:)``. It reads the log on the caller's thread.
    func runErasures(after batch: EncodedBatch, _ recordedAt: RecordedTime) {
        guard let erasures, !erasures.wishes.isEmpty else { return }
        var day: CivilDay?
        for index in 0..<batch.count {
            let range = batch.start(of: index)..<batch.end(of: index)
            guard let view = try? EventView(batch.bytes.span.extracting(range)),
                view.type == .clockDay, let ended = view.data.day(Ledger.endedDay)
            else { continue }
            day = max(day ?? ended, ended)
        }
        guard let day, erasures.wishes.contains(where: { $0.due <= day }) else { return }
        // The day reached is what the log says by now: the batch may have been turned away.
        erasureTurn.takeOrLeaveWord { runDueErasures(recordedAt) }
    }

    private static let endedDay = Catalogue.field("day.date")
}
