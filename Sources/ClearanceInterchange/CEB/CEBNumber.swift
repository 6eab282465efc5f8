/// Reads XSD numbers and writes them in the ledger's form.
enum CEBNumber {
    /// `xs:decimal` of 19 digits, 5 behind the point, as `-?digits[.digits]`; nil for other texts.
    ///
    /// A leading `+` and a bare point are allowed by XSD and put right; zeros that carry no value
    /// beyond the fifth place are dropped, the others stay as given.
    static func decimal(_ text: ArraySlice<UInt8>) -> String? {
        var index = text.startIndex
        var result: [UInt8] = []
        if index < text.endIndex,
            text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-")
        {
            if text[index] == UInt8(ascii: "-") { result.append(text[index]) }
            index += 1
        }
        let whole = digits(text, from: index)
        var significant = whole
        while let first = significant.first, first == UInt8(ascii: "0") {
            significant = significant.dropFirst()
        }
        guard significant.count <= 14 else { return nil }
        result.append(contentsOf: whole.isEmpty ? [UInt8(ascii: "0")] : Array(whole))
        index += whole.count
        if index == text.endIndex {
            return whole.isEmpty ? nil : String(decoding: result, as: UTF8.self)
        }
        guard text[index] == UInt8(ascii: ".") else { return nil }
        var fraction = digits(text, from: index + 1)
        guard fraction.endIndex == text.endIndex, !(whole.isEmpty && fraction.isEmpty) else {
            return nil
        }
        while fraction.count > 5, fraction.last == UInt8(ascii: "0") {
            fraction = fraction.dropLast()
        }
        guard fraction.count <= 5 else { return nil }
        if !fraction.isEmpty {
            result.append(UInt8(ascii: "."))
            result.append(contentsOf: fraction)
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// `xs:int`; nil for anything else.
    static func integer(_ text: ArraySlice<UInt8>) -> Int32? {
        guard !text.isEmpty, text.count <= 32 else { return nil }
        return Int32(String(decoding: text, as: UTF8.self))
    }

    private static func digits(_ text: ArraySlice<UInt8>, from start: Int) -> ArraySlice<UInt8> {
        var end = start
        while end < text.endIndex, text[end] &- 48 < 10 { end += 1 }
        return text[start..<end]
    }
}
