import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import Foundation

/// The file of a life.
enum LifeFile {
    /// A path as given, or `specs/lives/NN-*.ndjson` beside the tool or the working directory.
    static func find(_ name: String) throws -> String {
        let files = FileManager.default
        if files.fileExists(atPath: name) { return name }
        guard let number = Int(name) else { throw MachineFailure("\(name): no such file") }
        let prefix = Figures.two(number) + "-"
        let tool = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        let starts = [
            URL(fileURLWithPath: files.currentDirectoryPath), tool.deletingLastPathComponent(),
        ]
        for start in starts {
            var folder = start
            while folder.path != "/" {
                let lives = folder.appendingPathComponent("specs/lives").path
                let names = (try? files.contentsOfDirectory(atPath: lives)) ?? []
                let found = names.sorted().first {
                    $0.hasPrefix(prefix) && $0.hasSuffix(".ndjson")
                }
                if let found { return lives + "/" + found }
                folder.deleteLastPathComponent()
            }
        }
        throw MachineFailure("specs/lives/\(prefix)*.ndjson: no such file")
    }
}

/// One life told event by event: what was said, and what it changed.
struct LifeStory {
    private let file: String
    private let path: String
    private let language: Language
    private(set) var run = DemoRun()

    /// Feeds the life to a ledger of its own and audits it.
    init(file: String, ledger path: String, language: Language) throws {
        self.file = file
        self.path = path
        self.language = language
        let ledger = try Wiring.writer(path)
        let ingestor = Ingestor(
            ledger, Ingestor.Options(),
            rejects: try RejectsFile(ledger: path, path: nil, showsRaw: false),
            notices: Notices(language))
        let watch = Stopwatch()
        try ingestor.read(try InputFiles([file]))
        try ingestor.finish()
        try ledger.close()
        run.ingested = ingestor.report
        run.ingested.seconds = watch.seconds
        try run.audit(path, language)
    }

    /// Prints the story.
    func print() throws {
        let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
        try Output.line("▌ " + name)
        try Output.line()
        let ledger = try Wiring.reader(path)
        var day = ""
        for stored in try ledger.events(limit: .max) {
            let event = stored.event
            let today = event.time.beijingDay.description
            if today != day {
                try Output.line("── \(today) " + String(repeating: "─", count: 40))
                day = today
            }
            let what = language(event.type.definition?.chinese ?? "", event.type.name)
            let clock = Instant(microseconds: event.time.microseconds).rfc3339
            try Output.line(
                "\(clock.dropFirst(11).prefix(8))  \(what)  \(Subject(event.subject).display)")
            for line in try changes(ledger, stored) { try Output.line("          └ " + line) }
        }
        try Output.line()
        for line in run.matched.lines(language) { try Output.line(line) }
        try Output.line(
            language("重放一致 ", "replay identical ")
                + (run.isIdentical ? "✓" : "✗")
                + language("  记录完好 ", "  entries sound ") + (run.isIntact ? "✓" : "✗"))
    }

    /// What an event changed about its own thing, in words of codes.
    private func changes(_ ledger: Ledger, _ stored: StoredEvent) throws -> [String] {
        let subject = Subject(stored.event.subject)
        guard subject.isWellFormed, subject != .beijingClock else { return [] }
        let history = try ThingHistory(ledger, subject)
        let changes = ThingHistory.changes(
            from: try history.rows(at: stored.position - 1),
            to: try history.rows(at: stored.position))
        let telling = ["outcome", "kind", "phase", "word", "computed", "recorded"]
        return changes.filter { change in
            let last = change.path.split(separator: ".").last.map(String.init) ?? ""
            return telling.contains(last) || change.path.contains("findings")
        }.map { "\($0.projection) \($0.path): \($0.old.display) → \($0.new.display)" }
    }
}
