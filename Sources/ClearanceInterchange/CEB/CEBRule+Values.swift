internal import ClearanceEvents

/// The single tests behind the words, on the bytes of a field.
extension CEBRule {
    typealias Problem = (code: String, message: MessageText)

    /// The name by which an enterprise without a registration is declared (specification of 603).
    static let no = Array("NO".utf8)

    static func equal(_ word: [UInt8], _ bytes: Span<UInt8>) -> Bool {
        guard word.count == bytes.count else { return false }
        for index in word.indices where word[index] != bytes[index] { return false }
        return true
    }

    static func areDigits(_ bytes: Span<UInt8>, _ count: Int? = nil) -> Bool {
        guard bytes.count == count ?? bytes.count else { return false }
        for index in bytes.indices where bytes[index] &- 48 >= 10 { return false }
        return true
    }

    static func listed(_ bytes: Span<UInt8>, _ list: CodeList) -> Problem? {
        list.allows(bytes) ? nil : ("unknownCode", list.unknown)
    }

    static func shaped(_ isWellFormed: Bool) -> Problem? {
        isWellFormed ? nil : ("malformedIdentifier", .shape)
    }

    /// Three digits, of which no list is whole, or a code of the letters used since 2018.
    static func country(_ bytes: Span<UInt8>) -> Problem? {
        if areDigits(bytes, 3) || CodeList.countryLetters.contains(bytes) { return nil }
        return ("unknownCode", .country)
    }

    /// The shape of GB/T 2260: six digits, the first of them a region. No list is asked, because
    /// divisions come and go by the year.
    static func division(_ bytes: Span<UInt8>) -> Problem? {
        areDigits(bytes, 6) && bytes[0] != UInt8(ascii: "0") ? nil : ("unknownCode", .division)
    }

    static func isGuid(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count == 36 else { return false }
        for index in bytes.indices {
            let byte = bytes[index]
            if byte <= 0x20 || byte >= 0x7F || byte &- 0x61 < 26 { return false }
        }
        return true
    }

    static func commodity(_ bytes: Span<UInt8>) -> Problem? {
        guard HsCode.isWellFormed(bytes) else { return ("malformedIdentifier", .commodity) }
        let chapter = Int(bytes[0] - 48) * 10 + Int(bytes[1] - 48)
        return (1...97).contains(chapter) ? nil : ("unknownCode", .commodity)
    }

    /// A customs code of ten characters, or a social credit code with its check character.
    static func enterprise(_ bytes: Span<UInt8>) -> Problem? {
        if EnterpriseCode.isWellFormed(bytes) { return nil }
        return bytes.count == 18
            ? ("wrongCheckCharacter", .check) : ("malformedIdentifier", .shape)
    }

    /// Digits of a length that GS1 uses have a check digit; anything else is somebody's own code.
    static func barCode(_ bytes: Span<UInt8>) -> Problem? {
        switch bytes.count {
        case 8, 12, 13, 14:
            !areDigits(bytes) || Gtin.isWellFormed(bytes) ? nil : ("wrongCheckCharacter", .check)
        default: nil
        }
    }

    /// Whether a number is below, at or above zero; text that is no number says nothing and is 1,
    /// because the form has spoken of it.
    static func sign(_ bytes: Span<UInt8>) -> Int {
        var isNegative = false
        var isZero = true
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "-") where index == 0: isNegative = true
            case UInt8(ascii: "+") where index == 0: break
            case UInt8(ascii: "."), UInt8(ascii: "0"): break
            case 0x31...0x39: isZero = false
            default: return 1
            }
        }
        return isZero ? 0 : isNegative ? -1 : 1
    }
}
