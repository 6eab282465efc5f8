import ClearanceEvents

@testable import ClearanceInterchange

/// One element of a message under test.
struct SampleElement: Equatable {
    var name: String
    var text: String

    var xml: String {
        var writer = XMLWriter()
        writer.element(name, text)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

/// A message of one document, taken apart so that a test can spoil any part of it.
struct SampleMessage {
    let message: CEBMessage
    let version: CEBVersion
    var guid: String? = Papers.guid
    var edition: String? = "1.0"
    var head: [SampleElement]
    var headCopies = 1
    var lines: [[SampleElement]]
    var linesStandFirst = false
    var documents = 1
    var transfers: [[SampleElement]]
    var subscribes: [[SampleElement]] = []
    var extend: String?
    var isSigned: Bool
    var extendFollowsSignature: Bool
    /// Stands between the documents and the transport block.
    var stray = ""

    /// A message that both the table and the XSD allow.
    init(
        _ message: CEBMessage, in version: CEBVersion, whole: Bool = true,
        using random: inout some RandomNumberGenerator
    ) {
        self.message = message
        self.version = version
        var values = SampleValues(version: version, whole: whole)
        head = values.elements(of: message.head, using: &random)
        lines = []
        if let record = message.lines {
            for number in 1...2 {
                values.line = number
                lines.append(values.elements(of: record, using: &random))
            }
        }
        let transfer = values.elements(of: message.transfer, using: &random)
        transfers = message.isReceipt ? [] : [transfer]
        isSigned = message.needsSignature
        extendFollowsSignature = message.extendStandsLast
    }

    var xml: String {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(message.number)Message"
        text += " xmlns=\"http://www.chinaport.gov.cn/ceb\""
        if let guid { text += " guid=\"\(guid)\"" }
        if let edition { text += " version=\"\(edition)\"" }
        text += ">"
        for _ in 0..<documents { text += document }
        text += stray
        for transfer in transfers { text += SampleMessage.element("BaseTransfer", transfer) }
        for one in subscribes { text += SampleMessage.element("BaseSubscribe", one) }
        let tail = [extend ?? "", isSigned ? CEBWriter.signature : ""]
        text += (extendFollowsSignature ? tail.reversed() : tail).joined()
        return text + "</\(message.number)Message>"
    }

    var bytes: [UInt8] { Array(xml.utf8) }

    private var document: String {
        var body = ""
        let lineText = lines.map { SampleMessage.element(message.lines?.element ?? "", $0) }
            .joined()
        if linesStandFirst { body += lineText }
        for _ in 0..<headCopies {
            body +=
                message.hasHead == false
                ? head.map(\.xml).joined() : SampleMessage.element(message.head.element, head)
        }
        if !linesStandFirst { body += lineText }
        return "<\(message.document)>\(body)</\(message.document)>"
    }

    private static func element(_ name: String, _ fields: [SampleElement]) -> String {
        "<\(name)>\(fields.map(\.xml).joined())</\(name)>"
    }
}

/// Values that a field's form and rule allow.
struct SampleValues {
    let version: CEBVersion
    /// Whether optional fields are all there; half of them otherwise.
    let whole: Bool
    var line = 1

    /// Optional in the XSD of some messages, and part of their names.
    private static let named: Set<String> = ["copNo", "agentCode", "operatorCode"]

    func elements(
        of record: CEBRecord, using random: inout some RandomNumberGenerator
    ) -> [SampleElement] {
        record.fields.filter { $0.isPart(of: version) }.compactMap { field in
            if !field.isMandatory, !whole, !Self.named.contains(field.name),
                Bool.random(using: &random)
            {
                return nil
            }
            return SampleElement(name: field.name, text: text(of: field, using: &random))
        }
    }

    /// Never empty, so that every subject has its numbers.
    func text(of field: CEBField, using random: inout some RandomNumberGenerator) -> String {
        if field.name == "gnum" || field.name == "gseqno" { return String(line) }
        if field.name == "currency" || field.name.hasSuffix("Currency") { return "142" }
        if field.name == "appStatus" { return "2" }
        if let literal = field.literal(in: version), literal.isFixed { return literal.text }
        if case .oneOf(let words) = field.rule {
            let word = words.randomElement(using: &random) ?? []
            return field.name == "appType" ? "1" : String(decoding: word, as: UTF8.self)
        }
        switch field.form(in: version) {
        case .decimal:
            let whole = Int.random(in: 0...92_233_720_368_546, using: &random)
            return Bool.random(using: &random)
                ? String(whole) : "\(whole).\(Int.random(in: 10_000...99_999, using: &random))"
        case .integer(let digits):
            let most = digits.map { (1..<$0).reduce(9) { sum, _ in sum * 10 + 9 } }
            return String(Int.random(in: 0...(most ?? Int(Int32.max)), using: &random))
        case .text(let range):
            return text(of: field, length: range, using: &random)
        }
    }

    private func text(
        of field: CEBField, length range: ClosedRange<Int>,
        using random: inout some RandomNumberGenerator
    ) -> String {
        func digits(_ count: Int) -> String {
            String((0..<count).map { _ in Self.digits.randomElement(using: &random) ?? "0" })
        }
        let rule = field.rule
        if rule == .time { return "20260101090000" + (range.upperBound == 17 ? digits(3) : "") }
        if rule == .date { return "20260101" }
        if rule == .integer {
            return ["120", "100", "399", "2", "-1"].randomElement(using: &random) ?? "2"
        }
        let most = min(range.upperBound, range.lowerBound + 40)
        let length = Int.random(in: max(range.lowerBound, 1)...most, using: &random)
        if rule != .free { return digits(length) }
        return String(
            (0..<length).map { _ in
                (Self.isNumber(field) ? Self.plain : Self.letters)
                    .randomElement(using: &random) ?? "x"
            })
    }

    /// Numbers stand in subjects, where every other character takes three bytes or nine.
    private static func isNumber(_ field: CEBField) -> Bool {
        ["No", "Code", "Id", "guid"].contains { field.name.hasSuffix($0) }
    }

    private static let plain = Array("ABCDEFGHabcdefgh0123456789-_.")
    private static let digits = Array("0123456789")
    private static let letters = Array("ABCDEFGHabcdefgh0123456789-_.&<>\"'中文货物名称")
}
