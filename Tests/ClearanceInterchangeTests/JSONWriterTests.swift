import Testing

@testable import ClearanceInterchange

@Suite("JSON written")
struct JSONWriterTests {
    @Test("Compact output has no blanks")
    func compact() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("a", 1)
            writer.member(array: "b") { writer in
                writer.value("x")
                writer.null()
                writer.value(true)
                writer.value(1.5)
            }
            writer.member(object: "c") { _ in }
            writer.member("d", ifPresent: nil)
            writer.member("m", MessageText(zh: "中", en: "e"))
        }
        #expect(writer.text == #"{"a":1,"b":["x",null,true,1.5],"c":{},"m":{"zh":"中","en":"e"}}"#)
    }

    @Test("Pretty output indents by two")
    func pretty() {
        var writer = JSONWriter(pretty: true)
        writer.object { writer in
            writer.member("a", "x")
            writer.member(array: "b") { $0.value(1) }
            writer.member(array: "c") { _ in }
        }
        #expect(writer.text == "{\n  \"a\": \"x\",\n  \"b\": [\n    1\n  ],\n  \"c\": []\n}")
    }

    @Test("Only what must be escaped is escaped")
    func escapes() {
        var writer = JSONWriter()
        writer.value("\"\\/\n\r\t\u{1}\u{1F}é中\u{7F}")
        #expect(writer.text == "\"\\\"\\\\/\\n\\r\\t\\u0001\\u001fé中\u{7F}\"")
    }

    @Test("What JSON cannot say is null")
    func infinite() {
        var writer = JSONWriter()
        writer.value(Double.infinity)
        #expect(writer.text == "null")
    }
}
