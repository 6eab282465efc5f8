internal import ClearanceEvents

/// Reads XSD numbers and writes them in the ledger's form.
enum CEBNumber {
    /// Where the digits of an `xs:decimal` stand.
    private struct Parts {
        let isNegative: Bool
        let whole: Range<Int>
        /// Without the zeros that carry no value beyond the fifth place.
        let fraction: Range<Int>
    }

    /// `xs:decimal` of 19 digits, 5 behind the point, as `-?digits[.digits]`; nil for anything
    /// else.
    ///
    /// A leading `+` and a bare point are allowed by XSD and put right; zeros that carry no value
    /// beyond the fifth place are dropped, the others stay as given.
    static func decimal(_ text: Span<UInt8>) -> String? {
        guard let parts = parts(text) else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 1)
        if parts.isNegative { result.append(UInt8(ascii: "-")) }
        if parts.whole.isEmpty { result.append(UInt8(ascii: "0")) }
        for index in parts.whole { result.append(text[index]) }
        if !parts.fraction.isEmpty { result.append(UInt8(ascii: ".")) }
        for index in parts.fraction { result.append(text[index]) }
        return String(decoding: result, as: UTF8.self)
    }

    /// Whether a text is a decimal in the ledger's form already, as nearly every one is.
    static func isPlainDecimal(_ text: Span<UInt8>) -> Bool {
        guard let parts = parts(text) else { return false }
        return !parts.whole.isEmpty && text[0] != UInt8(ascii: "+")
            && (parts.fraction.isEmpty
                ? parts.whole.upperBound == text.count : parts.fraction.upperBound == text.count)
    }

    /// Whether a text is a whole number of at most nine digits in the ledger's form already.
    static func isPlainInteger(_ text: Span<UInt8>) -> Bool {
        guard (1...9).contains(text.count), text[0] != UInt8(ascii: "0") || text.count == 1 else {
            return false
        }
        return endOfDigits(text, from: 0) == text.count
    }

    /// Whether ``decimal(_:)`` reads the text.
    static func isDecimal(_ text: Span<UInt8>) -> Bool { parts(text) != nil }

    /// Whether the ledger has units for a decimal: the XSD goes on to 19 digits before the point.
    static func isHeld(_ text: Span<UInt8>) -> Bool {
        // Shorter ones always are: no copy for them.
        if text.count <= 13 { return true }
        return decimal(text).map { FixedDecimal($0) != nil } ?? false
    }

    private static func parts(_ text: Span<UInt8>) -> Parts? {
        guard !text.isEmpty else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        let start = isNegative || text[0] == UInt8(ascii: "+") ? 1 : 0
        let whole = start..<endOfDigits(text, from: start)
        var significant = whole.lowerBound
        while significant < whole.upperBound, text[significant] == UInt8(ascii: "0") {
            significant += 1
        }
        let digits = whole.upperBound - significant
        guard digits <= 19 else { return nil }
        if whole.upperBound == text.count {
            return whole.isEmpty
                ? nil : Parts(isNegative: isNegative, whole: whole, fraction: 0..<0)
        }
        guard text[whole.upperBound] == UInt8(ascii: ".") else { return nil }
        let first = whole.upperBound + 1
        var end = endOfDigits(text, from: first)
        guard end == text.count, !whole.isEmpty || end > first else { return nil }
        var last = end
        while last > first, text[last - 1] == UInt8(ascii: "0") { last -= 1 }
        guard last - first <= 5, digits + (last - first) <= 19 else { return nil }
        end = max(last, min(end, first + 5))
        return Parts(isNegative: isNegative, whole: whole, fraction: first..<end)
    }

    /// `xs:int`; nil for anything else.
    static func integer(_ text: Span<UInt8>) -> Int32? {
        guard !text.isEmpty, text.count <= 32 else { return nil }
        let isNegative = text[0] == UInt8(ascii: "-")
        let start = isNegative || text[0] == UInt8(ascii: "+") ? 1 : 0
        guard start < text.count, endOfDigits(text, from: start) == text.count else { return nil }
        var value: Int64 = 0
        for index in start..<text.count {
            value = value * 10 + Int64(text[index] - 48)
            // One more than the greatest, for the least.
            guard value <= Int64(Int32.max) + 1 else { return nil }
        }
        return Int32(exactly: isNegative ? -value : value)
    }

    private static func endOfDigits(_ text: Span<UInt8>, from start: Int) -> Int {
        var end = start
        while end < text.count, text[end] &- 48 < 10 { end += 1 }
        return end
    }
}
