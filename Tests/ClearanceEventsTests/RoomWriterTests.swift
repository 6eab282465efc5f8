import Testing

@testable import ClearanceEvents

@Suite("Bytes written into room made beforehand")
struct RoomWriterTests {
    private func bytes(_ count: Int, from first: Int = 1) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: first + $0 * 7) }
    }

    @Test("Bytes of every length arrive, and nothing before or behind them")
    func lengths() {
        for count in 0...40 {
            var writer = ByteWriter()
            writer.write(raw: [0xA1, 0xA2])
            writer.fill(count + 4) { room in
                room.write(UInt8(0xB1))
                room.write(raw: bytes(count).span)
                room.write(UInt16(0xB3B2))
            }
            #expect(writer.bytes == [0xA1, 0xA2, 0xB1] + bytes(count) + [0xB2, 0xB3], "\(count)")
        }
    }

    @Test("The last bytes of a text are one word, with zeros above them")
    func lastWords() {
        for count in 1...40 {
            let given = bytes(count)
            let from = (count - 1) / 8 * 8
            var expected: UInt64 = 0
            for index in from..<count {
                expected |= UInt64(given[index]) << UInt64(8 * (index - from))
            }
            #expect(given.span.lastWord(from: from) == expected, "\(count)")
        }
    }

    @Test(
        "A counted part is what a plain writer makes of it, whatever was guessed",
        arguments: [0, 1, 126, 127, 128, 129, 200, 16_383, 16_384, 16_390])
    func counted(_ count: Int) {
        for guess in [0, 127, 128, 20_000] {
            var plain = ByteWriter()
            plain.write(UInt8(9))
            plain.write(counted: bytes(count).span)
            plain.write(UInt8(8))
            var writer = ByteWriter()
            writer.fill(count + 16) { room in
                room.write(UInt8(9))
                let part = room.begin(guess: guess)
                room.write(raw: bytes(count).span)
                room.end(part)
                room.write(UInt8(8))
            }
            #expect(writer.bytes == plain.bytes, "\(count) bytes, \(guess) guessed")
        }
    }

    @Test("Counted parts inside each other are counted each for itself")
    func nested() {
        var plain = ByteWriter()
        plain.writeCounted { outer in
            outer.write(UInt8(1))
            outer.writeCounted { $0.write(raw: bytes(126).span) }
            outer.writeCounted { $0.write(raw: bytes(130).span) }
        }
        var writer = ByteWriter()
        writer.fill(300) { room in
            let outer = room.begin()
            room.write(UInt8(1))
            for count in [126, 130] {
                let inner = room.begin(guess: 256 - count)
                room.write(raw: bytes(count).span)
                room.end(inner)
            }
            room.end(outer)
        }
        #expect(writer.bytes == plain.bytes)
    }

    @Test(
        "Varints are the plain writer's", arguments: [0, 1, 127, 128, 16_383, 16_384, UInt64.max])
    func varints(_ value: UInt64) {
        var plain = ByteWriter()
        plain.writeVarint(value)
        var writer = ByteWriter()
        writer.fill(10) { $0.write(varint: value) }
        #expect(writer.bytes == plain.bytes)
    }

    @Test("A hash does not depend on the pieces that it is fed in")
    func pieces() {
        let given = bytes(80)
        for split in 0...40 {
            for count in 0..<8 {
                var whole = SipHash128(key: SipKey(3, 4))
                whole.feed(given.span.extracting(0..<(split + count)))
                whole.feed(UInt64(0x0807_0605_0403_0201))
                whole.feed(given.span.extracting(0..<split))
                var pieces = SipHash128(key: SipKey(3, 4))
                for index in 0..<split { pieces.feed(byte: given[index]) }
                var low: UInt64 = 0
                for index in 0..<count { low |= UInt64(given[split + index]) << UInt64(8 * index) }
                pieces.feed(
                    low: low, count: count, 0x0807_0605_0403_0201,
                    given.span.extracting(0..<split))
                #expect(whole.finish() == pieces.finish(), "\(split) and \(count)")
            }
        }
    }
}
