internal import ClearanceEvents

extension CEBShape {
    /// The layout of what the document becomes, as far as it is known before its status is.
    var layout: RecordLayout {
        let type: String =
            switch message.meaning {
            case .paper(let paper): paper + ".submitted"
            case .list: "declare.submitted"
            case .waybillStatus: "move.status"
            case .receipt: "receipt.progress"
            }
        guard let definition = Catalogue.current.type(named: type) else {
            preconditionFailure("the vocabulary lacks \(type)")
        }
        return definition.layout
    }

    /// `id` of the event: message, subject, marker; the same whoever parses the document.
    func identifier(subject: String) -> String {
        var parts = [message.number, subject]
        if message.isReceipt {
            parts.append(text("returnStatus") ?? "")
            parts.append(text("returnTime") ?? "")
            parts.append(LinkKey.of("returnInfo", text("returnInfo") ?? "").hex)
        } else {
            parts.append(text("appType") ?? "")
            parts.append(text("appTime") ?? "")
            if case .payment = message.subject { parts.append(text("orderNo") ?? "") }
        }
        return parts.joined(separator: ";")
    }
}
