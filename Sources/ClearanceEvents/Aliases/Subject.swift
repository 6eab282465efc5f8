/// The name of the thing that an event is about, e.g. `order:EBP1/NO1`.
///
/// Holds any text; ``isWellFormed`` says whether it keeps the rules: a known scheme, the right
/// number of parts, each of 1 to 128 bytes, percent-encoded where a character has a meaning.
/// Source: `specs/aliases.md`, subjects.
public struct Subject: Sendable, Hashable, CustomStringConvertible {
    /// The subject as it stands in events.
    public let text: String

    /// A subject as it came; see ``isWellFormed``.
    public init(_ text: String) { self.text = text }

    public var description: String { text }

    /// One decoded part.
    public struct Part: Sendable, Hashable {
        /// The text, percent-decoded.
        public let text: String
        /// Whether the part began with an unencoded `~`: another name stands in.
        public let isSubstitute: Bool
    }

    /// The kind of thing; nil when the word before the colon is none.
    public var scheme: SubjectScheme? {
        let bytes = text.utf8Span.span
        for index in bytes.indices where bytes[index] == 0x3A {
            return SubjectScheme(bytes.extracting(..<index))
        }
        return nil
    }

    /// The decoded parts, without a waybill's `@DATE`; empty when the subject is malformed.
    public var parts: [Part] {
        guard isWellFormed, let scheme, let colon = text.utf8.firstIndex(of: 0x3A) else {
            return []
        }
        let rest = text[text.utf8.index(after: colon)...]
        return rest.split(separator: "/", omittingEmptySubsequences: false).enumerated().map {
            var raw = $1
            let isSubstitute = scheme.substitutePart == $0 && raw.utf8.first == 0x7E
            if isSubstitute { raw = raw.dropFirst() }
            if scheme == .waybill, let at = raw.utf8.firstIndex(of: 0x40) { raw = raw[..<at] }
            return Part(text: Subject.decoded(raw), isSubstitute: isSubstitute)
        }
    }

    /// The day behind a waybill's `@`, which tells the lives of a number used again.
    public var life: CivilDay? {
        guard scheme == .waybill, let at = text.utf8.firstIndex(of: 0x40) else { return nil }
        return CivilDay(String(text[text.utf8.index(after: at)...]))
    }

    /// Whether the subject keeps the rules. Cost: one pass.
    public var isWellFormed: Bool { Subject.isWellFormed(text.utf8Span.span) }

    /// Whether the bytes of a subject keep the rules. Cost: one pass.
    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        let colon = LinkScan.index(of: 0x3A, in: bytes)
        guard colon < bytes.count, let scheme = SubjectScheme(bytes.extracting(..<colon)) else {
            return false
        }
        var start = colon + 1
        if scheme == .person, bytes.count == start + 1, bytes[start] == 0x40 { return true }
        var index = 0
        for end in start...bytes.count where end == bytes.count || bytes[end] == 0x2F {
            let part = bytes.extracting(start..<end)
            let isLast = end == bytes.count
            guard Subject.isPart(part, scheme: scheme, index: index, isLast: isLast) else {
                return false
            }
            index += 1
            start = end + 1
        }
        return scheme.partCounts.contains(index)
    }

    /// The subject as a person reads it: scheme in Chinese, parts decoded.
    public var display: String {
        guard let scheme, !parts.isEmpty else { return text }
        let names = parts.map(\.text).joined(separator: " / ")
        return "\(scheme.chinese) \(names)"
    }

    private static func isPart(
        _ given: Span<UInt8>, scheme: SubjectScheme, index: Int, isLast: Bool
    ) -> Bool {
        var place = 0
        var end = given.count
        if end > 0, given[0] == 0x7E {
            guard scheme.substitutePart == index else { return false }
            place = 1
        }
        if scheme == .waybill && isLast, let at = firstAt(given) {
            guard CivilDay(given.extracting((at + 1)...)) != nil else { return false }
            end = at
        }
        guard place < end && end - place <= EventLimits.subjectPartBytes else { return false }
        while place < end {
            let byte = given[place]
            if byte == 0x25 {
                guard place + 2 < end, Subject.upperHex(given[place + 1]) != nil,
                    Subject.upperHex(given[place + 2]) != nil
                else { return false }
                place += 3
                continue
            }
            guard byte > 0x20, byte < 0x7F, byte != 0x3A, byte != 0x40 else { return false }
            place += 1
        }
        return true
    }

    private static func firstAt(_ bytes: Span<UInt8>) -> Int? {
        for index in bytes.indices where bytes[index] == 0x40 { return index }
        return nil
    }

    /// The value of an upper-case hexadecimal digit; nil for any other byte.
    static func upperHex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        default: nil
        }
    }

    private static func decoded(_ raw: Substring) -> String {
        guard raw.utf8.contains(0x25) else { return String(raw) }
        let bytes = Array(raw.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x25, index + 2 < bytes.count,
                let high = upperHex(bytes[index + 1]), let low = upperHex(bytes[index + 2])
            {
                result.append(high << 4 | low)
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
