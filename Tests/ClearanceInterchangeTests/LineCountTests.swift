import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("the lines before a place of a file")
struct LineCountTests {
    private static let texts = [
        "{a\n{b\n{c\n",
        "\u{FEFF}{a\r\n\r\n \t\n{b\n\n",
        "\u{FEFF}\n\u{FEFF}\n{a\n",
        "\r\n\r\r\n{a\n \r \n{b\n",
        "\n\n\n{a\n{\n",
        "\u{1}\n{a\n",
    ]

    @Test("Cut behind any line feed, a file gives what one reader gives", arguments: texts)
    func cuts(text: String) {
        let bytes = Array(text.utf8)
        var whole: [ParsedItem] = []
        InterchangeReader.read(bytes.span, file: "f") { whole.append($0) }
        for cut in bytes.indices where bytes[cut] == 10 {
            let (start, rest) = (Array(bytes[...cut]), Array(bytes[(cut + 1)...]))
            var items: [ParsedItem] = []
            var first = InterchangeReader(file: "f")
            first.push(start.span) { items.append($0) }
            // Nothing but blanks so far may yet become XML.
            guard first.isLineByLine else { continue }
            first.finish { items.append($0) }
            var count = LineCount()
            count.add(start.span)
            var second = InterchangeReader(file: "f", continuing: count)
            second.push(rest.span) { items.append($0) }
            second.finish { items.append($0) }
            #expect(items == whole, "cut behind byte \(cut)")
        }
    }

    @Test("A line beyond the limit is refused in the same way however it is cut")
    func overlong() {
        let long = String(repeating: " ", count: InterchangeLimits.documentBytes + 2)
        let bytes = Array(("{a\n" + long + "\n{b\n").utf8)
        var whole: [ParsedItem] = []
        InterchangeReader.read(bytes.span, file: "f") { whole.append($0) }
        var pieces: [ParsedItem] = []
        var reader = InterchangeReader(file: "f")
        for start in stride(from: 0, to: bytes.count, by: 1_000) {
            let end = min(start + 1_000, bytes.count)
            reader.push(bytes.span.extracting(start..<end)) { pieces.append($0) }
        }
        reader.finish { pieces.append($0) }
        #expect(whole == pieces)
        var count = LineCount()
        count.add(bytes.span)
        #expect(count.documents == whole.count)
        #expect(count.lines == 3)
    }

    @Test("XML is not cut")
    func xml() {
        var reader = InterchangeReader(file: "f")
        let bytes = Array("<?xml version=\"1.0\"?>\n<a>\n".utf8)
        reader.push(bytes.span) { _ in }
        #expect(!reader.isLineByLine)
    }
}
