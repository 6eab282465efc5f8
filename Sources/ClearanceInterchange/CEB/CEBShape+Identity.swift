internal import ClearanceEvents

extension CEBShape {
    /// The layout of what the document becomes, as far as it is known before its status is.
    var layout: RecordLayout {
        let type: String =
            switch message.meaning {
            case .paper(let paper): paper + ".submitted"
            case .list: "declare.submitted"
            case .returnRequest: "return.requested"
            case .fact(let type, _): type
            case .waybillStatus: "move.status"
            case .receipt, .formFailure: "receipt.progress"
            case .tax: "settle.taxAssessed"
            case .summaryResult: "declare.summaryDeclared"
            }
        guard let definition = Catalogue.current.type(named: type) else {
            preconditionFailure("the vocabulary lacks \(type)")
        }
        return definition.layout
    }

    /// `id` of the event: message, subject, marker; the same whoever parses the document.
    func identifier(subject: String) -> String {
        var id = message.number + ";" + subject
        func append(_ part: String) {
            id += ";"
            id += part
        }
        switch message.meaning {
        case .receipt, .formFailure:
            append(text("returnStatus") ?? "")
            append(text("returnTime") ?? "")
            append(LinkKey.of("returnInfo", text("returnInfo") ?? "").hex)
        case .tax: append(text("status") ?? "")
        case .summaryResult:
            // One request may become several customs entries, and one entry may change its state.
            append(text("declSeqNo") ?? "")
            append(text("opDate") ?? "")
            append(text("decState") ?? "")
        case .paper, .list, .returnRequest, .fact, .waybillStatus:
            append(text("appType") ?? "")
            append(text("appTime") ?? "")
            if case .payment = message.subject { append(text("orderNo") ?? "") }
        }
        // The parts of a split document are documents of their own.
        if let part = text("msgSeqNo") { append(part) }
        return id
    }
}
