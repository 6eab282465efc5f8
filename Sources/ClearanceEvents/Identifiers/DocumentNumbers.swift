/// A list number 清单编号: customs district (4), year (4), I or E, 9 digits; for exports 9 to 11.
public struct InvtNo: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count >= 18 && bytes.count <= 20 else { return false }
        let isImport = bytes[8] == UInt8(ascii: "I")
        guard isImport ? bytes.count == 18 : bytes[8] == UInt8(ascii: "E") else { return false }
        return Ascii.areDigits(bytes.extracting(..<8)) && Ascii.areDigits(bytes.extracting(9...))
    }

    /// The customs district; nil when the number is malformed.
    public var district: CustomsDistrict? {
        isWellFormed ? CustomsDistrict(String(text.prefix(4))) : nil
    }
}

/// A pre-entry number 预录入编号: a capital letter, a day, 9 digits.
///
/// Seen are `B` for lists, `C` for cancellations, `T` for returns; other letters are not excluded.
public struct PreNo: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count == 18, Ascii.isUpper(bytes[0]),
            Ascii.areDigits(bytes.extracting(1...))
        else { return false }
        return CivilDay(bytes.extracting(1..<9)) != nil
    }
}

/// A waybill number 运单编号: 1 to 60 visible ASCII characters.
public struct WaybillNo: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        guard (1...60).contains(bytes.count) else { return false }
        for index in bytes.indices where bytes[index] <= 0x20 || bytes[index] >= 0x7F {
            return false
        }
        return true
    }
}

/// A commodity code 商品编码: ten digits (HS, national subdivision, additional code).
public struct HsCode: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        Ascii.areDigits(bytes, count: 10)
    }

    /// The chapter, the first two digits; nil when the code is malformed.
    public var chapter: String? { isWellFormed ? String(text.prefix(2)) : nil }
}

/// A customs district 关区代码: four digits.
public struct CustomsDistrict: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        Ascii.areDigits(bytes, count: 4)
    }
}

/// A GS1 trade item number 商品条码: 8, 12, 13 or 14 digits, the last a check digit.
public struct Gtin: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        guard bytes.count == 8 || (12...14).contains(bytes.count), Ascii.areDigits(bytes) else {
            return false
        }
        var sum = 0
        for index in bytes.indices {
            // Weights are 1 and 3 in turn, counted from the check digit at the end.
            sum += Int(bytes[index] - 0x30) * ((bytes.count - index) % 2 == 0 ? 3 : 1)
        }
        return sum % 10 == 0
    }

    /// The number widened to 14 digits, so that its shorter forms compare equal; nil when it is
    /// malformed.
    public var wide: String? {
        guard isWellFormed else { return nil }
        return String(repeating: "0", count: 14 - text.utf8.count) + text
    }
}
