internal import ClearanceEvents

/// Lays an event's data out as the elements of one document, in the XSD's order.
struct CEBComposer {
    let message: CEBMessage
    let event: Event

    func document() -> CEBDocument {
        var document = CEBDocument()
        document.index = 1
        document.start(message.document)
        if message.headElement != nil { document.start(message.head.element) }
        for field in message.head.fields {
            write(field, event.data.text(field.name) ?? derived(field.name), to: &document)
        }
        if message.headElement != nil { document.end() }
        if let lines = message.lines, case .list(let items) = event.data["items"] {
            for case .record(let item) in items {
                document.start(lines.element)
                for field in lines.fields {
                    write(field, item.text(field.name), to: &document)
                }
                document.end()
            }
        }
        document.end()
        return document
    }

    private func write(_ field: CEBField, _ text: String?, to document: inout CEBDocument) {
        guard var text, !text.isEmpty else { return }
        if field.name == "currency" { text = Currency.digits(text) ?? text }
        if field.rule == .time { text = customs(text, digits: digits(of: field)) }
        if field.rule == .date, text.utf8.count == 10 { text = text.filter { $0 != "-" } }
        document.start(field.name)
        document.text(text)
        document.end()
    }

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
    private func derived(_ name: String) -> String? {
        let verb = event.type.name.split(separator: ".").last ?? ""
        switch name {
        case "guid": return CEBComposer.guid(event.source + ";" + event.id)
        case "appType": return verb == "amended" ? "2" : verb == "withdrawn" ? "3" : "1"
        case "appStatus": return verb == "drafted" ? "1" : "2"
        case "appTime": return event.time.customs
        case "returnTime": return CEBComposer.customs(event.time, digits: 17)
        case "orderType", "ieFlag": return "I"
        case _ where message.times.contains(name): return event.time.customs
        case "logisticsStatus" where event.type.name == "move.delivered": return "S"
        default: return nil
        }
    }

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
