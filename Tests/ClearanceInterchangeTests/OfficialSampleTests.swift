import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("Official samples", .enabled(if: Kit.isThere))
struct OfficialSampleTests {
    /// The samples of 202205 that are invalid as published.
    private static let spoilt = [
        "CEB303", "CEB403", "CEB505", "CEB507", "CEB509", "CEB603", "CEB605", "CEB607",
    ]

    @Test("Every official sample that is valid passes the form checks", arguments: Kit.versions)
    func form(version: String) {
        var passed = 0
        for message in Kit.messages(version) {
            let bytes = Kit.sample(message, version)
            let parsed = Parsed(bytes: bytes)
            if version == "202205", Self.spoilt.contains(message) || message == "CEB214" {
                continue
            }
            #expect(parsed.rejects == [], "\(message)")
            #expect(!parsed.events.isEmpty, "\(message)")
            #expect(Parsed(bytes: bytes, piece: 11).events == parsed.events, "\(message)")
            passed += 1
        }
        // CEB792 of 202205 is the form of 2018-113, which nothing in a message tells apart.
        #expect(passed == (version == "202205" ? 30 : 35))
    }

    @Test("A sample with a second transport block is refused there", arguments: spoilt)
    func secondTransfer(message: String) throws {
        let parsed = Parsed(bytes: Kit.sample(message, "202205"))
        #expect(parsed.rejects.map(\.index) == [0])
        let fault = try #require(parsed.rejects.first?.faults.first)
        #expect(parsed.rejects.first?.faults.count == 1)
        #expect(fault.code == "repeated")
        #expect(fault.path == "/\(message)Message/BaseTransfer")
        // Its documents are sound, and live.
        #expect(!parsed.events.isEmpty)
    }

    @Test("The sample with another root is refused as a whole")
    func otherRoot() {
        let parsed = Parsed(bytes: Kit.sample("CEB214", "202205"))
        #expect(parsed.events == [])
        #expect(parsed.codes == ["unknownMessage"])
    }

    @Test("The summary result without gseqno is none of 202205, and one of 2018-113")
    func olderSummary() throws {
        let bytes = Kit.sample("CEB792", "202205")
        let schemas = Parsed(bytes: bytes).events.map { $0.data.text("schema") }
        #expect(Set(schemas) == ["2018-113"])
        // With a list number that only 202205 allows, nothing but that form is left.
        let text = String(decoding: bytes, as: UTF8.self)
        let parsed = Parsed(text.replacing("Invt20180507000001", with: "Invt2018050700000001"))
        #expect(parsed.events == [])
        #expect(
            parsed.rejects.first?.path
                == "/CEB792Message/SummaryResult[1]/SummaryResultList[1]/gseqno")
        #expect(parsed.rejects.first?.code == "missingField")
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
        let edition = CEBVersion(rawValue: version) ?? .v202205
        for message in CEBMessage.all.values where message.isPart(of: edition) {
            let part = try #require(
                tape.member("\(version)/\(message.direction)", of: 0))
            for record in [message.head, message.lines].compactMap({ $0 }) {
                let node = try #require(tape.member(record.element, of: part))
                let fields = try #require(tape.member("fields", of: node))
                let official = tape.items(fields).map { Self.line($0, tape) }
                let ours = record.fields.filter { $0.isPart(of: edition) }
                    .map { Self.line($0, in: edition) }
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
            case .text(let range) where range.upperBound == .max: "C\(range.lowerBound).."
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
