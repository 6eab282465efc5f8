internal import ClearanceEvents

extension CEBEvent {
    /// The event's type; nil when appType or returnStatus says nothing.
    mutating func type() -> String? {
        switch shape.message.meaning {
        case .paper(let paper): return paperVerb().map { paper + $0 }
        case .list: return paperVerb().map { "declare" + $0 }
        case .waybillStatus:
            // Neither a stored nor a deleted status says that the parcel was signed for.
            let isSaid = shape.text("appStatus") != "1" && shape.text("appType") != "3"
            if !isSaid { remark("unexpectedStatus", "appStatus", .unexpectedStatus) }
            return isSaid && shape.text("logisticsStatus") == "S"
                ? "move.delivered" : "move.status"
        case .receipt(let group):
            guard let text = shape.text("returnStatus") else { return nil }
            guard let status = Int(text) else { return "receipt.progress" }
            let meaning = ReceiptStatus.of(status, in: group)
            if meaning.isUnexpected {
                remark("unexpectedStatus", "returnStatus", .unexpectedStatus)
            }
            return meaning.type
        }
    }

    /// appStatus 1 is stored and not said; any other status says what appType says.
    private func paperVerb() -> String? {
        if shape.text("appStatus") == "1" { return ".drafted" }
        switch shape.text("appType") {
        case "1": return ".submitted"
        case "2": return ".amended"
        case "3": return ".withdrawn"
        default: return nil
        }
    }

    /// The event's time: the first of the message's times that can be read.
    func time() -> Instant? {
        for field in shape.message.times {
            guard let text = shape.text(field) else { continue }
            if let time = Instant(customs: text.utf8Span.span) { return time }
        }
        return nil
    }

    private mutating func remark(_ code: String, _ field: String, _ message: MessageText) {
        findings.append(shape.fault(code, shape.head, field, message))
    }
}
