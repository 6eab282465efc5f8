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
        var id = message.number + ";" + subject
        func append(_ part: String) {
            id += ";"
            id += part
        }
        if message.isReceipt {
            append(text("returnStatus") ?? "")
            append(text("returnTime") ?? "")
            append(LinkKey.of("returnInfo", text("returnInfo") ?? "").hex)
        } else {
            append(text("appType") ?? "")
            append(text("appTime") ?? "")
            if case .payment = message.subject { append(text("orderNo") ?? "") }
        }
        return id
    }
}
