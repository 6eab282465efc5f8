import ClearanceEvents
import Glibc
import Testing

@testable import ClearanceInterchange

@Suite("CEB messages written")
struct CEBWriterTests {
    private func messages(_ events: [Event]) throws -> [CEBWriter.Message] {
        var writer = CEBWriter()
        for event in events { try writer.add(event) }
        return writer.finish()
    }

    @Test("Read, written and read again is the same event")
    func roundTrip() throws {
        for text in [
            Papers.message(Papers.orderDocument()), Papers.list(itemNo: "9"),
            Papers.receipt("CEB312", status: "120"), Papers.receipt("CEB622", status: "800"),
        ] {
            let first = Parsed(text).events
            let written = try messages(first)
            #expect(written.count == 1)
            var again = Parsed(bytes: written[0].bytes)
            #expect(again.rejects == [])
            // The written list carries the form of a signature.
            for index in again.events.indices { again.events[index].extras["signed"] = nil }
            #expect(again.events == first)
        }
    }

    @Test("A hundred documents fill a message")
    func grouping() throws {
        var events: [Event] = []
        for index in 1...205 {
            let head = Papers.changing(Papers.orderHead, "orderNo", to: "NO\(index)")
            events += Parsed(Papers.message(Papers.orderDocument(head))).events
        }
        let written = try messages(events)
        #expect(written.map(\.documents) == [100, 100, 5])
        let back = written.flatMap { Parsed(bytes: $0.bytes).events }
        #expect(back == events)
    }

    @Test("What follows from the event is derived, what nothing tells is refused")
    func derived() throws {
        var event = try #require(Parsed(Papers.message(Papers.orderDocument())).events.first)
        for name in ["guid", "appType", "appTime", "appStatus", "baseTransfer", "messageGuid"] {
            event.data[name] = nil
        }
        event.data["currency"] = .text("CNY")
        let written = try messages([event])
        let back = try #require(Parsed(bytes: written[0].bytes).events.first)
        #expect(back.type == event.type)
        #expect(back.data.text("appTime") == "20260101090000")
        #expect(back.data.text("currency") == "142")
        #expect(back.source == "urn:ceb:1105910160")
        #expect(try messages([event]) == written)
        event.data["gmodel"] = nil
        event.data["buyerName"] = nil
        var writer = CEBWriter()
        #expect(throws: CEBRefusal.self) { try writer.add(event) }
        #expect(writer.finish() == [])
    }

    @Test("An event that no message carries is refused")
    func refused() {
        var writer = CEBWriter()
        let event = Event(
            "clock.day", subject: "clock:beijing", time: Instant(microseconds: 0), source: "s",
            id: "i")
        #expect(throws: CEBRefusal.self) { try writer.add(event) }
    }

    @Test("Texts are escaped")
    func escapes() throws {
        let head = Papers.changing(
            Papers.orderHead, "consigneeAddress", to: "&lt;a&gt; &amp; &quot;b&quot;")
        let event = try #require(Parsed(Papers.message(Papers.orderDocument(head))).events.first)
        #expect(event.data.text("consigneeAddress") == "<a> & \"b\"")
        let written = try messages([event])
        #expect(Parsed(bytes: written[0].bytes).events == [event])
    }
}
