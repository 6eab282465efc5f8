/// Tells code from strings and comments, as far as the house rules need it.
///
/// Knows line and nested block comments, plain, raw and multi-line strings; what stands inside an
/// interpolation counts as string. A string or comment becomes blanks, line feeds stay.
struct SourceScanner {
    private let text: [UInt8]
    private var index = 0
    private var output: [UInt8] = []

    static func code(of text: String) -> String {
        var scanner = SourceScanner(text: Array(text.utf8))
        scanner.scan()
        return String(decoding: scanner.output, as: UTF8.self)
    }

    private init(text: [UInt8]) {
        self.text = text
        output.reserveCapacity(text.count)
    }

    private mutating func scan() {
        while index < text.count {
            if starts(with: "//") {
                while index < text.count, text[index] != UInt8(ascii: "\n") { blank() }
            } else if starts(with: "/*") {
                skipBlockComment()
            } else if let hashes = stringStart() {
                skipString(hashes: hashes)
            } else {
                output.append(text[index])
                index += 1
            }
        }
    }

    private func starts(with prefix: StaticString, at offset: Int = 0) -> Bool {
        let bytes = Array(prefix.description.utf8)
        let start = index + offset
        return start + bytes.count <= text.count && text[start..<start + bytes.count] == bytes[...]
    }

    private mutating func blank(_ count: Int = 1) {
        for _ in 0..<count where index < text.count {
            output.append(text[index] == UInt8(ascii: "\n") ? text[index] : UInt8(ascii: " "))
            index += 1
        }
    }

    private mutating func skipBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                blank(2)
            } else if starts(with: "*/") {
                depth -= 1
                blank(2)
            } else {
                blank()
            }
        } while depth > 0 && index < text.count
    }

    /// How many `#` open a string here; nil when none starts here.
    private func stringStart() -> Int? {
        var hashes = 0
        while index + hashes < text.count, text[index + hashes] == UInt8(ascii: "#") { hashes += 1 }
        guard index + hashes < text.count, text[index + hashes] == UInt8(ascii: "\"") else {
            return nil
        }
        return hashes
    }

    private mutating func skipString(hashes: Int) {
        let isLong = starts(with: "\"\"\"", at: hashes)
        blank(hashes + (isLong ? 3 : 1))
        while index < text.count {
            if isEscape(hashes) {
                // The escaped character never ends the string; an interpolation is skipped whole.
                let isInterpolation = byte(1 + hashes) == UInt8(ascii: "(")
                blank(2 + hashes)
                if isInterpolation { skipInterpolation() }
            } else if isEnd(hashes, isLong: isLong) {
                blank(hashes + (isLong ? 3 : 1))
                return
            } else {
                blank()
            }
        }
    }

    private func byte(_ offset: Int) -> UInt8? {
        index + offset < text.count ? text[index + offset] : nil
    }

    private func isEscape(_ hashes: Int) -> Bool {
        guard byte(0) == UInt8(ascii: "\\") else { return false }
        return (0..<hashes).allSatisfy { byte(1 + $0) == UInt8(ascii: "#") }
    }

    private func isEnd(_ hashes: Int, isLong: Bool) -> Bool {
        guard isLong ? starts(with: "\"\"\"") : byte(0) == UInt8(ascii: "\"") else { return false }
        let quotes = isLong ? 3 : 1
        return (0..<hashes).allSatisfy { byte(quotes + $0) == UInt8(ascii: "#") }
    }

    private mutating func skipInterpolation() {
        var depth = 1
        while index < text.count, depth > 0 {
            if let hashes = stringStart() {
                skipString(hashes: hashes)
                continue
            }
            if text[index] == UInt8(ascii: "(") { depth += 1 }
            if text[index] == UInt8(ascii: ")") { depth -= 1 }
            blank()
        }
    }
}
