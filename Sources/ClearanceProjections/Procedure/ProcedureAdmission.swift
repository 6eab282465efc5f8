public import ClearanceEvents

/// Refuses requests that the procedure forbids (`specs/procedure.md`, findings).
///
/// A request is judged by what it would break: it is folded into a copy of the row, and the first
/// new finding about it, in the order of ``Finding/Code``, is the refusal. Facts are never
/// judged.
public struct ProcedureAdmission: AdmissionRule {
    public let fold = ProcedureFold()

    public init() {}

    public func isRequest(_ type: EventType) -> Bool {
        switch StepKind.of(type) {
        case .submitted, .amended, .cancelRequested, .returnRequested: true
        default: false
        }
    }

    public func judge(_ request: EventView, row: ProcedureRow) -> Verdict {
        guard let step = ProcedureFold.step(of: request) else { return .admit }
        var after = row
        after.steps.append(step)
        let before = row.state.findings
        let new = after.state.findings.filter {
            $0.refs.contains(step.ref) && !before.contains($0) && ProcedureAdmission.refuses($0)
        }
        let codes = Set(new.map(\.code))
        guard let first = Finding.Code.allCases.first(where: codes.contains) else {
            return .admit
        }
        return .refuse(code: first.rawValue)
    }

    /// Whether a request is refused for it; what only informs, or disputes facts, refuses nothing.
    private static func refuses(_ finding: Finding) -> Bool {
        switch finding.code {
        case .conflictingContent, .contradictoryLink, .paperAbsent, .paperAfterReceipt,
            .amendedUnknown:
            false
        default: true
        }
    }
}
