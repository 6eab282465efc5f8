internal import ClearanceEvents

extension CEBEvent {
    /// The event's type; nil when appType or the status says nothing.
    mutating func type() -> String? {
        switch shape.message.meaning {
        case .paper(let paper): return paperVerb().map { paper + $0 }
        case .list: return paperVerb().map { "declare" + $0 }
        case .returnRequest: return returnType()
        case .fact(let type, let stem): return factType(type, stem: stem)
        case .waybillStatus:
            // Neither a stored nor a deleted status says that the parcel was signed for.
            if !isSaid { remark("unexpectedStatus", "appStatus", .unexpectedStatus) }
            return isSaid && shape.text("logisticsStatus") == "S"
                ? "move.delivered" : "move.status"
        case .receipt(let group): return receiptType(group)
        case .tax:
            switch shape.text("status") {
            case "1": return "settle.taxAssessed"
            case "2": return "settle.taxSummarised"
            case "3": return "settle.taxVoided"
            default: return nil
            }
        case .summaryResult: return "declare.summaryDeclared"
        case .formFailure: return "receipt.failed"
        }
    }

    /// The field that ``type()`` missed something in.
    var typeField: String {
        switch shape.message.meaning {
        case .receipt, .formFailure: "returnStatus"
        case .tax: "status"
        case .paper, .list, .returnRequest, .fact, .waybillStatus, .summaryResult: "appType"
        }
    }

    /// Whether the document is declared and not taken back.
    private var isSaid: Bool {
        shape.letter(.appStatus) != "1" && shape.letter(.appType) != "3"
    }

    /// Nothing has happened yet when a movement is stored, or not after all when it is deleted:
    /// only its status is told.
    private mutating func factType(_ type: String, stem: String?) -> String? {
        guard let verb = paperVerb() else { return nil }
        switch (verb, stem) {
        case (".drafted", let stem?): return stem + "Drafted"
        case (".withdrawn", let stem?): return stem + "Withdrawn"
        case (".drafted", nil), (".withdrawn", nil):
            remark("unexpectedStatus", "appStatus", .unexpectedStatus)
            return "move.status"
        default: return type
        }
    }

    private func returnType() -> String? {
        paperVerb().map { $0 == ".submitted" ? "return.requested" : "return" + $0 }
    }

    private mutating func receiptType(_ group: ReceiptGroup) -> String? {
        if shape.bytes(.returnStatus).isEmpty { return nil }
        guard let status = CEBNumber.integer(shape.bytes(.returnStatus)) else {
            return "receipt.progress"
        }
        let meaning = ReceiptStatus.of(Int(status), in: group)
        if meaning.isUnexpected {
            remark("unexpectedStatus", "returnStatus", .unexpectedStatus)
        }
        return meaning.type
    }

    /// appStatus 1 is stored and not said; any other status says what appType says.
    private func paperVerb() -> String? {
        if shape.letter(.appStatus) == "1" { return ".drafted" }
        return switch shape.letter(.appType) {
        case "1": ".submitted"
        case "2": ".amended"
        case "3": ".withdrawn"
        default: nil
        }
    }

    /// The event's time: the first of the message's times that can be read.
    func time() -> Instant? {
        for field in shape.message.times {
            if let time = Instant(customs: shape.bytes(field)) { return time }
        }
        return nil
    }

    private mutating func remark(_ code: String, _ field: String, _ message: MessageText) {
        findings.append(shape.fault(code, shape.head, field, message))
    }
}
