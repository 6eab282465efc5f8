/// Decodes base64 (RFC 4648, section 4) piece by piece; blanks between characters are skipped.
struct Base64Decoder {
    private var bits: UInt32 = 0
    private var count = 0
    private var padding = 0

    /// Appends what the next characters say; the offset of the first wrong one, nil when none is.
    mutating func decode(_ text: Span<UInt8>, into output: inout [UInt8]) -> Int? {
        for index in text.indices {
            let byte = text[index]
            let value = Base64Decoder.values[Int(byte)]
            if value < 64 {
                guard padding == 0 else { return index }
                bits = bits << 6 | UInt32(value)
                count += 1
                if count == 4 {
                    output.append(UInt8(truncatingIfNeeded: bits >> 16))
                    output.append(UInt8(truncatingIfNeeded: bits >> 8))
                    output.append(UInt8(truncatingIfNeeded: bits))
                    count = 0
                }
            } else if byte == UInt8(ascii: "=") {
                padding += 1
                guard count >= 2, count + padding <= 4 else { return index }
                if count + padding == 4 { flush(into: &output) }
            } else if value != 65 {
                return index
            }
        }
        return nil
    }

    /// Whether what came is whole: four characters, the last of them possibly padding.
    var isWhole: Bool { count == 0 }

    /// The characters before the padding: two hold one byte, three hold two.
    private mutating func flush(into output: inout [UInt8]) {
        if count == 2 {
            output.append(UInt8(truncatingIfNeeded: bits >> 4))
        } else {
            output.append(UInt8(truncatingIfNeeded: bits >> 10))
            output.append(UInt8(truncatingIfNeeded: bits >> 2))
        }
        count = 0
        bits = 0
    }

    /// The value of each character; 64 for none, 65 for a blank.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 64, count: 256)
        for (value, byte) in Base64Decoder.alphabet.enumerated() {
            table[Int(byte)] = UInt8(value)
        }
        for blank in [32, 9, 10, 13] { table[blank] = 65 }
        return table
    }()

    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The base64 of bytes, without line feeds.
    static func encoded(_ bytes: [UInt8]) -> [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = 0
        while index < bytes.count {
            let rest = min(3, bytes.count - index)
            var word = UInt32(bytes[index]) << 16
            if rest > 1 { word |= UInt32(bytes[index + 1]) << 8 }
            if rest > 2 { word |= UInt32(bytes[index + 2]) }
            for place in 0..<4 {
                let value = Int(word >> UInt32(18 - 6 * place) & 63)
                text.append(place <= rest ? alphabet[value] : UInt8(ascii: "="))
            }
            index += 3
        }
        return text
    }
}
