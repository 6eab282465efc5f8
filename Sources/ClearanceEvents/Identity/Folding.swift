/// Folding version 1: what two spellings of one name or address have in common.
///
/// The exact form, then full-width ASCII brought to half width, letters of ASCII in lower case, and
/// white space and punctuation of ASCII, Latin-1, general punctuation and CJK left out. Traditional
/// and simplified characters and address words are not folded: they need tables of their own and
/// would be version 2 under another number. Source: `specs/encoding.md`, marks.
enum Folding {
    /// The folded form of a text.
    static func folded(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in Mark.exact(text).unicodeScalars {
            guard let scalar = fold(scalar) else { continue }
            kept.append(scalar)
        }
        return String(kept)
    }

    /// Whether folding surely changes nothing. Texts of which this is not known are folded and
    /// compared. Cost: one pass; ideographs, digits and small letters need no more.
    static func isFolded(_ text: Span<UInt8>) -> Bool {
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte < 0x80 {
                guard Ascii.isDigit(byte) || byte &- 97 < 26 else { return false }
                index += 1
            } else if (0xE4...0xE9).contains(byte) {
                // U+4000 to U+9FFF: ideographs, never punctuation.
                index += 3
            } else {
                return isUnchanged(text)
            }
        }
        return true
    }

    private static func isUnchanged(_ text: Span<UInt8>) -> Bool {
        let folded = folded(text.string)
        return folded.utf8Span.span.isEqual(to: text)
    }

    /// What becomes of a character; nil for one that is left out.
    private static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        var value = scalar.value
        if (0xFF01...0xFF5E).contains(value) { value -= 0xFEE0 }
        switch value {
        case 0x41...0x5A: return Unicode.Scalar(value + 32)
        case 0x30...0x39, 0x61...0x7A: return Unicode.Scalar(value)
        case 0x00...0x7F, 0x80...0xA9, 0xAB...0xB1, 0xB4, 0xB6...0xB8, 0xBB, 0xBF: return nil
        case 0x2000...0x206F, 0x3000...0x3003, 0x3008...0x3020, 0x3030, 0x303D: return nil
        case 0x30FB, 0xFF61...0xFF65: return nil
        default: return scalar
        }
    }
}
