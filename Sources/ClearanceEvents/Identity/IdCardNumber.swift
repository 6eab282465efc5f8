/// A resident identity number (GB 11643): 17 digits and a check character, or the old 15 digits.
///
/// Holds any text: a fact with a bad number is kept and answers ``isWellFormed``.
public struct IdCardNumber: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    /// Whether length, digits, birth date and check character are right.
    public static func isWellFormed(_ digits: Span<UInt8>) -> Bool {
        guard digits.count == 18, let check = IdCardNumber.check(of: digits.extracting(..<17))
        else { return false }
        return digits[17] == check && CivilDay(digits.extracting(6..<14)) != nil
    }

    /// The 18 characters of a 15-digit number; nil for anything else.
    static func widened(_ text: String) -> String? {
        let digits = Array(text.utf8)
        guard digits.count == 15, digits.allSatisfy({ $0 &- 48 < 10 }) else { return nil }
        let long = digits[..<6] + [49, 57] + digits[6...]
        guard let check = check(of: long.span) else { return nil }
        return String(decoding: long + [check], as: UTF8.self)
    }

    /// ISO 7064 MOD 11-2 over 17 digits.
    private static func check(of digits: Span<UInt8>) -> UInt8? {
        guard digits.count == 17, Ascii.areDigits(digits) else { return nil }
        var sum = 0
        for index in digits.indices { sum = (sum + Int(digits[index] - 48)) * 2 % 11 }
        let check = (12 - sum) % 11
        return check == 10 ? UInt8(ascii: "X") : UInt8(48 + check)
    }
}
