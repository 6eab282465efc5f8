import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("Official samples", .enabled(if: Kit.isThere))
struct OfficialSampleTests {
    @Test(
        "Every official import sample passes the form checks",
        arguments: Kit.versions, Kit.messages)
    func form(version: String, message: String) {
        let parsed = Parsed(bytes: Kit.sample(message, version))
        #expect(parsed.rejects == [])
        #expect(!parsed.events.isEmpty)
        #expect(Parsed(bytes: Kit.sample(message, version), piece: 11).events == parsed.events)
    }

    @Test("The faults of the official papers appear as findings", arguments: Kit.versions)
    func faults(version: String) throws {
        let order = Parsed(bytes: Kit.sample("CEB311", version))
        let total = try #require(order.findings.joined().first { $0.code == "lineTotal" })
        #expect(total.path == "/CEB311Message/Order[1]/OrderList[2]/totalPrice")
        #expect(total.line > 1)
        #expect(order.findingCodes.contains("wrongCheckCharacter"))
        let waybill = Parsed(bytes: Kit.sample("CEB511", version))
        #expect(
            waybill.findings.joined().first?.path
                == "/CEB511Message/Logistics[1]/LogisticsHead/packNo")
        let status = Parsed(bytes: Kit.sample("CEB513", version))
        #expect(status.events.first?.type.name == "move.status")
        #expect(status.findingCodes.contains("unknownCode"))
    }

    @Test("The joined set gives four events and nothing to remark")
    func joined() {
        var subjects: [String] = []
        var types: [String] = []
        for message in ["CEB311", "CEB411", "CEB511", "CEB621"] {
            let parsed = Parsed(bytes: Kit.bytes("synthetic-valid-example/\(message)Message.xml"))
            #expect(parsed.rejects == [])
            #expect(parsed.findingCodes == [])
            subjects += parsed.events.map(\.subject)
            types += parsed.events.map(\.type.name)
        }
        #expect(
            types == [
                "order.submitted", "payment.submitted", "waybill.submitted", "declare.submitted",
            ])
        #expect(subjects.first == "order:1105910159/ORD0001")
        #expect(
            subjects.dropFirst(2) == ["waybill:1101180326/L0001", "declaration:1105910160/COP0001"])
    }

    @Test("The tables say what the official field dictionary says", arguments: Kit.versions)
    func dictionary(version: String) throws {
        let tape = JSONTape.large
        let bytes = Kit.bytes("fields/ceb-fields-from-xsd.json")
        try tape.parse(bytes.span)
        let part = try #require(tape.member("\(version)/import", of: 0))
        for message in CEBMessage.all.values {
            for record in [message.head, message.lines].compactMap({ $0 }) {
                let node = try #require(tape.member(record.element, of: part))
                let fields = try #require(tape.member("fields", of: node))
                let official = tape.items(fields).map { Self.line($0, tape) }
                let ours = record.fields.map {
                    Self.line($0, in: CEBVersion(rawValue: version) ?? .v202205)
                }
                #expect(ours == official, "\(record.element)")
            }
        }
    }

    private static func line(_ node: Int, _ tape: JSONTape) -> String {
        func text(_ name: String) -> String? { tape.member(name, of: node).map { tape.text($0) } }
        let form =
            switch text("base") {
            case "decimal": "N"
            case "int": "I" + (text("totalDigits") ?? "")
            default:
                text("length").map { "C\($0)..\($0)" }
                    ?? "C\(text("minLength") ?? "0")..\(text("maxLength") ?? "")"
            }
        return "\(text("name") ?? "")\(text("min") == "1" ? "!" : "") \(form)"
    }

    private static func line(_ field: CEBField, in version: CEBVersion) -> String {
        let form =
            switch field.form(in: version) {
            case .decimal: "N"
            case .integer(let digits): "I" + (digits.map { String($0) } ?? "")
            case .text(let range): "C\(range.lowerBound)..\(range.upperBound)"
            }
        return "\(field.name)\(field.isMandatory ? "!" : "") \(form)"
    }
}

extension JSONTape {
    /// A tape for documents beyond the reader's own limit.
    static var large: JSONTape { JSONTape(bytes: 8 << 20, depth: 12) }

    /// The nodes of an array's elements.
    func items(_ node: Int) -> [Int] {
        var result: [Int] = []
        var index = node + 1
        while index < next(node) {
            result.append(index)
            index = next(index)
        }
        return result
    }
}
