import Foundation
import Testing

@Suite("The pages")
struct DocumentTests {
    private static let pages: [String] =
        ["README.md", "CHANGELOG.md"] + Repository.files(under: "specs", ending: "md")

    @Test("Every relative link leads somewhere")
    func links() {
        var offenders: [String] = []
        for page in Self.pages {
            let folder = page.split(separator: "/").dropLast().joined(separator: "/")
            for link in MarkdownTable.links(of: Repository.text(page)) where !isRemote(link) {
                let parts = link.split(
                    separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
                let file = parts[0].isEmpty ? page : folder + "/" + parts[0]
                if !Repository.exists(file) { offenders.append("\(page): \(link)") }
                if parts.count == 2, !anchors(of: file).contains(String(parts[1])) {
                    offenders.append("\(page): \(link)")
                }
            }
        }
        #expect(offenders == [])
    }

    @Test("The account of the 191 rows is whole and says why something is missing")
    func coverage() throws {
        var rows: [Int: [String]] = [:]
        for line in Repository.text("specs/coverage.md").split(separator: "\n") {
            guard let cells = MarkdownTable.cells(line), let number = Int(cells[0]) else {
                continue
            }
            #expect(rows[number] == nil, "row \(number) stands twice")
            rows[number] = cells
        }
        #expect(rows.keys.sorted() == Array(1...191))
        for (number, cells) in rows.sorted(by: { $0.key < $1.key }) {
            try #require(cells.count == 7, "row \(number)")
            let (status, reason) = (cells[5], cells[6])
            #expect(["done", "later", "out"].contains(status), "row \(number): \(status)")
            #expect(status == "done" || !reason.isEmpty, "row \(number) gives no reason")
        }
    }

    @Test("The change log has a head for what is not released")
    func changes() {
        let log = Repository.text("CHANGELOG.md")
        #expect(log.hasPrefix("# Changelog\n"))
        #expect(log.contains("\n## [Unreleased]\n"))
    }

    @Test("The README's first screen has both commands, and the page stays short")
    func readme() {
        let lines = Repository.text("README.md").split(
            separator: "\n", omittingEmptySubsequences: false)
        let screen = lines.prefix(25).joined(separator: "\n")
        #expect(screen.contains("make demo") && screen.contains("make test"))
        #expect(lines.count <= 110)
    }

    @Test("Every target that a page or the Makefile names is one that make has")
    func targets() {
        let makefile = Repository.text("Makefile")
        let rules = Set(makefile.matches(of: #/(?m)^([a-z-]+):/#).map { String($0.1) })
        let phony = makefile.firstMatch(of: #/(?m)^\.PHONY: (.*)$/#)
        #expect(rules == Set((phony?.1 ?? "").split(separator: " ").map(String.init)))
        for page in Self.pages {
            for named in Repository.text(page).matches(of: #/`make ([a-z-]+)/#) {
                #expect(rules.contains(String(named.1)), "\(page): \(named.0)")
            }
        }
    }

    @Test("No page and no file speaks of the workplace that it was written in")
    func workplace() {
        // Written apart, so that this file keeps its own rule.
        let words = ["/wo" + "rk/", "sha" + "red/", ".lib" + "rary", "AI" + "-generated"]
        var offenders: [String] = []
        let texts =
            Self.pages.map { ($0, Repository.text($0)) }
            + Repository.sources.map { ($0.path, $0.lines.joined(separator: "\n")) }
        for (path, text) in texts {
            for word in words where text.contains(word) { offenders.append("\(path): \(word)") }
        }
        #expect(offenders == [])
    }

    private func isRemote(_ link: String) -> Bool {
        link.hasPrefix("http://") || link.hasPrefix("https://") || link.hasPrefix("mailto:")
    }

    /// The anchors of a page's heads, made as the usual hosts make them.
    private func anchors(of page: String) -> Set<String> {
        var found: Set<String> = []
        for line in Repository.text(page).split(separator: "\n") where line.hasPrefix("#") {
            let title = line.drop { $0 == "#" }.trimming(" ").lowercased()
            found.insert(
                String(
                    title.compactMap { character -> Character? in
                        if character == " " { return "-" }
                        let isKept =
                            character.isLetter || character.isNumber || "-_".contains(character)
                        return isKept ? character : nil
                    }))
        }
        return found
    }
}
