import ClearanceEvents

/// The fields that the procedure reads, resolved once for each layout.
struct ProcedureFields: Sendable {
    let cop: FieldRef?
    let pre: FieldRef?
    let invt: FieldRef
    let agent: FieldRef?
    let status: FieldRef?
    let message: FieldRef?

    private init(_ layout: String, isReceipt: Bool = false, hasNumbers: Bool = true) {
        cop = hasNumbers ? Catalogue.field(layout + ".copNo") : nil
        pre = hasNumbers ? Catalogue.field(layout + ".preNo") : nil
        invt = Catalogue.field(layout + ".invtNo")
        agent = hasNumbers ? Catalogue.field(layout + ".agentCode") : nil
        status = isReceipt ? Catalogue.field(layout + ".returnStatus") : nil
        message = isReceipt ? Catalogue.field(layout + ".message") : nil
    }

    static let declaration = ProcedureFields("declaration")
    static let receipt = ProcedureFields("receipt", isReceipt: true)
    static let inspection = ProcedureFields("inspection", isReceipt: true)
    static let release = ProcedureFields("release", isReceipt: true)
    static let cancelRequest = ProcedureFields("cancelRequest")
    static let returnRequest = ProcedureFields("returnRequest")
    static let goodsReturn = ProcedureFields("goodsReturn")
    static let tax = ProcedureFields("tax", hasNumbers: false)

    /// The fields of the layout that a kind of step has; nil where the procedure needs none.
    static func of(_ kind: StepKind) -> ProcedureFields? {
        switch kind {
        case .drafted, .submitted, .amended, .withdrawn, .amendRequested: declaration
        case .inspectionOrdered, .inspectionStarted, .sampled, .tested, .concluded, .detained,
            .freed:
            inspection
        case .released, .closed, .turnedBack, .exited: release
        case .cancelRequested: cancelRequest
        case .returnRequested, .returnAmended, .returnWithdrawn: returnRequest
        case .returnArrived, .returnTallied: goodsReturn
        case .taxAssessed, .taxSummarised, .taxVoided: tax
        case .taxPaid, .taxRecovered, .taxRefunded, .arrived, .departed, .delivered: nil
        default: receipt
        }
    }
}

extension RecordView {
    /// The text of an optional field; empty when there is no such field or value.
    func words(_ field: FieldRef?) -> String {
        guard let field else { return "" }
        return string(field) ?? ""
    }
}
