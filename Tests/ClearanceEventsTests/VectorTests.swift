import Testing

@testable import ClearanceEvents

@Suite(.serialized) struct VectorTests {
    @Test("SipHash-2-4-128 gives the published digests", arguments: ["0", "1", "15"])
    func sipHash(_ length: String) throws {
        let file = try #require(SpecFiles.json("vectors/siphash.json"))
        let key = try #require(VectorText.bytes(hex: file["key"]?.text ?? ""))
        let vector = try #require(file["vectors"]?.items.first { $0["length"] == .number(length) })
        var hash = SipHash128(key: try #require(SipKey(bytes: key)))
        let input = Array(UInt8(0)..<UInt8(Int(length) ?? 0))
        hash.feed(input.span)
        #expect(hash.finish().hex == vector["digest"]?.text)
    }

    @Test("SipHash fed piece by piece equals SipHash fed at once")
    func pieces() {
        let input = (0..<100).map { UInt8($0) }
        for cut in 0...input.count {
            var whole = SipHash128(key: .published)
            whole.feed(input.span)
            var parts = SipHash128(key: .published)
            for byte in input[..<cut] { parts.feed(byte: byte) }
            let rest = Array(input[cut...])
            parts.feed(rest.span)
            #expect(whole.finish() == parts.finish(), "cut at \(cut)")
        }
    }

    @Test("SHA-256 of the tests gives the published digests")
    func sha() {
        #expect(
            Sha256.hex(Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            Sha256.hex([])
                == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("The golden vectors in specs/vectors are what the encoder writes")
    func golden() throws {
        #expect(try SpecFiles.differences(VectorText.files()) == [])
    }

    @Test("A vector's bytes decode to its event, and its event to its bytes")
    func bothWays() throws {
        let key = try #require(SipKey(bytes: VectorText.indexKey))
        let names = SpecFiles.names("vectors").filter {
            $0.hasSuffix(".json") && $0 != "siphash.json" && $0 != "sealed.json"
        }
        #expect(names.count == 7)
        for name in names {
            let file = try #require(SpecFiles.json("vectors/\(name)"))
            let event = try #require(file["event"]?.event)
            let bytes = try #require(VectorText.bytes(hex: file["entry"]?.text ?? ""))
            #expect(try Event(EventView(bytes.span)) == event, "\(name)")
            var writer = ByteWriter()
            let identity = try EntryEncoder(indexKey: key).encode(event, into: &writer)
            #expect(writer.bytes == bytes, "\(name)")
            #expect(identity.naturalKey.hex == file["naturalKey"]?.text)
            #expect(identity.content.hex == file["content"]?.text)
            #expect(Sha256.hex([0] + bytes) == file["leaf"]?.text)
        }
    }
}
