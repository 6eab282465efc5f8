import ClearanceEvents
import Glibc
import Testing

@testable import ClearanceInterchange

/// Texts in encodings that only the tests write.
enum Encoded {
    /// The text in an encoding of the C library, e.g. `GBK`.
    static func bytes(_ text: String, as encoding: String) throws -> [UInt8] {
        guard let handle = unsafe iconv_open(encoding, "UTF-8") else { return [] }
        defer { unsafe iconv_close(handle) }
        var input = text.utf8.map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: input.count * 4 + 16)
        var inLeft = input.count
        var outLeft = output.count
        let result = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                var from = source.baseAddress
                var to = target.baseAddress
                return unsafe iconv(handle, &from, &inLeft, &to, &outLeft)
            }
        }
        try #require(result == 0 && inLeft == 0)
        return output[..<(output.count - outLeft)].map { UInt8(bitPattern: $0) }
    }
}

@Suite("Encodings")
struct EncodingTests {
    private static func declaring(_ name: String, quote: String = "\"") -> String {
        Papers.message(Papers.orderDocument())
            .replacing("encoding=\"UTF-8\"", with: "encoding=\(quote)\(name)\(quote)")
    }

    @Test(
        "A declared Chinese encoding gives the same event as UTF-8, in pieces of any size",
        arguments: ["gb2312", "GB2312", "GBK", "gb18030", "cp936"])
    func chinese(name: String) throws {
        let plain = Parsed(Papers.message(Papers.orderDocument()))
        let bytes = try Encoded.bytes(Self.declaring(name), as: "GB18030")
        #expect(bytes != Array(Self.declaring(name).utf8))
        for piece in [nil, 1, 2, 3, 7, 64] {
            let parsed = Parsed(bytes: bytes, piece: piece)
            #expect(parsed.rejects == [])
            #expect(parsed.events == plain.events, "pieces of \(piece ?? 0)")
        }
        let quoted = try Encoded.bytes(Self.declaring(name, quote: "'"), as: "GB18030")
        #expect(Parsed(bytes: quoted).events == plain.events)
    }

    @Test("Characters of four bytes are read, wherever they are cut")
    func fourBytes() throws {
        // Letters that GBK lacks: a Tibetan one, one beyond the basic plane.
        let name = "\u{0F40}\u{20000}测"
        let text = Papers.message(
            Papers.orderDocument(Papers.changing(Papers.orderHead, "buyerName", to: name))
        ).replacing("encoding=\"UTF-8\"", with: "encoding=\"GB18030\"")
        let bytes = try Encoded.bytes(text, as: "GB18030")
        for piece in 1...9 {
            let parsed = Parsed(bytes: bytes, piece: piece)
            #expect(parsed.events.first?.data.text("buyerName") == name)
        }
    }

    @Test("Bytes that are no character end the message, and what stood before is kept")
    func broken() throws {
        let two = Papers.message(Papers.orderDocument() + Papers.orderDocument())
            .replacing("encoding=\"UTF-8\"", with: "encoding=\"GBK\"")
        var bytes = try Encoded.bytes(two, as: "GBK")
        let place = bytes.count - 400
        bytes[place] = 0xFF
        for piece in [nil, 1, 13] {
            let parsed = Parsed(bytes: bytes, piece: piece)
            #expect(parsed.events.count == 1)
            let reject = try #require(parsed.rejects.first)
            #expect(parsed.codes == ["encoding"])
            #expect(reject.path == "/CEB311Message/Order[2]")
            #expect(reject.line == 2)
            #expect(reject.message.en.contains("byte \(place + 1) "))
            #expect(reject.message.zh.contains("\(place + 1) 字节"))
        }
    }

    @Test("A character whose second byte is missing at the end is refused")
    func cut() throws {
        let text = Papers.message(Papers.orderDocument())
            .replacing("encoding=\"UTF-8\"", with: "encoding=\"GBK\"")
        var bytes = try Encoded.bytes(text, as: "GBK")
        bytes.append(0xB2)
        let parsed = Parsed(bytes: bytes)
        #expect(parsed.events.count == 1)
        #expect(parsed.codes == ["encoding"])
        #expect(parsed.rejects.first?.message.en.contains("byte \(bytes.count) ") == true)
    }

    @Test("UTF-8 under a Chinese name is refused where it is no such text")
    func mixed() {
        // Three-byte characters in odd number: the last leads into the tag behind it.
        let bytes = Array(Self.declaring("GBK").utf8)
        let parsed = Parsed(bytes: bytes)
        #expect(parsed.events.isEmpty || parsed.codes != [] || !parsed.findingCodes.isEmpty)
        let marked = [0xEF, 0xBB, 0xBF] + bytes
        #expect(Parsed(bytes: marked).codes == ["encoding"])
    }

    @Test("Chinese bytes under the name of UTF-8 are refused at their place")
    func undeclared() throws {
        let head = Papers.changing(Papers.orderHead, "ebpName", to: "platform")
        let bytes = try Encoded.bytes(Papers.message(Papers.orderDocument(head)), as: "GBK")
        let parsed = Parsed(bytes: bytes)
        #expect(parsed.events == [])
        #expect(parsed.codes == ["encoding"])
        let reject = try #require(parsed.rejects.first)
        let first = try #require(bytes.firstIndex { $0 >= 0x80 })
        let lineStart = try #require(bytes[..<first].lastIndex(of: 10)) + 1
        #expect(reject.line == 2)
        #expect(reject.column == first - lineStart + 1)
    }

    @Test("Other encodings and wide characters are refused")
    func others() throws {
        for name in ["BIG5", "Shift_JIS", "ISO-8859-1", "UTF-16"] {
            #expect(Parsed(Self.declaring(name)).codes == ["encoding"])
        }
        for name in ["UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE"] {
            let bytes = try Encoded.bytes(Papers.message(Papers.orderDocument()), as: name)
            #expect(Parsed(bytes: bytes).codes == ["encoding"], "\(name)")
            #expect(Parsed(bytes: bytes, piece: 1).codes == ["encoding"], "\(name)")
        }
    }

    @Test("Any byte changed in a converted message costs no more than the message")
    func mutations() throws {
        let seed: UInt64 = 20_260_103
        var state = seed
        let bytes = try Encoded.bytes(Self.declaring("GB18030"), as: "GB18030")
        for _ in 0..<1_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var changed = bytes
            let place = Int(state >> 33) % changed.count
            changed[place] = UInt8(truncatingIfNeeded: state >> 25)
            let whole = Parsed(bytes: changed)
            #expect(whole.events.count <= 1, "seed \(seed), place \(place)")
            #expect(
                whole.events.count + whole.rejects.count >= 1, "seed \(seed), place \(place)")
            let cut = Parsed(bytes: changed, piece: 5)
            #expect(cut.events == whole.events, "seed \(seed), place \(place)")
            #expect(cut.codes == whole.codes, "seed \(seed), place \(place)")
        }
    }
}
