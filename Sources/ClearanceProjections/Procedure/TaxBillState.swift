import ClearanceEvents

/// The phase of an electronic tax bill (`specs/procedure.md`, tax bill).
public enum TaxPhase: String, Sendable { case assessed, summarised, voided, paid }

/// One electronic tax bill of a list.
public struct TaxBillState: Sendable, Equatable {
    /// `tax:NO`, or what the payment names.
    public let subject: String
    public internal(set) var invt = ""
    public internal(set) var phase = TaxPhase.assessed
    /// 缴款书 number once it is summarised.
    public internal(set) var dutyNo = ""
    /// What is due; nil when only a status was said.
    public internal(set) var sums: ProcedureStep.TaxSums?
    public internal(set) var assessedAt: Int64?
    public internal(set) var paidAt: Int64?

    init(subject: String) { self.subject = subject }

    /// The sum due in 10⁻⁵ CNY; nil when no sums were said.
    public var total: Int128? {
        sums.map {
            Int128($0.customsTax.units) + Int128($0.valueAddedTax.units)
                + Int128($0.consumptionTax.units)
        }
    }

    /// Tax is due from day 31 to day 45 after the release (S43).
    public static let firstDueDay = 31
    public static let lastDueDay = 45

    mutating func take(_ step: ProcedureStep) -> Finding.Code? {
        if !step.invt.isEmpty { invt = step.invt }
        if let given = step.sums { sums = given }
        if let number = step.words.first, !number.isEmpty { dutyNo = number }
        if phase == .voided { return step.kind == .taxVoided ? nil : .taxAfterVoid }
        switch step.kind {
        case .taxAssessed: assessedAt = assessedAt ?? step.time
        case .taxSummarised: if phase == .assessed { phase = .summarised }
        case .taxVoided: phase = .voided
        case .taxPaid:
            paidAt = paidAt ?? step.time
            phase = .paid
        default: break
        }
        return nil
    }
}
