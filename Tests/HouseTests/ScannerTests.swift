import Testing

@Suite("What the rules take for code")
struct ScannerTests {
    @Test("A comment is not code, however it nests")
    func comments() {
        #expect(blanks("a // b\nc") == "a     \nc")
        #expect(blanks("a/* b /* c */ d */e") == "a" + spaces(17) + "e")
    }

    @Test("A string is not code, whatever it holds")
    func strings() {
        #expect(blanks(#"x("{ // \" }")"#) == "x(" + spaces(11) + ")")
        #expect(blanks("x(#\"a\"b\"#)") == "x(" + spaces(7) + ")")
        #expect(blanks("\"\"\"\n{ \"\n\"\"\"}") == "   \n   \n   }")
        #expect(blanks(#""\(f("}"))"}"#) == spaces(11) + "}")
    }

    @Test("A function is as long as its braces say")
    func functions() {
        let file = SourceFile(
            path: "a.swift", text: "struct S {\n  func a() {\n    if x { y }\n  }\n  init() {}\n}\n"
        )
        #expect(
            FunctionFinder.functions(in: file) == [
                .init(line: 2, count: 3), .init(line: 5, count: 1),
            ])
    }

    private func blanks(_ text: String) -> String { SourceScanner.code(of: text) }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
