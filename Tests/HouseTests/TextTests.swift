import Testing

@Suite("The house rules over the text of the code")
struct TextTests {
    @Test("No line is wider than 100 columns")
    func width() {
        var offenders: [String] = []
        for file in Repository.swiftFiles {
            for (index, line) in file.lines.enumerated() where columns(line) > 100 {
                offenders.append("\(file.path):\(index + 1)")
            }
        }
        #expect(offenders == [])
    }

    @Test("No source file has more than 300 lines")
    func fileLength() {
        let offenders = Repository.sources.filter { $0.lines.count - 1 > 300 }
            .map { "\($0.path): \($0.lines.count - 1)" }
        #expect(offenders == [])
    }

    @Test("No function has more than 70 lines")
    func functionLength() {
        let offenders = Repository.swiftFiles.flatMap { file in
            FunctionFinder.functions(in: file).filter { $0.count > 70 }
                .map { "\(file.path):\($0.line): \($0.count)" }
        }
        #expect(offenders == [])
    }

    @Test("Nothing is left to be done in a comment")
    func leftovers() {
        // Written apart, so that this file keeps its own rule.
        let words = ["TO" + "DO", "FIX" + "ME", "HA" + "CK:", "for " + "now"]
        let offenders = offendingLines(Repository.swiftFiles) { line in
            words.contains { line.contains($0) }
        }
        #expect(offenders == [])
    }

    @Test("No error is trapped and no type is forced")
    func forced() throws {
        let pattern = try Regex(#"\b(?:try|as)!"#, as: Substring.self)
        #expect(Repository.swiftFiles.flatMap { $0.places(ofCode: pattern) } == [])
    }

    @Test("Only the store and the borders of C are unsafe")
    func memory() throws {
        let borders = [
            "Sources/ClearanceInterchange/CEB/XMLTape.swift",
            "Sources/ClearanceInterchange/DXP/XMLStream.swift",
            "Sources/ClearanceInterchange/Encoding/Iconv.swift",
            "Sources/ClearanceInterchange/JSON/SimdJSON.swift",
            // libxml2's tree and libcrypto's keys behind `CXMLSignature`: handles, bytes copied.
            "Sources/ClearanceSignatures/LibCrypto.swift",
            "Sources/ClearanceSignatures/LibXML.swift",
        ]
        let pattern = try Regex(#"\bunsafe\b|\bUnsafe[A-Z]"#, as: Substring.self)
        let offenders = Repository.sources
            .filter { $0.room != "ClearanceStore" && !borders.contains($0.path) }
            .flatMap { $0.places(ofCode: pattern) }
        #expect(offenders == [])
        for border in borders { #expect(Repository.exists(border)) }
    }

    @Test("What is sendable unchecked says why, right above")
    func unchecked() {
        var offenders: [String] = []
        for file in Repository.swiftFiles {
            for index in file.code.indices where file.code[index].contains("@unchecked Sendable") {
                var above = index - 1
                var comment = ""
                while above >= 0, file.lines[above].drop(while: { $0 == " " }).hasPrefix("//") {
                    comment = file.lines[above] + comment
                    above -= 1
                }
                if !comment.contains("@unchecked Sendable:") {
                    offenders.append("\(file.path):\(index + 1)")
                }
            }
        }
        #expect(offenders == [])
    }

    @Test("Code is ASCII; Chinese stands in texts and comments")
    func ascii() {
        var offenders: [String] = []
        for file in Repository.swiftFiles {
            for (index, line) in file.code.enumerated() where !line.utf8.allSatisfy({ $0 < 128 }) {
                offenders.append("\(file.path):\(index + 1)")
            }
        }
        #expect(offenders == [])
    }

    @Test("Every public type of the libraries says what it is")
    func publicTypes() {
        let pattern =
            #/^\s*(@\w+(\([^)]*\))? )*public (final )?(struct|enum|class|protocol|actor) /#
        var offenders: [String] = []
        for file in Repository.sources where file.room != "clearance" {
            for (index, line) in file.code.enumerated() where line.contains(pattern) {
                var above = index - 1
                while above >= 0, file.lines[above].contains(#/^\s*(@|//(?!/))/#) { above -= 1 }
                let isTold = above >= 0 && file.lines[above].contains(#/^\s*///|\*/\s*$/#)
                if !isTold { offenders.append("\(file.path):\(index + 1)") }
            }
        }
        #expect(offenders == [])
    }

    private func offendingLines(
        _ files: [SourceFile], _ isOffending: (Substring) -> Bool
    ) -> [String] {
        files.flatMap { file in
            file.lines.indices.filter { isOffending(file.lines[$0]) }
                .map { "\(file.path):\($0 + 1)" }
        }
    }

    /// Columns as an editor shows them: one a character, wide ones too (as the formatter counts).
    private func columns(_ line: Substring) -> Int { line.count }
}
