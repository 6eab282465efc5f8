import ClearanceEvents
import Seeded
import Testing

@testable import ClearanceInterchange

@Suite("Receipts seen in the field", .enabled(if: Kit.isThere))
struct ObservedReceiptTests {
    /// What each observed message and status is.
    private static let types = [
        "CEB312 2": "receipt.progress", "CEB312 120": "order.accepted",
        "CEB312 100": "order.rejected", "CEB312 99": "receipt.progress",
        "CEB312 -301020": "receipt.failed", "CEB512 2": "receipt.progress",
        "CEB512 120": "waybill.accepted", "CEB622 2": "receipt.progress",
        "CEB622 120": "declare.accepted", "CEB622 800": "release.granted",
        "CEB622 399": "declare.reviewed", "CEB622 500": "inspect.ordered",
        "CEB622 600": "declare.suspended", "CEB622 700": "release.returned",
        "CEB622 100": "declare.rejected", "CEB622 300": "declare.reviewing",
        "CEB624 2": "receipt.progress", "CEB624 120": "receipt.progress",
        "CEB624 399": "declare.cancelled", "CEB624 -451": "receipt.failed",
        "CEB626 300": "receipt.progress", "CEB626 800": "return.accepted",
        "CEB626 100": "return.refused",
    ]

    @Test("Every observed message, status and text is the event that it tells")
    func observed() throws {
        let text = String(decoding: Kit.bytes("thirdparty/receipts-observed.csv"), as: UTF8.self)
        var random = SeededGenerator(seed: 7)
        var seen: Set<String> = []
        for row in text.split(whereSeparator: \.isNewline).dropFirst() {
            let cells = Self.cells(row)
            // The last row tells of a port's own platform, whatever its message.
            let number = cells[0] == "any" ? "CEB622" : cells[0]
            let message = try #require(CEBMessage.all[number])
            var sample = SampleMessage(message, in: .v202205, using: &random)
            for (name, value) in [("returnStatus", cells[1]), ("returnInfo", cells[2])] {
                let place = try #require(sample.head.firstIndex { $0.name == name })
                sample.head[place].text = value
            }
            let parsed = Parsed(bytes: sample.bytes)
            #expect(parsed.rejects == [], "\(row)")
            #expect(parsed.events.first?.data.text("returnInfo") == cells[2])
            let key = "\(number) \(cells[1])"
            #expect(parsed.events.first?.type.name == Self.types[key], "\(row)")
            #expect(!parsed.findingCodes.contains("unexpectedStatus"), "\(row)")
            seen.insert(key)
        }
        #expect(seen == Set(Self.types.keys))
    }

    /// The cells of a row, of which some stand in quotes.
    private static func cells(_ row: Substring) -> [String] {
        var cells = [""]
        var isQuoted = false
        for character in row {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted: cells.append("")
            default: cells[cells.count - 1].append(character)
            }
        }
        return cells
    }
}

@Suite("Documents apart from the common run") struct SpecialDocumentTests {
    private func event(
        _ number: String, _ change: (inout SampleMessage) -> Void = { _ in }
    ) throws -> Parsed {
        var random = SeededGenerator(seed: 8)
        let message = try #require(CEBMessage.all[number])
        var sample = SampleMessage(message, in: .v202205, using: &random)
        change(&sample)
        return Parsed(bytes: sample.bytes)
    }

    @Test("The parts of a split document have ids of their own")
    func split() throws {
        for number in ["CEB607", "CEB507", "CEB509", "CEB701", "CEB792", "CEB508", "CEB608"] {
            let ids = try (1...2).map { part in
                try event(number) { $0.set("msgSeqNo", "\(part)") }.events.first?.id
            }
            #expect(ids[0] != nil && ids[0] != ids[1], "\(number)")
        }
    }

    @Test("What a tax bill has beyond the schema is kept and remarked")
    func trailing() throws {
        let parsed = try event("CEB816") {
            $0.head.append(SampleElement(name: "orderNo", text: "NO1"))
            $0.head.append(SampleElement(name: "logisticsNo", text: "W1"))
        }
        #expect(parsed.rejects == [])
        #expect(parsed.findingCodes.filter { $0 == "trailingElement" }.count == 2)
        #expect(parsed.events.first?.data.text("orderNo") == "NO1")
        #expect(parsed.events.first?.data.text("logisticsNo") == "W1")
        let inside = try event("CEB816") {
            $0.head.insert(SampleElement(name: "orderNo", text: "NO1"), at: 1)
        }
        #expect(inside.codes == ["unknownElement"])
    }

    @Test(
        "Stored and deleted documents are none of the facts that they would be",
        arguments: [
            ("CEB605", "declare.cancelDrafted", "declare.cancelWithdrawn"),
            ("CEB607", "declare.manifestDrafted", "declare.manifestWithdrawn"),
            ("CEB701", "declare.summaryDrafted", "declare.summaryWithdrawn"),
            ("CEB215", "return.tallyDrafted", "return.tallyWithdrawn"),
            ("CEB213", "return.drafted", "return.withdrawn"),
            ("CEB507", "move.status", "move.status"), ("CEB711", "move.status", "move.status"),
        ])
    func stored(number: String, drafted: String, withdrawn: String) throws {
        let stored = try event(number) { $0.set("appStatus", "1") }
        #expect(stored.events.first?.type.name == drafted)
        let deleted = try event(number) { $0.set("appType", "3") }
        #expect(deleted.events.first?.type.name == withdrawn)
        #expect(deleted.events.first?.id != stored.events.first?.id)
    }

    @Test("A status of an empty element is the one that the schema implies")
    func implied() throws {
        let newer = try event("CEB303") { $0.set("appStatus", "") }
        #expect(newer.events.first?.type.name == "order.drafted")
        #expect(newer.events.first?.data.text("appStatus") == "1")
    }

    @Test("A message that customs could not read has failed, under the number that it was sent by")
    func failure() throws {
        let parsed = try event("CEB900") {
            $0.set("oriCopMsgId", "MSG1")
            $0.set("oriBizMessage", "<a>&</a>")
        }
        let event = try #require(parsed.events.first)
        #expect(event.type.name == "receipt.failed")
        #expect(event.subject == "message:MSG1")
        #expect(event.data.text("oriBizMessage") == "<a>&</a>")
    }

    @Test("A summary result is known by its summary number, a request without one by its list")
    func substitutes() throws {
        let result = try event("CEB792") { $0.set("agentCode", "A1") }
        #expect(result.events.first?.subject.hasPrefix("summary:A1/~") == true)
        let cancel = try event("CEB623") {
            $0.set("agentCode", "A1")
            $0.set("copNo", "")
            $0.set("invtNo", "01012026I000000001")
        }
        #expect(cancel.events.first?.subject == "cancel:A1/~01012026I000000001")
    }

    @Test("A decimal that has no units is refused, not the process")
    func range() throws {
        let parsed = try event("CEB403") { $0.set("charge", "92233720368548") }
        #expect(parsed.codes == ["decimalRange"])
        #expect(try event("CEB403") { $0.set("charge", "92233720368547.75807") }.rejects == [])
        #expect(FixedDecimal("92233720368547.75807") != nil)
        #expect(FixedDecimal("99999999999999.99999") == nil)
    }
}

extension SampleMessage {
    /// Gives a field of the head another text.
    mutating func set(_ name: String, _ text: String) {
        guard let place = head.firstIndex(where: { $0.name == name }) else { return }
        head[place].text = text
    }
}
