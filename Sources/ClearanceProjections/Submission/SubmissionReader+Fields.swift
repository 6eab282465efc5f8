import ClearanceEvents

extension SubmissionReader {
    /// The fields of one layout that a submission is told by.
    struct Fields: Sendable {
        let appType: FieldRef?
        let appTime: FieldRef
        let appStatus: FieldRef?
        let message: FieldRef
        let invtNo: FieldRef
        let preNo: FieldRef?
        let orderNo: FieldRef?
        let platform: FieldRef?
        let enterprise: FieldRef?
        let carrier: FieldRef?
        let waybill: FieldRef?

        init(_ layout: String, links: Bool) {
            let names = Catalogue.current.layout(layout)
            func field(_ name: String) -> FieldRef? {
                names.number(of: name) == nil ? nil : Catalogue.field(layout + "." + name)
            }
            let message = Catalogue.field(layout + ".message")
            self.message = message
            appType = field("appType")
            appTime = field("appTime") ?? message
            appStatus = field("appStatus")
            invtNo = field("invtNo") ?? message
            preNo = links ? field("preNo") : nil
            orderNo = links ? field("orderNo") : nil
            platform = links ? field("ebpCode") : nil
            enterprise = links ? field("ebcCode") : nil
            carrier = links ? field("logisticsCode") : nil
            waybill = links ? field("logisticsNo") : nil
        }
    }

    /// The lines of a list or a return.
    struct Lines: Sendable {
        private let items, gnum, gcode, qty: FieldRef

        init(_ path: String, _ layout: String) {
            items = Catalogue.field(path)
            gnum = Catalogue.field(layout + ".gnum")
            gcode = Catalogue.field(layout + ".gcode")
            qty = Catalogue.field(layout + ".qty")
        }

        func read(_ data: RecordView) -> [SubmissionFact.Line] {
            var lines: [SubmissionFact.Line] = []
            data.forEachRecord(items) { item in
                lines.append(
                    SubmissionFact.Line(
                        gnum: Int64(item.integer(gnum) ?? lines.count + 1),
                        gcode: Lines.digits(item.text(gcode)),
                        qty: item.decimal(qty)?.units ?? 0))
            }
            return lines
        }

        /// The digits of a code as a number, so that ten of them are compared as one.
        private static func digits(_ text: Span<UInt8>) -> UInt64 {
            var value: UInt64 = 0
            for index in text.indices where text[index] & 0xF0 == 0x30 {
                value = value &* 10 &+ UInt64(text[index] & 0x0F)
            }
            return value
        }
    }

    /// Customs' word about the document of the subject.
    func word(
        _ word: SubmissionFact.Word, _ event: EventView, _ paper: SubmissionPaper
    ) -> SubmissionFact {
        SubmissionFact(
            word, paper, name: SubmissionToken.subject(event.subject), time: event.time,
            ref: event.identity.naturalKey.high)
    }

    /// A version of a document; `verb` is that of `SubmissionFact.Word`.
    func version(
        _ event: EventView, _ verb: UInt8, _ paper: SubmissionPaper, _ fields: Fields
    ) -> SubmissionFact {
        let data = event.data
        var fact = word(SubmissionFact.Word(rawValue: verb) ?? .new, event, paper)
        let time = data.time(fields.appTime)?.microseconds ?? event.time
        if time != fact.time {
            fact = SubmissionFact(fact.word, paper, name: fact.name, time: time, ref: fact.ref)
        }
        fact.content = event.identity.content.high
        if let orderNo = fields.orderNo {
            fact.order = SubmissionToken.number(1, data.text(orderNo))
        }
        if let platform = fields.platform {
            fact.platform = SubmissionToken.number(2, Self.code(data.text(platform)))
        }
        if let enterprise = fields.enterprise {
            fact.enterprise = SubmissionToken.number(2, data.text(enterprise))
        }
        if let carrier = fields.carrier, let waybill = fields.waybill {
            let number = data.text(waybill)
            if number.count > 0 {
                fact.waybill = SubmissionToken.of(
                    SubmissionToken.number(3, data.text(carrier)), number)
            }
        }
        return fields.preNo == nil ? fact : named(fact, event, fields)
    }

    /// Adds the list's customs and pre-entry numbers.
    func named(_ fact: SubmissionFact, _ event: EventView, _ fields: Fields) -> SubmissionFact {
        var fact = fact
        fact.list = SubmissionToken.number(Self.listScheme, event.data.text(fields.invtNo))
        if let preNo = fields.preNo {
            fact.pre = SubmissionToken.number(Self.preScheme, event.data.text(preNo))
        }
        return fact
    }

    /// The verb of a type that is the same for every appType.
    func verb(_ event: EventView, _ fields: Fields) -> UInt8 {
        let data = event.data
        if let field = fields.appStatus, Self.digit(data.text(field)) == 1 { return 0 }
        guard let field = fields.appType else { return 1 }
        let type = Self.digit(data.text(field))
        return (1...3).contains(type) ? type : 1
    }

    static let listScheme = SubmissionToken.scheme("list")
    private static let preScheme = SubmissionToken.scheme("pre")

    /// Whether a document came in an export message.
    func isExport(_ message: Span<UInt8>) -> Bool {
        guard message.count == 6 else { return false }
        let number =
            UInt16(message[3] & 15) * 100 + UInt16(message[4] & 15) * 10 + UInt16(message[5] & 15)
        switch number {
        case 213, 215, 303, 403, 505, 507, 509, 603, 605, 607, 701: return true
        default: return false
        }
    }

    private static func digit(_ text: Span<UInt8>) -> UInt8 {
        text.count == 1 && text[0] & 0xF0 == 0x30 ? text[0] & 0x0F : 0
    }

    /// "无" and an empty code both mean that there is no platform.
    @_lifetime(copy text)
    private static func code(_ text: Span<UInt8>) -> Span<UInt8> {
        text.count == 3 && text[0] == 0xE6 && text[1] == 0x97 && text[2] == 0xA0
            ? text.extracting(0..<0) : text
    }
}

/// Reads the documents that are sent in numbered messages.
struct DispatchReader: Sendable {
    private let movement = SubmissionReader.Fields("movement", links: false)
    private let manifest = SubmissionReader.Fields("manifest", links: false)
    private let summary = SubmissionReader.Fields("summary", links: false)
    private let status = Catalogue.field("receipt.returnStatus")
    private let receiptPart = Catalogue.field("receipt.msgSeqNo")
    private let parts: [(part: FieldRef, parts: FieldRef)] =
        ["movement", "manifest", "summary"].map {
            (Catalogue.field($0 + ".msgSeqNo"), Catalogue.field($0 + ".msgCount"))
        }
    private let reader = SubmissionReader()

    func fact(of event: EventView) -> SubmissionFact? {
        switch event.type.code {
        case 0x0C01: return version(event, .arrival, movement, 0)
        case 0x0C02: return version(event, .departure, movement, 0)
        // A stored or deleted arrival or departure is told as a status of it.
        case 0x0C03: return paper(of: event.subject).flatMap { version(event, $0, movement, 0) }
        case 0x0610, 0x0618, 0x0619: return version(event, .manifest, manifest, 1)
        case 0x0612, 0x061A, 0x061B: return version(event, .summary, summary, 2)
        case 0x0613: return answer(event, 100)
        default: return event.data.integer(status).flatMap { answer(event, $0) }
        }
    }

    private func version(
        _ event: EventView, _ paper: SubmissionPaper, _ fields: SubmissionReader.Fields,
        _ place: Int
    ) -> SubmissionFact? {
        guard event.data.has(fields.appTime) else { return nil }
        let verb: UInt8 =
            switch event.type.code {
            case 0x0618, 0x061A: 0
            case 0x0619, 0x061B: 3
            default: reader.verb(event, fields)
            }
        var fact = reader.version(event, verb, paper, fields)
        // CEB711 is the one import message of these.
        fact.isExport = paper != .arrival || reader.isExport(event.data.text(fields.message))
        fact.part = Int64(event.data.integer(parts[place].part) ?? 0)
        fact.parts = Int64(event.data.integer(parts[place].parts) ?? 0)
        return fact
    }

    private func answer(_ event: EventView, _ code: Int) -> SubmissionFact? {
        guard code < 0 || code == 100 || code == 120 || code == 399,
            let paper = paper(of: event.subject)
        else { return nil }
        let word: SubmissionFact.Word = code < 0 ? .failed : code == 100 ? .rejected : .accepted
        var fact = reader.word(word, event, paper)
        if code < 0 { fact.code = Int64(code) }
        fact.part = Int64(event.data.integer(receiptPart) ?? 0)
        return fact
    }

    private func paper(of subject: Span<UInt8>) -> SubmissionPaper? {
        if SubmissionScheme.starts(subject, "arrival:") { return .arrival }
        if SubmissionScheme.starts(subject, "departure:") { return .departure }
        if SubmissionScheme.starts(subject, "manifest:") { return .manifest }
        return SubmissionScheme.starts(subject, "summary:") ? .summary : nil
    }
}
