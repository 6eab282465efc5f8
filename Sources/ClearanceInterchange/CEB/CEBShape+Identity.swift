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
        var id: [UInt8] = []
        id.reserveCapacity(128)
        id.append(copying: message.number.utf8Span.span)
        id.append(CEBShape.semicolon)
        id.append(copying: subject.utf8Span.span)
        switch message.meaning {
        case .receipt, .formFailure:
            append(.returnStatus, to: &id)
            append(.returnTime, to: &id)
            id.append(CEBShape.semicolon)
            LinkKey.of("returnInfo", bytes(.returnInfo)).appendHex(to: &id)
        case .tax: append(.status, to: &id)
        case .summaryResult:
            // One request may become several customs entries, and one entry may change its state.
            append(.declSeqNo, to: &id)
            append(.opDate, to: &id)
            append(.decState, to: &id)
        case .paper, .list, .returnRequest, .fact, .waybillStatus:
            append(.appType, to: &id)
            append(.appTime, to: &id)
            if case .payment = message.subject { append(.orderNo, to: &id) }
        }
        // The parts of a split document are documents of their own.
        if message.isSplit, text("msgSeqNo") != nil { append(.msgSeqNo, to: &id) }
        return String(decoding: id, as: UTF8.self)
    }

    private static let semicolon = UInt8(ascii: ";")

    private func append(_ field: CEBKey, to id: inout [UInt8]) {
        id.append(CEBShape.semicolon)
        let given = bytes(field)
        if given.isEmpty {
            // What an edition implies for an empty element.
            if let text = text(field.name) { id += text.utf8 }
        } else {
            id.append(copying: given)
        }
    }
}
