import Testing

@testable import ClearanceEvents

/// A suite 1 that turns bits instead of encrypting: what sealing does, without a cipher.
private struct TurningSealer: SectionSealer {
    var places: [(Section, Int)] = []

    func suite(of section: Section) -> UInt8 { SectionSuite.aes256gcm }

    mutating func seal(
        _ section: Section, of identity: EntryIdentity, from start: Int,
        in writer: inout ByteWriter
    ) {
        let plain = Array(writer.bytes[start...])
        writer.truncate(to: start)
        writer.write(UInt64(0))
        writer.write(raw: plain.map { ~$0 })
        writer.write(raw: [UInt8](repeating: section.rawValue, count: SectionSuite.tagBytes))
    }

    mutating func placed(_ section: Section, at offset: Int) { places.append((section, offset)) }
}

private struct TurningOpener: SectionOpener {
    var withheld: [Section: Withheld] = [:]
    var slots: [UInt64] = []

    mutating func open(
        _ section: Section, of identity: EntryIdentity, slot: UInt64, sealed: Span<UInt8>
    ) -> OpenedSection {
        slots.append(slot)
        if let reason = withheld[section] { return .withheld(reason) }
        var plain: [UInt8] = []
        for index in 0..<(sealed.count - SectionSuite.tagBytes) { plain.append(~sealed[index]) }
        return .plain(plain)
    }
}

@Suite struct SealingTests {
    private static let seeds: [UInt64] = [4, 5, 20_261_121]
    private let encoder = EntryEncoder(indexKey: SipKey(7, 9))

    private func sealed(_ event: Event) throws -> (bytes: [UInt8], places: [(Section, Int)]) {
        var writer = ByteWriter()
        // Bytes in front: places are told from the start of the entry, not of the writer.
        writer.write(raw: [1, 2, 3])
        var sealer = TurningSealer()
        _ = try encoder.encode(event, into: &writer, sealer: &sealer)
        return (Array(writer.bytes[3...]), sealer.places)
    }

    @Test("A sealed entry opens to the event that was sealed, for every type", arguments: seeds)
    func opens(_ seed: UInt64) throws {
        var random = RandomEvents(seed: seed)
        for type in Catalogue.current.types {
            let event = random.event(type)
            let (bytes, places) = try sealed(event)
            var opener = TurningOpener()
            let view = try EventView(bytes.span)
            #expect(try Event(view, opener: &opener) == event, "\(type.name), seed \(seed)")
            for (section, place) in places {
                #expect(Array(bytes[place..<(place + 8)]) == [0, 0, 0, 0, 0, 0, 0, 0])
                var changed = bytes
                changed[place] = 77
                let slot = try EventView(changed.span).slot(of: section)
                #expect(slot == 77, "\(type.name), seed \(seed)")
            }
            #expect(places.count == opener.slots.count)
        }
    }

    @Test("Sealing changes neither identity nor marks nor what folds read", arguments: seeds)
    func keeps(_ seed: UInt64) throws {
        var random = RandomEvents(seed: seed)
        for type in Catalogue.current.types {
            let event = random.event(type)
            var writer = ByteWriter()
            let identity = try encoder.encode(event, into: &writer)
            let (bytes, _) = try sealed(event)
            let (clear, view) = (try EventView(writer.bytes.span), try EventView(bytes.span))
            let isSame = clear.identity == view.identity && view.identity == identity
            #expect(isSame, "\(type.name), seed \(seed)")
            let heads = (bytes.count - view.trailer.count, writer.count - clear.trailer.count)
            #expect(bytes[..<heads.0] == writer.bytes[..<heads.1], "\(type.name), seed \(seed)")
            for field in type.layout.fields {
                let ref = FieldRef(number: field.number, section: field.section)
                let (one, other) = (clear.mark(ref), view.mark(ref))
                #expect(one == other)
            }
        }
    }

    private func person() -> Event {
        var event = Event(
            "order.submitted", subject: "order:E/1", time: Instant(microseconds: 0),
            source: "urn:test", id: "1")
        event.data["orderNo"] = .text("1")
        event.data["buyerName"] = .text("PRIVATE")
        event.data["consignee"] = .text("PRIVATE")
        event.data["note"] = .text("PRIVATE")
        return event
    }

    @Test("A withheld section is told with its reason and its marked fields, never as empty")
    func withheld() throws {
        let (bytes, _) = try sealed(person())
        let view = try EventView(bytes.span)
        var opener = TurningOpener(withheld: [.buyer: .erased])
        let erased = try Event(view, opener: &opener)
        #expect(erased.reading(of: "buyerName") == .withheld(.erased))
        #expect(erased.reading(of: "note") == .withheld(.erased))
        #expect(erased.reading(of: "buyerTelephone") == .absent)
        #expect(erased.reading(of: "consignee") == .text("PRIVATE"))
        #expect(erased.reading(of: "orderNo") == .text("1"))
        #expect(erased.reading(of: "ebpCode") == .absent)
        #expect(erased.shownData.text("buyerName") == "erased")
        #expect(erased.shownData.text("consignee") == "PRIVATE")
        let keyless = try Event(view)
        #expect(keyless.withheld.buyer == .sealed && keyless.withheld.consignee == .sealed)
        #expect(keyless.shownData.text("consignee") == "sealed")
        #expect(keyless.data.text("consignee") == nil)
    }

    @Test("An event with withheld parts cannot be encoded again")
    func refused() throws {
        let (bytes, _) = try sealed(person())
        let event = try Event(EventView(bytes.span))
        var writer = ByteWriter()
        #expect(throws: EncodingRefusal.self) { _ = try encoder.encode(event, into: &writer) }
        #expect(writer.count == 0)
    }

    @Test("A sealed section without room for slot and tag, or of an unknown suite, is damage")
    func damaged() throws {
        let (bytes, places) = try sealed(person())
        let place = try #require(places.first?.1)
        for suite in [UInt8(2), 255] {
            var changed = bytes
            changed[place - 2] = suite
            #expect(throws: DecodingError.self) { _ = try Event(EventView(changed.span)) }
        }
        var short = bytes
        short[place - 1] = UInt8(SectionSuite.slotBytes + SectionSuite.tagBytes - 1)
        #expect(throws: DecodingError.self) { _ = try Event(EventView(short.span)) }
    }
}
