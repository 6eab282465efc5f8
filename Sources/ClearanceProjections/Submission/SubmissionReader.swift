import ClearanceEvents

/// Reads what a submission is from an event: which document, which version, what customs said.
struct SubmissionReader: Sendable {
    private let order = Fields("order", links: true)
    private let payment = Fields("payment", links: true)
    private let waybill = Fields("waybill", links: true)
    private let proceeds = Fields("proceeds", links: false)
    private let list = Fields("declaration", links: true)
    private let cancel = Fields("cancelRequest", links: true)
    private let goodsReturn = Fields("returnRequest", links: true)
    private let tally = Fields("goodsReturn", links: false)
    private let movement = Fields("movement", links: false)
    private let receipt = Fields("receipt", links: true)
    private let release = Fields("release", links: true)
    private let form = Catalogue.field("declaration.form")
    private let flag = Catalogue.field("declaration.ieFlag")
    private let orderType = Catalogue.field("order.orderType")
    private let statusOf = Catalogue.field("movement.logisticsStatus")
    private let status = Catalogue.field("receipt.returnStatus")
    private let receiptStatusOf = Catalogue.field("receipt.logisticsStatus")
    private let listLines = Lines("declaration.items", "declarationItem")
    private let returnLines = Lines("returnRequest.items", "returnItem")

    /// The fact of an event; nil when it says nothing of a submission.
    func fact(of event: EventView) -> SubmissionFact? {
        let code = event.type.code
        let index = UInt8(truncatingIfNeeded: code)
        switch code >> 8 {
        case 0x01: return paper(event, index, .order, order)
        case 0x02: return paper(event, index, .payment, payment)
        case 0x03: return paper(event, index, .waybill, waybill)
        case 0x04: return paper(event, index, .proceeds, proceeds)
        case 0x06: return declaration(event, index)
        case 0x08: return released(event, index)
        case 0x09: return returned(event, index)
        case 0x0C where index == 3 || index == 4: return moved(event)
        case 0x11: return answered(event, isFailure: index == 2)
        default: return nil
        }
    }

    /// The four papers: drafted, submitted, amended, withdrawn, accepted, rejected.
    private func paper(
        _ event: EventView, _ index: UInt8, _ paper: SubmissionPaper, _ fields: Fields
    ) -> SubmissionFact? {
        switch index {
        case 1...4:
            var fact = version(event, index - 1, paper, fields)
            switch paper {
            case .order:
                let type = event.data.text(orderType)
                fact.isExport = type.count > 0 && type[0] != UInt8(ascii: "I")
            case .payment: fact.branch = fact.order
            // CEB511 names its order, CEB505 has no field for it.
            case .waybill: fact.isExport = fact.order == 0
            default: fact.isExport = true
            }
            return fact
        case 5: return word(.accepted, event, paper)
        case 6: return word(.rejected, event, paper)
        default: return nil
        }
    }

    private func declaration(_ event: EventView, _ index: UInt8) -> SubmissionFact? {
        let subject = event.subject
        switch index {
        case 0x01...0x04:
            guard isList(subject) else { return nil }
            let form = event.data.text(form)
            guard form.count == 0 || form.count == 4 else { return nil }
            var fact = version(event, index - 1, .list, list)
            let flag = event.data.text(flag)
            fact.isExport = flag.count > 0 && flag[0] == UInt8(ascii: "E")
            fact.lines = listLines.read(event.data)
            return fact
        case 0x05, 0x06:
            guard isList(subject) else { return nil }
            return named(word(index == 5 ? .accepted : .rejected, event, .list), event, receipt)
        case 0x0B, 0x16, 0x17:
            let verb = index == 0x16 ? 0 : index == 0x17 ? 3 : verb(event, cancel)
            var fact = version(event, verb, .cancelRequest, cancel)
            fact.isExport = isExport(event.data.text(cancel.message))
            fact.pre = 0
            return fact
        case 0x0C, 0x0D:
            guard SubmissionScheme.starts(subject, "cancel:") else { return nil }
            var fact = word(index == 0x0C ? .accepted : .rejected, event, .cancelRequest)
            fact.list = SubmissionToken.number(
                Self.listScheme, event.data.text(receipt.invtNo))
            return fact
        default: return nil
        }
    }

    private func released(_ event: EventView, _ index: UInt8) -> SubmissionFact? {
        guard isList(event.subject), index <= 3 else { return nil }
        return named(word(index == 3 ? .turnedBack : .released, event, .list), event, release)
    }

    private func returned(_ event: EventView, _ index: UInt8) -> SubmissionFact? {
        switch index {
        case 1...3, 8:
            var fact = version(event, index & 3, .returnRequest, goodsReturn)
            fact.isExport = isExport(event.data.text(goodsReturn.message))
            fact.pre = 0
            fact.lines = returnLines.read(event.data)
            return fact
        case 4: return word(.accepted, event, .returnRequest)
        case 5: return word(.rejected, event, .returnRequest)
        case 7, 9, 0x0A:
            guard event.data.has(tally.appTime) else { return nil }
            let verb = index == 9 ? 0 : index == 0x0A ? 3 : verb(event, tally)
            var fact = version(event, verb, .returnTally, tally)
            fact.isExport = true
            return fact
        default: return nil
        }
    }

    /// A status of a waybill: each status of a number is a document of its own.
    private func moved(_ event: EventView) -> SubmissionFact? {
        guard event.data.has(movement.appTime),
            SubmissionScheme.starts(event.subject, "waybill:")
        else { return nil }
        var fact = version(event, verb(event, movement), .waybillStatus, movement)
        fact.branch = SubmissionToken.number(4, event.data.text(statusOf))
        return fact
    }

    /// `receipt.progress` counts where it is customs' last word on a document; `receipt.failed`
    /// always.
    private func answered(_ event: EventView, isFailure: Bool) -> SubmissionFact? {
        let data = event.data
        guard let code = data.integer(status), isFailure || code == 120 || code == 399 else {
            return nil
        }
        guard let paper = paper(of: event.subject, data.text(receipt.message)) else { return nil }
        // The others have events of their own for what customs decides.
        if !isFailure, paper != .waybillStatus, paper != .returnTally { return nil }
        var fact = word(isFailure ? (code == 100 ? .rejected : .failed) : .accepted, event, paper)
        if code < 0 { fact.code = Int64(code) }
        if paper == .list { return named(fact, event, receipt) }
        if paper == .waybillStatus {
            fact.branch = SubmissionToken.number(4, data.text(receiptStatusOf))
        }
        return fact
    }

    private func paper(of subject: Span<UInt8>, _ message: Span<UInt8>) -> SubmissionPaper? {
        if SubmissionScheme.starts(subject, "order:") { return .order }
        if SubmissionScheme.starts(subject, "payment:") { return .payment }
        if SubmissionScheme.starts(subject, "waybill:") {
            return message.count == 6 && message[3] == UInt8(ascii: "5")
                && message[5] == UInt8(ascii: "4") ? .waybillStatus : .waybill
        }
        if SubmissionScheme.starts(subject, "proceeds:") { return .proceeds }
        if isList(subject) { return .list }
        if SubmissionScheme.starts(subject, "cancel:") { return .cancelRequest }
        guard SubmissionScheme.starts(subject, "return:") else { return nil }
        return message.count == 6 && message[4] == UInt8(ascii: "1")
            && message[5] == UInt8(ascii: "6") ? .returnTally : .returnRequest
    }

    private func isList(_ subject: Span<UInt8>) -> Bool {
        SubmissionScheme.starts(subject, "declaration:")
            || SubmissionScheme.starts(subject, "pre:")
            || SubmissionScheme.starts(subject, "list:")
    }
}
