import Testing

@testable import ClearanceEvents

@Suite("What is too long, too deep or out of time to be an entry")
struct EntryLimitTests {
    private func refusal(_ event: Event) -> EncodingRefusal? {
        var writer = ByteWriter()
        writer.write(raw: [1, 2, 3])
        do throws(EncodingRefusal) {
            _ = try EntryEncoder(indexKey: Encoded.key).encode(event, into: &writer)
            return nil
        } catch {
            #expect(writer.bytes == [1, 2, 3], "what is refused leaves nothing behind")
            return error
        }
    }

    private func order(_ data: [String: DataValue] = [:]) -> Event {
        Encoded.event("order.submitted", "order:E/1", data)
    }

    @Test(
        "An entry of the greatest size is taken, one byte more is refused",
        arguments: ["orderNo", "note", "somethingUnknown"])
    func size(_ field: String) throws {
        func event(_ count: Int) -> Event {
            order([field: .text(String(repeating: "x", count: count))])
        }
        let around = Encoded.bytes(event(60_000)).count - 60_000
        let most = EventLimits.entryBytes - around
        #expect(refusal(event(most)) == nil)
        #expect(Encoded.bytes(event(most)).count == EventLimits.entryBytes)
        #expect(refusal(event(most + 1)) == EntryRoom.tooLargeEntry)
        #expect(refusal(event(EventLimits.entryBytes + 1)) == EntryRoom.tooLargeEntry)
        #expect(refusal(event(3 << 20)) == EntryRoom.tooLargeEntry)
    }

    @Test("Many small values are too large together")
    func many() throws {
        let items = (0..<20_000).map { DataValue.text("\($0 % 10)") }
        #expect(refusal(order(["somethingUnknown": .list(items)])) == nil)
        let more = items + items + items
        #expect(refusal(order(["somethingUnknown": .list(more)])) == EntryRoom.tooLargeEntry)
    }

    @Test("Values without bytes are too many together before they are written")
    func nulls() {
        let nulls = DataValue.list(Array(repeating: .null, count: 3 << 20))
        #expect(refusal(order(["somethingUnknown": nulls])) == EntryRoom.tooLargeEntry)
        var event = order()
        event.extras["more"] = nulls
        #expect(refusal(event) == EntryRoom.tooLargeExtras)
    }

    @Test("Unknown attributes have a limit of their own, which is told first")
    func extras() throws {
        func event(_ count: Int, _ data: [String: DataValue] = [:]) -> Event {
            var event = order(data)
            event.extras["traceparent"] = .text(String(repeating: "x", count: count))
            return event
        }
        // Counted: the length of the record, a tag, and the lengths of name and text.
        let most = EventLimits.extraBytes - (2 + 1 + 1 + "traceparent".utf8.count + 2)
        #expect(refusal(event(most)) == nil)
        #expect(refusal(event(most + 1)) == EntryRoom.tooLargeExtras)
        #expect(refusal(event(1 << 20)) == EntryRoom.tooLargeExtras)
        let long = DataValue.text(String(repeating: "x", count: EventLimits.entryBytes))
        #expect(refusal(event(1 << 20, ["orderNo": long])) == EntryRoom.tooLargeExtras)
        #expect(refusal(event(most + 1, ["orderNo": long])) == EntryRoom.tooLargeExtras)
        #expect(refusal(event(most, ["orderNo": long])) == EntryRoom.tooLargeEntry)
    }

    @Test("Each attribute of the envelope has at most 512 bytes")
    func attributes() {
        let longest = String(repeating: "x", count: EventLimits.attributeBytes)
        func expect(_ path: String, _ change: (inout Event, String) -> Void) {
            var event = order()
            change(&event, longest)
            #expect(refusal(event) == nil, "\(path)")
            change(&event, longest + "x")
            #expect(refusal(event)?.code == "tooLarge" && refusal(event)?.path == path, "\(path)")
        }
        expect("source") { $0.source = $1 }
        expect("id") { $0.id = $1 }
        expect("subject") { $0.subject = $1 }
        expect("actor") { $0.actor = $1 }
        expect("actorrole") { $0.actorRole = $1 }
        expect("onbehalfof") { $0.onBehalfOf = $1 }
        expect("sequence") { $0.sequence = $1 }
        expect("signer") { $0.signer = $1 }
        expect("corrects.source") {
            $0.corrects = Correction(source: $1, id: "1", reason: .didNotOccur)
        }
        expect("corrects.id") {
            $0.corrects = Correction(source: "s", id: $1, reason: .didNotOccur)
        }
    }

    @Test("Records inside records go as deep as the limit, in data and in attributes")
    func depth() {
        func nested(_ levels: Int) -> DataValue {
            var value = DataValue.text("x")
            for _ in 1..<levels { value = .list([value]) }
            return value
        }
        for (levels, isTaken) in [(EventLimits.depth, true), (EventLimits.depth + 1, false)] {
            var event = order()
            event.extras["deep"] = nested(levels)
            for event in [order(["somethingUnknown": nested(levels)]), event] {
                let refusal = refusal(event)
                #expect(isTaken ? refusal == nil : refusal?.code == "tooDeep", "\(levels)")
            }
        }
    }

    @Test("Years 0001 to 9999 can be written, and offsets up to 18 hours")
    func times() {
        for (offset, isTaken) in [(18 * 60, true), (18 * 60 + 1, false)] {
            var event = order()
            event.time = Instant(microseconds: 0, offsetMinutes: Int16(offset))
            #expect((refusal(event) == nil) == isTaken)
        }
        for (last, isTaken) in [(Int64(253_402_300_799_999_999), true), (.max, false)] {
            var event = order()
            event.time = Instant(microseconds: last, offsetMinutes: 0)
            #expect((refusal(event) == nil) == isTaken)
        }
    }

    @Test("An attribute that was taken away again was never there")
    func rare() {
        var event = order()
        event.actor = "enterprise:X"
        event.extras["more"] = .text("1")
        #expect(event != order() && event.actor == "enterprise:X" && event.extras.count == 1)
        event.actor = nil
        #expect(event != order())
        event.extras["more"] = nil
        #expect(event == order())
        #expect(Encoded.bytes(event) == Encoded.bytes(order()))
    }
}
