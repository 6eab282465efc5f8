public import ClearanceEvents
public import ClearanceLedger
import ClearanceMatching
import ClearanceProjections

/// The folds that the measured ledgers are opened with: those of the command `clearance`.
public enum Folds {
    /// Options with every fold.
    public static func all() -> LedgerOptions {
        var options = matching()
        options.projections.add(ProcedureFold())
        options.projections.add(CreditFold())
        options.projections.add(SubmissionFold())
        options.projections.add(DispatchFold())
        return options
    }

    /// Options with the matcher alone.
    public static func matching() -> LedgerOptions {
        var options = LedgerOptions()
        options.projections.add(MatchFold())
        return options
    }

    /// Options without folds: the log alone.
    public static func none() -> LedgerOptions { LedgerOptions() }

    /// Decides every order of a view; returns how many outcomes and orphans there were.
    public static func outcomes(of view: LedgerView, day: CivilDay) throws -> Int {
        let decider = MatchDecider()
        var count = 0
        try view.forEachRow(of: MatchFold.self) { _, row in
            count += decider.outcomes(of: row, day: day).count
            count += decider.orphans(of: row, day: day).count
            return true
        }
        return count
    }
}
