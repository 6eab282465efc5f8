/// Keyed digests of personal texts: what folds compare instead of the text.
public enum Mark {
    /// The mark of a text under a normalisation. Equal for equal texts, whatever the field.
    public static func of(_ text: String, way: MarkNormalisation, key: SipKey) -> Digest16 {
        var hash = SipHash128(key: key)
        hash.feed(byte: way.rawValue)
        hash.feed(way == .identity ? identity(text) : exact(text))
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
}

/// NFC and trimming without Foundation.
enum Nfc {
    /// The text in NFC. ASCII and unified ideographs are NFC already and are not copied.
    static func normalised(_ text: String) -> String {
        let inert = text.unicodeScalars.allSatisfy {
            $0.value < 0x300 || (0x3400...0x9FFF).contains($0.value)
                || (0xFF01...0xFF5E).contains($0.value) || (0x3001...0x303F).contains($0.value)
        }
        return inert ? text : NfcTables.normalised(text)
    }

    static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let last = scalars.last,
            first.properties.isWhitespace || last.properties.isWhitespace
        else { return text }
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return String(rest)
    }
}
