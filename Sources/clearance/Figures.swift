import Foundation

/// Numbers as people read them.
enum Figures {
    /// Digits in groups of three.
    static func grouped(_ number: Int) -> String {
        let digits = String(abs(number))
        var text = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// A large number with its thousand or million: `12.3 k`, `1.25 M`.
    static func short(_ value: Double) -> String {
        if value >= 999_500 { return fixed(value / 1e6, 2) + " M" }
        if value >= 999.5 { return fixed(value / 1e3, 1) + " k" }
        return fixed(value, 0)
    }

    /// Bytes with their binary unit.
    static func bytes(_ count: UInt64) -> String {
        if count >= 1 << 20 { return fixed(Double(count) / Double(1 << 20), 1) + " MiB" }
        if count >= 1 << 10 { return fixed(Double(count) / Double(1 << 10), 1) + " KiB" }
        return "\(count) B"
    }

    /// A number with so many decimals.
    static func fixed(_ value: Double, _ decimals: Int) -> String {
        String(format: "%.\(decimals)f", value)
    }

    /// A share in percent with one decimal.
    static func percent(_ part: Int, of whole: Int) -> String {
        whole == 0 ? "–" : fixed(Double(part) * 100 / Double(whole), 1) + " %"
    }

    /// A number below a hundred with two digits.
    static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// The width in columns of a terminal: Chinese and full-width characters take two.
    static func width(_ text: String) -> Int {
        text.unicodeScalars.reduce(0) { width, scalar in
            let isWide =
                (0x1100...0x115F).contains(scalar.value)
                || (0x2E80...0xA4CF).contains(scalar.value)
                || (0xAC00...0xD7A3).contains(scalar.value)
                || (0xF900...0xFAFF).contains(scalar.value)
                || (0xFE30...0xFE6F).contains(scalar.value)
                || (0xFF00...0xFF60).contains(scalar.value)
                || (0xFFE0...0xFFE6).contains(scalar.value)
            return width + (isWide ? 2 : 1)
        }
    }

    /// A text brought to a width, blanks behind it or before it.
    static func padded(_ text: String, to columns: Int, isRight: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, columns - width(text)))
        return isRight ? blanks + text : text + blanks
    }

    /// A bar of at most `columns`, in eighths of a character.
    static func bar(_ value: Double, of greatest: Double, columns: Int) -> String {
        guard greatest > 0, value > 0 else { return "" }
        let eighths = max(1, Int((value / greatest * Double(columns * 8)).rounded()))
        let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
        return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
    }
}
