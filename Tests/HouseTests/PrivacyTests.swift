import Testing

@Suite("Folds and personal data")
struct PrivacyTests {
    private static let rooms: Set<String> = ["ClearanceMatching", "ClearanceProjections"]
    private static let folds = Repository.sources.filter { rooms.contains($0.room) }

    /// `layout.field` of everything that the vocabulary puts into a personal section.
    private static let personal: Set<String> = {
        var found: Set<String> = []
        for file in Repository.sources where file.path.contains("/Catalogue/Vocabulary") {
            var layout = ""
            for line in file.lines {
                let head = line.split(separator: "·")[...].first ?? ""
                let words = head.split(separator: " ")
                if words.first == "layout", words.count > 1 { layout = String(words[1]) }
                if words.contains("buyer") || words.contains("consignee"), words.count > 2 {
                    found.insert(layout + "." + words[0].filter { $0 != "!" })
                }
            }
        }
        return found
    }()

    @Test("The vocabulary names the personal fields that this rule is about")
    func vocabulary() {
        #expect(Self.personal.contains("order.buyerName"))
        #expect(Self.personal.contains("order.consigneeAddress"))
        #expect(!Self.personal.contains("order.orderNo"))
    }

    @Test("No fold takes an event out of its view or reads when it was recorded")
    func ways() throws {
        let pattern = try Regex(
            #"\bEvent\(|\bStoredEvent\b|\bRecordDecoder\b|\btrailer\b|\brecordedTime\b"#,
            as: Substring.self)
        #expect(Self.folds.flatMap { $0.places(ofCode: pattern) } == [])
    }

    @Test("No fold reads a personal field other than by its mark")
    func marks() throws {
        let names = Set(Self.personal.compactMap { $0.split(separator: ".").last.map(String.init) })
        let literal = #/\b(?:let|var)\s+(\w+)[^"]*\.field\("([^"]*)"\)/#
        var offenders: [String] = []
        for file in Self.folds {
            for (index, line) in file.lines.enumerated() {
                guard let match = line.firstMatch(of: literal) else { continue }
                let path = String(match.output.2)
                let last = path.split(separator: ".").last.map(String.init) ?? ""
                let isPersonal =
                    path.contains("\\(") ? names.contains(last) : Self.personal.contains(path)
                guard isPersonal else { continue }
                let name = String(match.output.1)
                for (use, code) in file.code.enumerated() where use != index {
                    if reads(name, in: code) {
                        offenders.append("\(file.path):\(use + 1): \(name)")
                    }
                }
            }
        }
        #expect(offenders == [])
    }

    /// Whether a line hands the field to a reader of values.
    private func reads(_ name: String, in code: Substring) -> Bool {
        let reader = #"\.(text|string|decimal|integer|day|time|flag|forEachRecord|forEachText)\("#
        guard let pattern = try? Regex(reader + #"[^)]*\b"# + name + #"\b"#) else { return true }
        return code.contains(pattern)
    }
}
