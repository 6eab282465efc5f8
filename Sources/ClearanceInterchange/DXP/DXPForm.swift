internal import ClearanceEvents

/// What the schema says of an envelope's own elements, and what they said.
/// Source: XSD 202205 and 2018-113, 终端节点报文 and 传输节点报文.
struct DXPForm {
    /// One element with a text.
    private struct Field {
        /// Behind `TransInfo/` or `SvNo/`.
        let name: String
        let length: ClosedRange<Int>
        let isMandatory: Bool
        let most: Int
        /// The event's attribute; nil for what is only checked.
        let attribute: String?
        var isTime = false
    }

    /// The longest text of an element that is kept while it is read: far above every length.
    static let textBytes = 4_096

    private(set) var faults: [InputFault] = []
    private(set) var fields = EnvelopeFields()
    private(set) var isReply = false
    private var counts: [String: Int] = [:]
    private var root = ""
    private var start = (line: 1, column: 1)
    private var rank = 0

    private static let transInfo = [
        Field(
            name: "CopMsgId", length: 1...255, isMandatory: true, most: 1,
            attribute: "dxpmessageid"),
        Field(name: "SenderId", length: 1...16, isMandatory: true, most: 1, attribute: "dxpsender"),
        Field(
            name: "ReceiverIds/ReceiverId", length: 1...16, isMandatory: true, most: 5,
            attribute: "dxpreceivers"),
        Field(
            name: "CreatTime", length: 1...40, isMandatory: true, most: 1, attribute: "dxptime",
            isTime: true),
        Field(name: "MsgType", length: 0...30, isMandatory: true, most: 1, attribute: "dxptype"),
    ]

    private static let service = [
        Field(
            name: "MsgId", length: 1...32, isMandatory: true, most: 1,
            attribute: "dxpserverid"),
        Field(name: "SubMsgId", length: 1...1, isMandatory: false, most: 1, attribute: nil),
        Field(
            name: "SendTime", length: 1...40, isMandatory: true, most: 1, attribute: nil,
            isTime: true),
        Field(name: "EndNode", length: 1...8, isMandatory: true, most: 1, attribute: nil),
        Field(name: "StaNode", length: 1...8, isMandatory: true, most: 1, attribute: nil),
    ]

    /// The children of `DxpMsg` in their order.
    private static let parts = ["TransInfo", "Data", "AddInfo"]

    mutating func report(_ fault: InputFault) {
        if faults.count < InterchangeLimits.faults { faults.append(fault) }
    }

    /// An element of the envelope begins.
    mutating func start(_ path: [String], place: (line: Int, column: Int)) {
        if path.count == 1 {
            isReply = path[0] == "DxpRep"
            start = place
        }
        if path.last == "DxpMsg" { root = "/" + path.joined(separator: "/") }
        guard !isReply, path.count > 1, path[path.count - 2] == "DxpMsg", let name = path.last
        else { return }
        guard let found = DXPForm.parts.firstIndex(of: name) else {
            return report(fault("unknownElement", path, place, .unknownElement))
        }
        if found < rank { report(fault("misplaced", path, place, .order)) }
        rank = max(rank, found)
    }

    /// An element with this text has ended.
    mutating func end(_ path: [String], value: String, place: (line: Int, column: Int)) {
        guard let (part, fields) = DXPForm.group(of: path) else { return }
        let rest = path[(part + 1)...].joined(separator: "/")
        if rest.isEmpty { return finish(path, fields, place) }
        guard let field = fields.first(where: { $0.name == rest }) else {
            if rest != "ReceiverIds" {
                report(fault("unknownElement", path, place, .unknownElement))
            }
            return
        }
        counts[rest, default: 0] += 1
        if counts[rest] == field.most + 1 {
            report(fault(field.most == 1 ? "repeated" : "tooMany", path, place, .count))
        }
        guard counts[rest] ?? 0 <= field.most else { return }
        if !field.length.contains(value.unicodeScalars.count) {
            return report(fault("wrongLength", path, place, .length))
        }
        if field.isTime, DXPForm.time(value) == nil {
            report(fault("malformedTime", path, place, .time))
        }
        if let attribute = field.attribute { self.fields.add(attribute, value) }
    }

    private static func group(of path: [String]) -> (part: Int, fields: [Field])? {
        if let part = path.firstIndex(of: "TransInfo"), part > 0, path[part - 1] == "DxpMsg" {
            return (part, transInfo)
        }
        if path.count > 1, path[0] == "DxpMsgSv", path[1] == "SvNo" { return (1, service) }
        return nil
    }

    /// `TransInfo` or `SvNo` is over.
    private mutating func finish(
        _ path: [String], _ fields: [Field], _ place: (line: Int, column: Int)
    ) {
        for field in fields where field.isMandatory && counts[field.name] == nil {
            let name = field.name.split(separator: "/").map(String.init)
            report(fault("missingField", path + name, place, .missing))
        }
        counts = [:]
    }

    /// The envelope ended without a message.
    mutating func missingData() {
        report(
            InputFault(
                code: "missingField", path: root + "/Data", line: start.line,
                column: start.column, message: .missing))
    }

    private func fault(
        _ code: String, _ path: [String], _ place: (line: Int, column: Int),
        _ message: MessageText
    ) -> InputFault {
        InputFault(
            code: code, path: "/" + path.joined(separator: "/"), line: place.line,
            column: place.column, message: message)
    }

    func trimmed(_ bytes: [UInt8]) -> String {
        let blanks: Set<UInt8> = [32, 9, 10, 13]
        let front = bytes.drop { blanks.contains($0) }
        guard let last = front.lastIndex(where: { !blanks.contains($0) }) else { return "" }
        return String(decoding: front[...last], as: UTF8.self)
    }

    /// An `xs:dateTime`; without an offset it is Beijing's, a bare date is its first moment.
    static func time(_ text: String) -> Instant? {
        if let time = Instant(rfc3339: text) ?? Instant(rfc3339: text + "+08:00") { return time }
        let day = String(text.prefix(10))
        let zone = text.dropFirst(10)
        return Instant(rfc3339: day + "T00:00:00" + (zone.isEmpty ? "+08:00" : zone))
    }
}
