internal import ClearanceEvents

/// What the first bytes of an XML input say: its encoding and the name of its root.
///
/// Only read to choose a reader; the reader's parser judges the same bytes again.
struct XMLHead {
    /// The pseudo-attribute `encoding="…"` of the declaration; its name in capitals is beside it.
    private(set) var encodingRange: Range<Int>?
    private(set) var encoding: String?
    /// The root's name without its prefix; nil when it does not stand near the beginning.
    private(set) var root: String?
    private(set) var hasByteOrderMark = false

    /// Bytes in which the root has to begin; a root behind them is read as a CEB message.
    static let bytes = 64 << 10

    /// Reads the head; nil while more bytes are needed.
    init?(_ input: Span<UInt8>, isLast: Bool) {
        let isWhole = isLast || input.count >= XMLHead.bytes
        var scan = MarkupScanner(bytes: input)
        hasByteOrderMark = scan.skip([0xEF, 0xBB, 0xBF])
        if scan.isAt("<?xml") {
            guard let end = scan.place(of: "?>") else {
                if isWhole { return }
                return nil
            }
            declaration(scan.index..<end, of: input)
            scan.index = end + 2
        } else if !isWhole, input.count - scan.index < 5 {
            return nil
        }
        while true {
            scan.skipBlanks()
            let close = scan.isAt("<!--") ? "-->" : scan.isAt("<?") ? "?>" : nil
            guard let close else { break }
            guard let end = scan.place(of: close) else {
                if isWhole { return }
                return nil
            }
            scan.index = end + close.utf8.count
        }
        // A document type is the parser's to refuse.
        if scan.isAt("<!D") { return }
        guard let name = scan.tagName() else {
            if isWhole { return }
            return nil
        }
        root = name
    }

    private mutating func declaration(_ range: Range<Int>, of input: Span<UInt8>) {
        var scan = MarkupScanner(bytes: input.extracting(..<range.upperBound))
        scan.index = range.lowerBound
        guard let start = scan.place(of: "encoding") else { return }
        scan.index = start + 8
        scan.skipBlanks()
        guard scan.skip([UInt8(ascii: "=")]) else { return }
        scan.skipBlanks()
        guard scan.index < range.upperBound else { return }
        let quote = input[scan.index]
        guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else { return }
        let begin = scan.index + 1
        var end = begin
        while end < range.upperBound, input[end] != quote { end += 1 }
        guard end < range.upperBound else { return }
        var name: [UInt8] = []
        name.append(copying: input.extracting(begin..<end))
        encoding = String(decoding: name, as: UTF8.self).uppercased()
        encodingRange = start..<end + 1
    }

    /// Whether the declared encoding is one of the Chinese ones that are converted.
    var isGB: Bool {
        guard let encoding else { return false }
        return XMLHead.chinese.contains(encoding)
    }

    /// The names of the encodings that GB 18030 contains (IANA, and what is written for them).
    static let chinese: Set<String> = ["GB2312", "GB_2312-80", "GBK", "CP936", "GB18030"]
}

/// Steps over the few constructs that stand before a root.
struct MarkupScanner: ~Escapable {
    let bytes: Span<UInt8>
    var index = 0

    @_lifetime(copy bytes)
    init(bytes: Span<UInt8>) { self.bytes = bytes }

    @_lifetime(self: copy self)
    mutating func skip(_ word: [UInt8]) -> Bool {
        guard index + word.count <= bytes.count else { return false }
        for place in word.indices where bytes[index + place] != word[place] { return false }
        index += word.count
        return true
    }

    @_lifetime(self: copy self)
    mutating func skipBlanks() {
        while index < bytes.count, [32, 9, 10, 13].contains(bytes[index]) { index += 1 }
    }

    func isAt(_ word: String) -> Bool { matches(word, at: index) }

    /// Where a word stands next; nil when it does not.
    func place(of word: String) -> Int? {
        var place = index
        while place + word.utf8.count <= bytes.count {
            if matches(word, at: place) { return place }
            place += 1
        }
        return nil
    }

    private func matches(_ word: String, at place: Int) -> Bool {
        var index = place
        for byte in word.utf8 {
            guard index < bytes.count, bytes[index] == byte else { return false }
            index += 1
        }
        return true
    }

    /// The local name of the start tag here; nil when there is none, or not all of it.
    func tagName() -> String? {
        guard isAt("<") else { return nil }
        var name: [UInt8] = []
        var place = index + 1
        while place < bytes.count {
            let byte = bytes[place]
            if [32, 9, 10, 13, UInt8(ascii: ">"), UInt8(ascii: "/")].contains(byte) {
                return String(decoding: name, as: UTF8.self)
            }
            if byte == UInt8(ascii: ":") { name = [] } else { name.append(byte) }
            place += 1
        }
        return nil
    }
}
