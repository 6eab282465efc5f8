/// Keyed digests of personal texts: what folds compare instead of the text.
public enum Mark {
    /// The mark of a text under a normalisation. Equal for equal texts, whatever the field.
    public static func of(_ text: String, way: MarkNormalisation, key: SipKey) -> Digest16 {
        of(text.utf8Span.span, way: way, key: key)
    }

    /// The mark of the UTF-8 bytes of a text. Cost: one pass without a copy for nearly every text.
    static func of(_ text: Span<UInt8>, way: MarkNormalisation, key: SipKey) -> Digest16 {
        var hash = SipHash128(key: key)
        // A folded form is marked as the exact text that it is: a text that is folded already then
        // needs no mark of its own, and equals others by the one it has.
        hash.feed(byte: way == .folded ? MarkNormalisation.exact.rawValue : way.rawValue)
        switch way {
        case .folded: hash.feed(Folding.folded(text.string))
        case .exact:
            if Nfc.isInert(text) && Nfc.isTrim(text) {
                hash.feed(text)
            } else {
                hash.feed(exact(text.string))
            }
        case .identity:
            if isPlainIdentity(text) {
                hash.feed(text)
            } else {
                hash.feed(identity(text.string))
            }
        }
        return hash.finish()
    }

    /// NFC, without white space at either end.
    static func exact(_ text: String) -> String {
        Nfc.normalised(Nfc.trimmed(text))
    }

    /// Half width, upper case, 15 digits widened to 18 with the check character (GB 11643).
    static func identity(_ text: String) -> String {
        let folded = exact(text).unicodeScalars.map { scalar -> Character in
            let wide = (0xFF01...0xFF5E).contains(scalar.value)
            let value = wide ? scalar.value - 0xFEE0 : scalar.value
            return Character(Unicode.Scalar(value) ?? scalar)
        }
        let upper = String(folded).uppercased()
        return IdCardNumber.widened(upper) ?? upper
    }

    /// Whether a number is in its normal form already: digits and capital letters, not 15 of them.
    private static func isPlainIdentity(_ text: Span<UInt8>) -> Bool {
        guard text.count != 15 else { return false }
        for index in text.indices where !Ascii.isDigit(text[index]) && !Ascii.isUpper(text[index]) {
            return false
        }
        return true
    }
}

/// NFC and trimming without Foundation.
enum Nfc {
    /// The text in NFC. Plain Latin and unified ideographs are NFC already and are not copied.
    static func normalised(_ text: String) -> String {
        let utf8 = text.utf8Span
        return utf8.isKnownASCII || isInert(utf8.span) ? text : NfcTables.normalised(text)
    }

    /// Whether every scalar is known to be the same in NFC and to compose with nothing: below
    /// U+0300, CJK punctuation, U+3400–9FFF, or full-width ASCII.
    static func isInert(_ bytes: Span<UInt8>) -> Bool {
        let count = bytes.count
        var index = 0
        while index < count {
            let first = bytes[index]
            switch first {
            case 0..<0x80:
                index += 1
                while index + 8 <= count, bytes.word(at: index) & Nfc.highBits == 0 { index += 8 }
            case 0xC2...0xCB: index += 2
            case 0xE4...0xE9: index += 3
            case 0xE3:
                guard index + 2 < count else { return false }
                let second = bytes[index + 1]
                let third = bytes[index + 2]
                // U+3000–303F without the combining marks U+302A–302F, and U+3400 on.
                guard second >= 0x90 || (second == 0x80 && !(0xAA...0xAF).contains(third)) else {
                    return false
                }
                index += 3
            case 0xEF:
                guard index + 2 < count else { return false }
                let second = bytes[index + 1]
                let third = bytes[index + 2]
                guard second == 0xBC || (second == 0xBD && third <= 0x9E) else { return false }
                index += 3
            default: return false
            }
        }
        return true
    }

    /// The bit of each of eight bytes that no byte of ASCII has.
    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// Whether a text that is inert has surely no white space at either end.
    ///
    /// Among inert scalars white space is ASCII up to U+0020, U+0085, U+00A0 and U+3000.
    static func isTrim(_ bytes: Span<UInt8>) -> Bool {
        let count = bytes.count
        guard count > 0 else { return true }
        let (first, last) = (bytes[0], bytes[count - 1])
        guard first > 0x20, first != 0xC2, first != 0xE3, last > 0x20 else { return false }
        guard last == 0x80 || last == 0x85 || last == 0xA0 else { return true }
        let before = bytes[count - 2]
        return before != 0xC2 && before != 0x80
    }

    static func trimmed(_ text: String) -> String {
        let bytes = text.utf8Span.span
        guard bytes.count > 0 else { return text }
        // White space is ASCII or begins with C2, E1, E2 or E3; its last byte is never that of
        // plain ASCII text.
        let (first, last) = (bytes[0], bytes[bytes.count - 1])
        let mayTrim =
            first <= 0x20 || first == 0xC2 || (0xE1...0xE3).contains(first) || last <= 0x20
            || last >= 0x80
        guard mayTrim else { return text }
        let scalars = text.unicodeScalars
        guard let head = scalars.first, let tail = scalars.last,
            head.properties.isWhitespace || tail.properties.isWhitespace
        else { return text }
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
