import Seeded
import Testing

@testable import ClearanceEvents

@Suite struct EntryPropertyTests {
    private static let seeds: [UInt64] = [1, 2, 3, 20_260_301]
    private let encoder = EntryEncoder(indexKey: SipKey(7, 9))

    private func encode(_ event: Event) throws(EncodingRefusal) -> [UInt8] {
        var writer = ByteWriter()
        _ = try encoder.encode(event, into: &writer)
        return writer.bytes
    }

    @Test("Encode, decode, encode gives the same bytes for every type", arguments: seeds)
    func roundTrip(_ seed: UInt64) throws {
        var random = RandomEvents(seed: seed)
        for type in Catalogue.current.types {
            for _ in 0..<6 {
                let event = random.event(type)
                let first = try encode(event)
                let decoded = try Event(EventView(first.span))
                #expect(decoded == event, "\(type.name), seed \(seed)")
                #expect(try encode(decoded) == first, "\(type.name), seed \(seed)")
            }
        }
    }

    @Test("Unknown members and personal fields of records in lists in lists are kept")
    func nestedLists() throws {
        var inner = DataRecord(Catalogue.extras)
        inner["x"] = .text("1")
        let deep = DataValue.list([.list([.record(inner)]), .text("2"), .list([])])
        for field in ["orderNo", "items"] {
            let event = Encoded.event("order.submitted", "order:E/1", [field: deep])
            let bytes = try encode(event)
            let decoded = try Event(EventView(bytes.span))
            #expect(try encode(decoded) == bytes, "\(field)")
            let list = decoded.data.members.first { $0.name == field }?.value
            guard case .list(let items) = list, case .list(let first)? = items.first,
                case .record(let record)? = first.first
            else {
                Issue.record("\(field) lost its shape")
                continue
            }
            #expect(record["x"] == .text("1"), "\(field)")
        }
    }

    @Test("A view reads what the owned event holds", arguments: seeds)
    func views(_ seed: UInt64) throws {
        var random = RandomEvents(seed: seed)
        for type in Catalogue.current.types {
            let event = random.event(type)
            let bytes = try encode(event)
            let view = try EventView(bytes.span)
            let header = [
                Encoded.string(view.subject), Encoded.string(view.source),
                Encoded.string(view.id), Encoded.string(view.actor),
            ]
            #expect(header == [event.subject, event.source, event.id, event.actor ?? ""])
            let (seen, time, isCorrection) = (view.type, view.instant, view.isCorrection)
            #expect(seen == event.type && time == event.time)
            #expect(isCorrection == (event.corrects != nil))
            for field in type.layout.fields {
                let ref = FieldRef(number: field.number, section: field.section)
                let owned = event.data[field.name]
                if field.section == .body {
                    let isThere = view.data.has(ref)
                    #expect(isThere == (owned != nil), "\(type.name).\(field.name)")
                    let text = event.data.text(field.name).flatMap { $0.isEmpty ? nil : $0 }
                    let read = view.data.string(ref)
                    #expect(read == text, "\(type.name).\(field.name)")
                } else {
                    let isInBody = view.data.has(ref)
                    #expect(!isInBody, "\(type.name).\(field.name) is in the body")
                }
                check(view.mark(ref), of: field, owned: owned)
            }
        }
    }

    private func check(_ mark: Digest16?, of field: FieldDefinition, owned: DataValue?) {
        guard let way = field.mark, case .text(let text)? = owned, !text.isEmpty else {
            #expect(mark == nil)
            return
        }
        #expect(mark == Mark.of(text, way: way, key: SipKey(7, 9)))
    }

    @Test("No personal text stands in header or body", arguments: seeds)
    func sections(_ seed: UInt64) throws {
        for type in Catalogue.current.types {
            var event = Event(
                type: type, subject: "order:EBP/1", time: Instant(microseconds: 0),
                source: "urn:test", id: "1")
            for field in type.layout.fields where field.section != .body {
                event.data[field.name] = .text("PRIVATE")
            }
            let bytes = try encode(event)
            let view = try EventView(bytes.span)
            let clear = bytes.prefix(bytes.count - view.trailer.count)
            #expect(!Encoded.contains(Array(clear), "PRIVATE"), "\(type.name)")
        }
    }

    @Test("A cut entry is refused at every length", arguments: seeds)
    func truncated(_ seed: UInt64) throws {
        var random = RandomEvents(seed: seed)
        var dice = SeededGenerator(seed: seed)
        for type in Catalogue.current.types.shuffled(using: &dice).prefix(20) {
            let bytes = try encode(random.event(type))
            for count in 0..<bytes.count {
                let part = Array(bytes[..<count])
                #expect(throws: DecodingError.self, "\(type.name), \(count), seed \(seed)") {
                    _ = try Event(EventView(part.span))
                }
            }
        }
    }

    @Test("A changed entry is refused or gives an event, and never traps", arguments: seeds)
    func mutated(_ seed: UInt64) throws {
        var random = RandomEvents(seed: seed)
        var dice = SeededGenerator(seed: seed &+ 99)
        var events = 0
        for type in Catalogue.current.types {
            let bytes = try encode(random.event(type))
            for _ in 0..<20 {
                var changed = bytes
                for _ in 0..<Int.random(in: 1...3, using: &dice) {
                    changed[Int(dice.next() % UInt64(changed.count))] = UInt8(dice.next() & 0xFF)
                }
                guard let view = try? EventView(changed.span) else { continue }
                _ = view.instant.rfc3339
                _ = view.correction
                var sink = LinkSink()
                Consignments.links(of: view, into: &sink)
                Enterprises.links(of: view, into: &sink)
                for field in view.definition?.layout.fields ?? [] {
                    let ref = FieldRef(number: field.number, section: field.section)
                    _ = view.mark(ref)
                    _ = view.data.integer(ref)
                    _ = view.data.time(ref)
                    view.data.forEachRecord(ref) { _ = $0.has(ref) }
                }
                guard let event = try? Event(view) else { continue }
                events += 1
                _ = event.faults(profile: .ceb)
                _ = event.findings()
                _ = try? encode(event)
            }
        }
        #expect(events > 0, "seed \(seed): no changed entry was still one")
    }

    @Test("A time that cannot be written is refused")
    func times() {
        var event = Encoded.event("clock.day", "clock:beijing", ["date": .text("2026-03-01")])
        for time in [
            Instant(microseconds: .max), Instant(microseconds: .min),
            Instant(microseconds: 0, offsetMinutes: 1081),
            Instant(microseconds: 253_402_300_800_000_000, offsetMinutes: 0),
        ] {
            event.time = time
            #expect(throws: EncodingRefusal.self) { try encode(event) }
        }
        event.time = Instant(microseconds: 253_402_300_799_999_999, offsetMinutes: 0)
        #expect(throws: Never.self) { try encode(event) }
    }

    @Test("An entry has at most 65,535 bytes and unknown attributes 4 KiB")
    func sizes() {
        var event = Encoded.event("order.submitted", "order:EBP1/NO1")
        event.data["custom"] = .text(String(repeating: "x", count: 65_000))
        #expect(throws: Never.self) { try encode(event) }
        event.data["custom"] = .text(String(repeating: "x", count: 66_000))
        #expect(throws: EncodingRefusal.self) { try encode(event) }
        event.data["custom"] = nil
        event.extras["x"] = .text(String(repeating: "x", count: 4_100))
        #expect(throws: EncodingRefusal.self) { try encode(event) }
    }

    @Test("An event of six levels is kept, one of seven is refused")
    func levels() throws {
        var event = Encoded.event("order.submitted", "order:EBP1/NO1")
        var value = DataValue.text("x")
        for level in 1...7 {
            event.data["custom"] = value
            if level <= EventLimits.depth {
                let bytes = try encode(event)
                #expect(try Event(EventView(bytes.span)) == event, "level \(level)")
            } else {
                #expect(throws: EncodingRefusal.self, "level \(level)") { try encode(event) }
            }
            if level % 2 == 0 {
                value = .list([value])
            } else {
                var record = DataRecord(Catalogue.extras)
                record["a"] = value
                value = .record(record)
            }
        }
    }

    @Test("Content is equal by value, whatever the form")
    func content() throws {
        func mark(_ name: String, _ value: DataValue) throws -> Digest16 {
            var writer = ByteWriter()
            let event = Encoded.event("order.submitted", "order:E/1", [name: value])
            return try EntryEncoder(indexKey: SipKey(1, 1)).encode(event, into: &writer).content
        }
        try #expect(mark("acturalPaid", .text("1.50")) == mark("acturalPaid", .text("1.5")))
        try #expect(mark("acturalPaid", .text("1.50")) != mark("acturalPaid", .text("1.51")))
        try #expect(mark("currency", .text("142")) == mark("currency", .text("CNY")))
        try #expect(mark("currency", .text("502")) != mark("currency", .text("CNY")))
        try #expect(
            mark("appTime", .text("20260301090000"))
                == mark("appTime", .text("2026-03-01T01:00:00Z")))
        try #expect(mark("buyerName", .text("é")) == mark("buyerName", .text("e\u{301}")))
        try #expect(mark("guid", .text("a")) == mark("guid", .text("b")))
    }
}
