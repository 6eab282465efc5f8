/// Reads numbers and subjects out of lent bytes and makes link keys of them, without a `String`.
///
/// What is hashed is the decoded, trimmed text in NFC, so that a number in a subject and the same
/// number in `data` give the same key.
enum LinkScan {
    /// The key of a one-part name; nil when the name is empty.
    static func key(_ space: StaticString, _ text: Span<UInt8>) -> Digest16? {
        let part = trimmed(text)
        guard part.count > 0 else { return nil }
        if isPlain(part) { return LinkKey.of(space, part) }
        let normal = normalised(part)
        return LinkKey.of(space, normal.span)
    }

    /// The key of a two-part name; nil when a part is empty.
    static func key(
        _ space: StaticString, _ first: Span<UInt8>, _ second: Span<UInt8>
    ) -> Digest16? {
        let one = trimmed(first)
        let two = trimmed(second)
        guard one.count > 0, two.count > 0 else { return nil }
        if isPlain(one) && isPlain(two) { return LinkKey.of(space, one, two) }
        let left = normalised(one)
        let right = normalised(two)
        return LinkKey.of(space, left.span, right.span)
    }

    /// The key of an encoded one-part name.
    static func encodedKey(_ space: StaticString, _ raw: Span<UInt8>) -> Digest16? {
        guard contains(raw, 0x25) else { return key(space, raw) }
        var room = Room(repeating: 0)
        guard let count = decode(raw, into: &room) else { return nil }
        return key(space, room.span.extracting(0..<count))
    }

    /// The key of an encoded two-part name.
    static func encodedKey(
        _ space: StaticString, _ first: Span<UInt8>, _ second: Span<UInt8>
    ) -> Digest16? {
        guard contains(first, 0x25) || contains(second, 0x25) else {
            return key(space, first, second)
        }
        var one = Room(repeating: 0)
        var two = Room(repeating: 0)
        guard let left = decode(first, into: &one), let right = decode(second, into: &two) else {
            return nil
        }
        return key(space, one.span.extracting(0..<left), two.span.extracting(0..<right))
    }

    /// Where the first such byte stands; the length of the text when there is none.
    static func index(of byte: UInt8, in text: Span<UInt8>) -> Int {
        var index = 0
        while index < text.count && text[index] != byte { index += 1 }
        return index
    }

    /// Whether a text is exactly this word.
    static func equals(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
        text.count == word.utf8CodeUnitCount && hasPrefix(text, word)
    }

    /// Whether a text begins with this word.
    static func hasPrefix(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
        guard text.count >= word.utf8CodeUnitCount else { return false }
        var index = 0
        for byte in word.description.utf8 {
            guard text[index] == byte else { return false }
            index += 1
        }
        return true
    }

    /// Room for one decoded part of a subject.
    private typealias Room = InlineArray<128, UInt8>

    private static func decode(_ raw: Span<UInt8>, into room: inout Room) -> Int? {
        guard raw.count <= EventLimits.subjectPartBytes else { return nil }
        var count = 0
        var index = 0
        while index < raw.count {
            if raw[index] == 0x25, index + 2 < raw.count,
                let high = Subject.upperHex(raw[index + 1]),
                let low = Subject.upperHex(raw[index + 2])
            {
                room[count] = high << 4 | low
                index += 3
            } else {
                room[count] = raw[index]
                index += 1
            }
            count += 1
        }
        return count
    }

    private static func contains(_ text: Span<UInt8>, _ byte: UInt8) -> Bool {
        index(of: byte, in: text) < text.count
    }

    @_lifetime(copy text)
    private static func trimmed(_ text: Span<UInt8>) -> Span<UInt8> {
        var start = 0
        var end = text.count
        while start < end && isSpace(text[start]) { start += 1 }
        while end > start && isSpace(text[end - 1]) { end -= 1 }
        return text.extracting(start..<end)
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    /// ASCII is in NFC; numbers with other characters are rare and take the slow way.
    private static func isPlain(_ text: Span<UInt8>) -> Bool {
        var index = 0
        while index < text.count {
            if text[index] >= 0x80 { return false }
            index += 1
        }
        return true
    }

    private static func normalised(_ text: Span<UInt8>) -> [UInt8] {
        guard let utf8 = try? UTF8Span(validating: text) else {
            return text.indices.map { text[$0] }
        }
        return Array(Nfc.normalised(Nfc.trimmed(String(copying: utf8))).utf8)
    }
}
