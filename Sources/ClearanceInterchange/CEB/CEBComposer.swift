internal import ClearanceEvents

/// Lays an event's data out as the elements of one document, in the XSD's order.
struct CEBComposer {
    let message: CEBMessage
    let event: Event
    let version: CEBVersion

    func document() -> CEBDocument {
        var document = CEBDocument()
        document.index = 1
        document.start(message.document)
        if message.hasHead { document.start(message.head.element) }
        for field in message.head.fields where field.isPart(of: version) {
            write(field, event.data.text(field.name) ?? derived(field), to: &document)
        }
        if message.hasHead { document.end() }
        if let lines = message.lines, case .list(let items) = event.data["items"] {
            for case .record(let item) in items {
                document.start(lines.element)
                for field in lines.fields where field.isPart(of: version) {
                    write(field, item.text(field.name), to: &document)
                }
                document.end()
            }
        }
        document.end()
        return document
    }

    private func write(_ field: CEBField, _ text: String?, to document: inout CEBDocument) {
        let implied = field.isMandatory ? field.literal(in: version)?.text : nil
        guard var text = text.flatMap({ $0.isEmpty ? nil : $0 }) ?? implied else {
            // The XSD wants the element, and lets it be empty.
            if field.isMandatory, case .text(let range) = field.form(in: version),
                range.lowerBound == 0
            {
                document.start(field.name)
                document.end()
            }
            return
        }
        if CEBComposer.currencies.contains(field.name) { text = Currency.digits(text) ?? text }
        if field.rule == .time { text = customs(text, digits: digits(of: field)) }
        if field.rule == .date, text.utf8.count == 10 { text = text.filter { $0 != "-" } }
        document.start(field.name)
        document.text(text)
        document.end()
    }

    private static let currencies: Set<String> = ["currency", "fCurrency", "iCurrency"]

    // MARK: Times

    private func digits(of field: CEBField) -> Int {
        if case .text(let range) = field.form { range.upperBound } else { 14 }
    }

    /// A time in data may be RFC 3339; a message has customs' digits.
    private func customs(_ text: String, digits: Int) -> String {
        guard let time = Instant(rfc3339: text) else { return text }
        return CEBComposer.customs(time, digits: digits)
    }

    private static func customs(_ time: Instant, digits: Int) -> String {
        guard digits == 17 else { return time.customs }
        let milli = (time.microseconds / 1000 % 1000 + 1000) % 1000
        return time.customs + String(1000 + milli).dropFirst()
    }

    // MARK: Derived fields

    /// What a document lacks and its event tells all the same; nil when nothing tells it.
    private func derived(_ field: CEBField) -> String? {
        let verb = (event.type.name.split(separator: ".").last ?? "").lowercased()
        let name = field.name
        switch name {
        case "guid": return CEBComposer.guid(event.source + ";" + event.id)
        case "appType": return verb == "amended" ? "2" : verb.hasSuffix("withdrawn") ? "3" : "1"
        case "appStatus": return verb.hasSuffix("drafted") ? "1" : "2"
        case "appTime": return event.time.customs
        case "orderType": return message.direction == .export ? "E" : "I"
        case "ieFlag": return isOutward ? "E" : "I"
        // A document that does not say so is not split.
        case "msgCount", "msgSeqNo": return "1"
        case "returnStatus": return CEBComposer.statuses[event.type.name]
        case "status": return CEBComposer.statuses[event.type.name]
        case _ where message.times.contains { $0.name == name }:
            return CEBComposer.customs(event.time, digits: digits(of: field))
        case "logisticsStatus" where event.type.name == "move.delivered": return "S"
        default: return nil
        }
    }

    /// Exports leave the country; what comes back of them enters it.
    private var isOutward: Bool {
        switch message.subject {
        case .goodsReturn, .tallySheet: false
        default: message.direction == .export
        }
    }

    /// The status that customs gives where it means an event of this type.
    private static let statuses: [String: String] = {
        var map = [
            "declare.reviewing": "300", "declare.reviewed": "399", "declare.suspended": "600",
            "declare.cancelled": "399", "declare.cancelRefused": "100",
            "declare.summaryRejected": "100", "inspect.ordered": "500",
            "inspect.detained": "599", "release.granted": "800", "release.closed": "899",
            "release.returned": "700", "return.accepted": "399", "return.refused": "100",
            "settle.taxAssessed": "1", "settle.taxSummarised": "2", "settle.taxVoided": "3",
        ]
        for paper in ["order", "payment", "waybill", "proceeds", "declare"] {
            map[paper + ".accepted"] = "120"
            map[paper + ".rejected"] = "100"
        }
        return map
    }()

    /// 36 characters in upper case that only depend on the text.
    static func guid(_ text: String) -> String {
        let hex = Array(LinkKey.of("guid", text).hex.uppercased().utf8)
        var result: [UInt8] = []
        for (index, byte) in hex.enumerated() {
            if [8, 12, 16, 20].contains(index) { result.append(UInt8(ascii: "-")) }
            result.append(byte)
        }
        return String(decoding: result, as: UTF8.self)
    }
}
