/// A unified social credit code 统一社会信用代码 (GB 32100): 17 characters and a check character.
public struct SocialCreditCode: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    /// The 31 characters of the code, without I, O, S, V and Z, in the order of their values.
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    /// The value of each byte; 31 for those that are no character of the code.
    private static let values: [Int] = (0..<256).map { byte in
        alphabet.firstIndex { Int($0) == byte } ?? 31
    }

    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count == 18 else { return false }
        var sum = 0
        var weight = 1
        for index in 0..<17 {
            let value = SocialCreditCode.values[Int(bytes[index])]
            guard value < 31 else { return false }
            sum += value * weight
            weight = weight * 3 % 31
        }
        return SocialCreditCode.alphabet[(31 - sum % 31) % 31] == bytes[17]
    }

    /// The organisation code inside, its characters 9 to 17; nil when the text is not of length 18.
    public var organisation: OrganisationCode? {
        guard text.utf8.count == 18 else { return nil }
        return OrganisationCode(String(text.dropFirst(8).prefix(9)))
    }
}

/// An organisation code 组织机构代码 (GB 11714): 8 characters and a check character, with or
/// without the hyphen before it.
public struct OrganisationCode: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    private static let weights = [3, 7, 9, 10, 5, 8, 4, 2]

    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        let isParted = bytes.count == 10 && bytes[8] == 0x2D
        guard bytes.count == 9 || isParted else { return false }
        var sum = 0
        for index in 0..<8 {
            guard let value = OrganisationCode.value(bytes[index]) else { return false }
            sum += value * OrganisationCode.weights[index]
        }
        let check = (11 - sum % 11) % 11
        let last = bytes[bytes.count - 1]
        return last == (check == 10 ? UInt8(ascii: "X") : UInt8(0x30 + check))
    }

    private static func value(_ byte: UInt8) -> Int? {
        if Ascii.isDigit(byte) { return Int(byte - 0x30) }
        return Ascii.isUpper(byte) ? Int(byte - 0x41) + 10 : nil
    }
}

/// A customs registration code 海关注册编码: ten characters, the first four an administrative
/// division, the rest digits or capital letters. It has no check character.
public struct CustomsCode: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count == 10, Ascii.areDigits(bytes.extracting(..<4)) else { return false }
        for index in 4..<10 where !Ascii.isDigit(bytes[index]) && !Ascii.isUpper(bytes[index]) {
            return false
        }
        return true
    }
}
