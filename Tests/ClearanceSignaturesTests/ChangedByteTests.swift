import ClearanceEvents
import Seeded
import Testing

@testable import ClearanceSignatures

@Suite("One changed byte")
struct ChangedByteTests {
    private static let changes = 1_500

    @Test(
        "No changed byte leaves a message valid, unless it means nothing to C14N or is unsigned",
        arguments: [SignatureAlgorithm.sm2SM3, .rsaSHA1])
    func changed(_ algorithm: SignatureAlgorithm) throws {
        let seed = UInt64.random(in: 0...UInt64.max)
        var random = SeededGenerator(seed: seed)
        let bytes = Array(try Paper.signed(algorithm).utf8)
        let free = freePlaces(bytes)
        var survivors = 0
        for _ in 0..<Self.changes {
            let place = Int.random(in: 0..<bytes.count, using: &random)
            var changed = bytes
            changed[place] ^= UInt8.random(in: 1...255, using: &random)
            let found = XMLSignature.verify(changed, trusting: Keys.given, at: Keys.now)
            guard found.signer != nil else { continue }
            survivors += 1
            // XML 1.0, 2.11: a carriage return is read as a line feed.
            let isSameLine = bytes[place] == 0x0A && changed[place] == 0x0D
            #expect(
                free.contains(place) || isSameLine,
                "seed \(seed): byte \(place) is \(changed[place])")
        }
        #expect(survivors < Self.changes / 4, "seed \(seed)")
    }

    @Test("Every byte of text, one bit flipped, makes the message other than valid")
    func texts() throws {
        let bytes = Array(try Paper.signed(.sm2SM3).utf8)
        let free = freePlaces(bytes)
        for place in bytes.indices where !free.contains(place) {
            var changed = bytes
            changed[place] ^= 1
            let found = XMLSignature.verify(changed, trusting: Keys.given, at: Keys.now)
            #expect(found.signer == nil, "byte \(place)")
        }
    }

    /// The places whose bytes may say something else without meaning something else: the XML
    /// declaration, blanks inside tags and around the root, comments, the name of the key and the
    /// blanks of Base64. Found by a walk over the text, not by what the verifier says.
    private func freePlaces(_ bytes: [UInt8]) -> Set<Int> {
        var free: Set<Int> = []
        func mark(from start: String, to end: String) {
            let (open, close) = (Array(start.utf8), Array(end.utf8))
            guard let first = position(of: open, in: bytes, from: 0),
                let last = position(of: close, in: bytes, from: first)
            else { return }
            free.formUnion(first..<last + close.count)
        }
        mark(from: "<?xml", to: "?>")
        mark(from: "<!--", to: "-->")
        mark(from: "<ds:KeyName>", to: "</ds:KeyName>")
        var isInTag = false
        var quote: UInt8?
        for (place, byte) in bytes.enumerated() {
            if let open = quote {
                if byte == open { quote = nil }
            } else if isInTag, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
                quote = byte
            } else if byte == UInt8(ascii: "<") {
                isInTag = true
            } else if byte == UInt8(ascii: ">") {
                isInTag = false
            } else if isInTag, isBlank(byte) {
                free.insert(place)
            }
        }
        let end = bytes.lastIndex(of: UInt8(ascii: ">")) ?? 0
        free.formUnion((end..<bytes.count).filter { isBlank(bytes[$0]) })
        let root = position(of: Array("<ceb:".utf8), in: bytes, from: 0) ?? 0
        free.formUnion((0..<root).filter { isBlank(bytes[$0]) })
        return free
    }

    private func isBlank(_ byte: UInt8) -> Bool { [0x20, 0x09, 0x0A, 0x0D].contains(byte) }

    private func position(of part: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        (start...bytes.count - part.count).first { bytes[$0..<$0 + part.count] == part[...] }
    }
}
