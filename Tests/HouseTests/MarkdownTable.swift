/// Reads tables and links out of the pages of the specification.
enum MarkdownTable {
    /// The cells of every row of the first table whose head begins with `headed`.
    static func rows(of text: String, headed: String) -> [[String]] {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let head = lines.firstIndex(where: { cells($0)?.first == headed }) else { return [] }
        return lines[(head + 2)...].prefix { $0.hasPrefix("|") }.compactMap(cells)
    }

    /// The cells of a table's line; nil for any other line.
    static func cells(_ line: Substring) -> [String]? {
        guard line.hasPrefix("|"), line.hasSuffix("|"), line.count > 1 else { return nil }
        return line.dropFirst().dropLast().split(separator: "|", omittingEmptySubsequences: false)
            .map { $0.trimming(" ") }
    }

    /// The targets of all links of a page, code blocks left out.
    static func links(of text: String) -> [String] {
        var isCode = false
        var found: [String] = []
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") { isCode.toggle() }
            if isCode { continue }
            found += line.matches(of: #/\]\(([^)\s]+)\)/#).map { String($0.output.1) }
        }
        return found
    }
}

extension Substring {
    /// The text without a character at either end.
    func trimming(_ character: Character) -> String {
        var rest = self
        while rest.first == character { rest.removeFirst() }
        while rest.last == character { rest.removeLast() }
        return String(rest)
    }
}
