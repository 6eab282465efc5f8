import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("Receipts and their status")
struct ReceiptStatusTests {
    /// Message, status, event type, whether the combination is remarked.
    static let rows: [(String, String, String, Bool)] = {
        var rows: [(String, String, String, Bool)] = []
        for (message, paper) in [
            ("CEB312", "order"), ("CEB412", "payment"), ("CEB512", "waybill"),
        ] {
            rows += [
                (message, "120", "\(paper).accepted", false),
                (message, "100", "\(paper).rejected", false),
                (message, "300", "receipt.progress", false),
                (message, "399", "receipt.progress", false),
            ]
            for status in ["500", "501", "502", "503", "599", "505", "600", "700", "800", "899"] {
                rows.append((message, status, "receipt.progress", true))
            }
        }
        rows += [
            ("CEB622", "120", "declare.accepted", false),
            ("CEB622", "100", "declare.rejected", false),
            ("CEB622", "300", "declare.reviewing", false),
            ("CEB622", "399", "declare.reviewed", false),
            ("CEB622", "500", "inspect.ordered", false),
            ("CEB622", "501", "inspect.detained", false),
            ("CEB622", "502", "inspect.detained", false),
            ("CEB622", "503", "inspect.detained", false),
            ("CEB622", "599", "inspect.detained", false),
            ("CEB622", "505", "receipt.progress", false),
            ("CEB622", "600", "declare.suspended", false),
            ("CEB622", "700", "release.returned", false),
            ("CEB622", "800", "release.granted", false),
            ("CEB622", "899", "release.closed", false),
            ("CEB514", "120", "receipt.progress", false),
            ("CEB514", "100", "receipt.failed", false),
            ("CEB514", "300", "receipt.progress", false),
            ("CEB514", "399", "receipt.progress", false),
            ("CEB514", "800", "receipt.progress", true),
        ]
        for message in ["CEB312", "CEB412", "CEB512", "CEB514", "CEB622"] {
            for status in ["1", "2", "3", "4", "99", "0", "18", "777"] {
                rows.append((message, status, "receipt.progress", false))
            }
            for status in ["-1", "-621004", "-301010"] {
                rows.append((message, status, "receipt.failed", false))
            }
        }
        return rows
    }()

    @Test("Each message and status becomes its event", arguments: rows)
    func status(message: String, status: String, type: String, isRemarked: Bool) throws {
        let parsed = Parsed(Papers.receipt(message, status: status))
        #expect(parsed.rejects == [])
        let event = try #require(parsed.events.first)
        #expect(event.type.name == type)
        #expect(parsed.findingCodes == (isRemarked ? ["unexpectedStatus"] : []))
        #expect(event.data.text("returnStatus") == status)
        #expect(event.source == "urn:ceb:customs")
        #expect(event.time.rfc3339 == "2026-01-01T12:00:00.123+08:00")
    }

    @Test("A status that is no number is progress with a finding")
    func words() throws {
        let parsed = Parsed(Papers.receipt("CEB622", status: "OK"))
        #expect(parsed.events.first?.type.name == "receipt.progress")
        #expect(parsed.findingCodes == ["unknownCode"])
    }

    @Test("A list's receipt is about the declarant's number, else the pre-entry number")
    func ladder() {
        let full = Papers.receipt("CEB622", status: "120")
        #expect(Parsed(full).events.first?.subject == "declaration:1105910160/COP1")
        let bare = full.replacing("<agentCode>1105910160</agentCode>", with: "")
        #expect(Parsed(bare).events.first?.subject == "pre:B20260101000000001")
    }

    @Test("Two receipts that differ in their text alone have ids of their own")
    func ids() {
        let one = Papers.receipt("CEB622", status: "2")
        let two = one.replacing("回执</", with: "回执二</")
        #expect(Parsed(one).events.first?.id != Parsed(two).events.first?.id)
        #expect(Parsed(one).events.first?.id == Parsed(one, piece: 5).events.first?.id)
    }
}
