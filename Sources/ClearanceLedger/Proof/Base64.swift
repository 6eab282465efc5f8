/// Base64 of RFC 4648, section 4: with padding, and in its one canonical form alone.
///
/// A second way to write the same bytes would be a way to change a proof file without its check
/// noticing, so it is refused.
enum Base64 {
    private static let digits = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Digit → value; 64 for what is no digit.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 64, count: 256)
        for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
        return values
    }()

    private static let padding = UInt8(ascii: "=")

    /// Appends the text of some bytes.
    static func append(_ bytes: some Collection<UInt8>, to text: inout [UInt8]) {
        var rest = 0
        var bits = 0
        for byte in bytes {
            rest = (rest << 8 | Int(byte)) & 0xFFFF
            bits += 8
            while bits >= 6 {
                bits -= 6
                text.append(digits[rest >> bits & 63])
            }
        }
        guard bits > 0 else { return }
        text.append(digits[rest << (6 - bits) & 63])
        text.append(contentsOf: repeatElement(padding, count: bits == 4 ? 1 : 2))
    }

    /// The text of some bytes.
    static func text(_ bytes: some Collection<UInt8>) -> String {
        var text: [UInt8] = []
        append(bytes, to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes of a text; nil when it is not the canonical text of any.
    static func bytes(_ text: some RandomAccessCollection<UInt8>) -> [UInt8]? {
        guard text.count % 4 == 0 else { return nil }
        let padded = text.suffix(2).count { $0 == padding }
        let body = text.dropLast(padded)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 4 * 3)
        var rest: UInt32 = 0
        var bits: UInt32 = 0
        for digit in body {
            let value = values[Int(digit)]
            if value == 64 { return nil }
            rest = (rest << 6 | UInt32(value)) & 0xFFFF
            bits += 6
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: rest >> bits))
            }
        }
        // What is left over must be exactly the bits that padding stands for, and zero.
        guard Int(bits) == padded * 2, rest & (1 << bits - 1) == 0 else { return nil }
        return bytes
    }
}
