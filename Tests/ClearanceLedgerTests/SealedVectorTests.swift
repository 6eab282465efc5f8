import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

/// Golden vectors of suite 1: `specs/vectors/sealed.json`, with published keys.
@Suite struct SealedVectorTests {
    /// Section n of an entry is sealed under 32 bytes that count up from 32 n, in slot n.
    private struct Published: SectionSealer {
        let cipher = AES256GCM()
        var number = 0
        var places: [Int] = []

        static func key(_ number: Int) -> [UInt8] {
            (0..<32).map { UInt8(truncatingIfNeeded: 32 * number + $0) }
        }

        func suite(of section: Section) -> UInt8 { SectionSuite.aes256gcm }

        mutating func seal(
            _ section: Section, of identity: EntryIdentity, from start: Int,
            in writer: inout ByteWriter
        ) {
            number += 1
            let plain = Array(writer.bytes[start...])
            var context = ByteWriter()
            SectionSuite.bind(section, of: identity, into: &context)
            writer.truncate(to: start)
            writer.write(UInt64(number))
            let key = Published.key(number)
            writer.edit { bytes in
                cipher.seal(plain.span, key: key.span, context: context.bytes.span, into: &bytes)
            }
        }

        mutating func placed(_ section: Section, at offset: Int) { places.append(offset) }
    }

    private static let file = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "specs/vectors/sealed.json")
    private static let indexKey = Array(UInt8(0)..<16)

    private static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    private static func events() -> [(String, Event)] {
        var order = Event(
            "order.submitted", subject: "order:EBP1/NO1",
            time: Instant(microseconds: 1_772_326_800_000_000, offsetMinutes: 480),
            source: "urn:clearance:test", id: "o-1")
        order.data["orderNo"] = .text("NO1")
        order.data["ebpCode"] = .text("EBP1")
        order.data["acturalPaid"] = .text("129.12")
        order.data["currency"] = .text("142")
        order.data["buyerName"] = .text("测试")
        order.data["buyerIdNumber"] = .text("110101190001010006")
        order.data["consigneeAddress"] = .text("测试路 1 号")
        var receipt = Event(
            "order.accepted", subject: "order:EBP1/NO1",
            time: Instant(microseconds: 1_772_326_860_000_000, offsetMinutes: 480),
            source: "urn:clearance:test", id: "r-1")
        receipt.data["orderNo"] = .text("NO1")
        receipt.data["returnStatus"] = .text("120")
        receipt.data["returnInfo"] = .text("[Code:1200;Desc:逻辑校验通过]")
        return [("order", order), ("receipt", receipt)]
    }

    private static func made() throws -> [String: [String: String]] {
        let key = try #require(SipKey(bytes: indexKey))
        var vectors: [String: [String: String]] = [:]
        for (name, event) in events() {
            var writer = ByteWriter()
            var sealer = Published()
            let identity = try EntryEncoder(indexKey: key).encode(
                event, into: &writer, sealer: &sealer)
            vectors[name] = [
                "entry": hex(writer.bytes), "leaf": TreeHash.leaf(writer.bytes.span).hexadecimal,
                "naturalKey": identity.naturalKey.hex, "content": identity.content.hex,
                "slotOffsets": sealer.places.map(String.init).joined(separator: " "),
                "keys": (1...sealer.number).map { hex(Published.key($0)) }.joined(separator: " "),
            ]
        }
        return vectors
    }

    @Test("The vectors of sealed entries are what the encoder writes under their keys")
    func golden() throws {
        let made: [String: Any] = [
            "indexKey": SealedVectorTests.hex(SealedVectorTests.indexKey),
            "vectors": try SealedVectorTests.made(),
        ]
        let text = try JSONSerialization.data(
            withJSONObject: made, options: [.prettyPrinted, .sortedKeys])
        if ProcessInfo.processInfo.environment["CLEARANCE_WRITE_SPECS"] == "1" {
            try (text + Data([10])).write(to: SealedVectorTests.file)
        }
        #expect(try Data(contentsOf: SealedVectorTests.file) == text + Data([10]))
    }

    @Test("A vector opens with its keys to its event, and with one bit of a key changed to nothing")
    func opens() throws {
        let directory = TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.path, withIntermediateDirectories: true)
        for (name, event) in SealedVectorTests.events() {
            let vector = try #require(try SealedVectorTests.made()[name])
            let bytes = try #require([UInt8](hexadecimal: vector["entry"] ?? ""))
            let keys = (vector["keys"] ?? "").split(separator: " ")
                .compactMap { [UInt8](hexadecimal: String($0)) }
            let slots = try SlotFile(directory.path + "/\(name)", readOnly: false)
            try slots.write(Array(keys.joined()).span, from: 1)
            let view = try EventView(bytes.span)
            var opener = VaultOpener(slots)
            #expect(try Event(view, opener: &opener) == event, "\(name)")
            var wrong = keys[0]
            wrong[31] ^= 1
            try slots.write(wrong.span, from: 1)
            var other = VaultOpener(slots)
            #expect(try Event(view, opener: &other).withheld.buyer == .sealed, "\(name)")
        }
    }
}
