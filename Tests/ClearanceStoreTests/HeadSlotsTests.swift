import ClearanceStore
import Testing

@Suite struct `The head slots` {
    let scratch: Scratch
    let path: String

    init() throws {
        scratch = try Scratch()
        path = scratch.file("head")
    }

    private func root(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }

    /// Writes positions 10, 20, 30 (generations 1, 2, 3).
    private func writeThree() throws {
        let slots = try HeadSlots(path)
        #expect(slots.head == nil)
        for number in 1...3 as ClosedRange<UInt64> {
            try slots.write(position: number * 10, root: root(UInt8(number)))
            #expect(slots.head?.generation == number)
        }
    }

    @Test func `remember the last write`() throws {
        try writeThree()
        let head = try #require(try HeadSlots(path, readOnly: true).head)
        #expect(head.position == 30)
        #expect(head.generation == 3)
        #expect(head.root == root(3))
        #expect(try Files.size(path) == 2 * HeadSlots.slotBytes)
    }

    @Test func `fall back to the write before when the last one was torn, at any byte`() throws {
        try writeThree()
        let whole = try Files.read(path, limit: 1_024)
        let file = try ByteFile(path, .update)
        // Generation 3 is in the second slot; 60 bytes of a slot say something.
        for byte in 0..<60 {
            var torn = whole
            torn[512 + byte] ^= 0x40
            try file.write(at: 0, torn.span)
            #expect(try HeadSlots(path).head?.position == 20)
        }
    }

    @Test func `write over the torn slot, never over the good one`() throws {
        try writeThree()
        let file = try ByteFile(path, .update)
        let good = try file.read(at: 0, count: 512)
        try file.write(at: 512 + 20, [0xFF].span)
        let slots = try HeadSlots(path)
        try slots.write(position: 31, root: root(9))
        #expect(try file.read(at: 0, count: 512) == good)
        #expect(try HeadSlots(path).head?.position == 31)
    }

    @Test func `are damage when neither is valid, and absent when never written`() throws {
        try writeThree()
        let file = try ByteFile(path, .update)
        try file.write(at: 20, [0xFF].span)
        try file.write(at: 532, [0xFF].span)
        #expect(
            storeError { () throws(StoreError) in _ = try HeadSlots(path) }?.code
                == .corrupted)
        try file.write(at: 0, [UInt8](repeating: 0, count: 1_024).span)
        #expect(try HeadSlots(path).head == nil)
        #expect(
            storeError { () throws(StoreError) in
                _ = try HeadSlots(scratch.file("none"), readOnly: true)
            }?.code == .notFound)
    }
}

@Suite struct `The checksum and the numbers` {
    @Test(
        arguments: [
            (bytes("123456789"), 0xE306_9283), ([], 0),
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            ((0..<32).map { UInt8($0) }, 0x46DD_794E),
            ((0..<32).map { UInt8(31 - $0) }, 0x113F_DB5C),
        ] as [([UInt8], UInt32)])
    func `give the published sums`(_ content: [UInt8], _ sum: UInt32) {
        #expect(crc32c(content.span) == sum)
    }

    @Test func `agree with a bit-by-bit sum, in one piece or in two`() {
        let content = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }
        for count in 0...content.count {
            let span = content.span.extracting(..<count)
            let expected = slowSum(Array(content[..<count]))
            #expect(crc32c(span) == expected)
            let cut = count / 3
            let first = crc32c(span.extracting(..<cut))
            #expect(crc32c(span.extracting(cut...), seed: first) == expected)
        }
    }

    private func slowSum(_ content: [UInt8]) -> UInt32 {
        var sum = UInt32.max
        for byte in content {
            sum ^= UInt32(byte)
            for _ in 0..<8 { sum = sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1 }
        }
        return ~sum
    }

    @Test func `keep the order of numbers in their bytes`() {
        let numbers: [UInt64] = [0, 1, 255, 256, 65_535, 1 << 32, .max - 1, .max]
        let encoded = numbers.map { BigEndian.bytes($0) }
        for (number, bytes) in zip(numbers, encoded) {
            #expect(BigEndian.uint64(bytes.span) == number)
            BigEndian.withBytes(of: number) { #expect(Array($0) == bytes) }
        }
        for index in 1..<encoded.count {
            #expect(encoded[index - 1].lexicographicallyPrecedes(encoded[index]))
        }
        #expect(BigEndian.bytes(0x0102_0304 as UInt32) == [1, 2, 3, 4])
        #expect(BigEndian.uint32([9, 1, 2, 3, 4].span, at: 1) == 0x0102_0304)
    }
}
