import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceTesting
import Foundation

/// `clearance generate`: a seeded, invented world of trade as files.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "生成 · Write a seeded, invented world of trade.",
        discussion: """
            Nobody in it exists. The same seed and options give the same files. What a slow \
            reference says of its orders stands in `expected`.

            Example:
              clearance generate world --orders 1000 --seed 7 --format ceb
            """)

    @Argument(help: ArgumentHelp("Folder for the files.", valueName: "dir"))
    var folder: String

    @Option(help: "How many orders are placed.")
    var orders: Int

    @Option(help: "The seed of everything.")
    var seed: UInt64 = 1

    @Option(help: "ndjson or ceb.")
    var format = Format.ndjson

    @Option(help: "Edition of the messages: 202205 or 2018-113.")
    var schema = Schema.v202205

    @Option(
        help: ArgumentHelp(
            "Factor on everything that goes wrong: 0 = all papers agree, at most 10.",
            valueName: "rate"))
    var disturb = 1.0

    @Option(
        help: ArgumentHelp("Also feed this ledger; it is made when absent.", valueName: "ledger"))
    var into: String?

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    enum Format: String, ExpressibleByArgument, CaseIterable { case ceb, ndjson }

    enum Schema: String, ExpressibleByArgument, CaseIterable {
        case v202205 = "202205"
        case v2018 = "2018-113"
    }

    func validate() throws {
        if orders < 0 { throw ValidationError("--orders is not negative") }
        guard (0...10).contains(disturb) else {
            throw ValidationError("--disturb lies between 0 and 10")
        }
    }

    func run() throws {
        let language = languages.language
        let world = World(
            WorldSettings(
                seed: seed, orders: orders, disturb: disturb, schema: schema.rawValue))
        let generated = try GeneratedWorld.write(
            world, to: folder, format: format == .ceb ? .ceb : .ndjson, language)
        var ingested: IngestReport?
        if let into {
            ingested = try GeneratedWorld.feed(folder, to: into, language)
        }
        if json {
            try Output.json { writer in
                generated.write(to: &writer)
                if let ingested { writer.member(object: "ingest") { ingested.write(to: &$0) } }
            }
        } else {
            try generated.table(language).print()
            if let ingested { try ingested.table(language).print() }
        }
        if ingested?.hasRefusals == true, disturb == 0 { throw Exit.refused }
    }
}

/// A world as it was written, and what the slow reference says of it.
struct GeneratedWorld {
    let report: WorldWriter.Report
    let expected: World.Expectation
    let seconds: Double
    let referenceSeconds: Double

    /// Writes the files of a world, with a bar, and asks the reference.
    static func write(
        _ world: World, to folder: String, format: WorldWriter.Format, _ language: Language
    ) throws -> GeneratedWorld {
        try Ledger.checkOutside(folder)
        let watch = Stopwatch()
        var sink = CountingSink(
            folder: FolderSink(folder), progress: Progress(language("生成", "generate"), total: 0))
        let report: WorldWriter.Report
        do { report = try WorldWriter(world, format: format).write(into: &sink) } catch {
            throw MachineFailure(folder, error)
        }
        sink.progress.finish()
        let seconds = watch.seconds
        let reference = Stopwatch()
        let expected = world.expected(lastDay: report.lastDay ?? world.settings.firstDay)
        return GeneratedWorld(
            report: report, expected: expected, seconds: seconds,
            referenceSeconds: reference.seconds)
    }

    /// Feeds a folder to a ledger; its events count as recorded when they happened, so that the
    /// same world gives the same ledger.
    static func feed(
        _ folder: String, to path: String, _ language: Language
    ) throws -> IngestReport {
        let watch = Stopwatch()
        let files = try InputFiles([folder])
        let ledger = try Wiring.writer(path)
        let notices = Notices(language, shown: 0)
        let ingestor = Ingestor(
            ledger, Ingestor.Options(),
            rejects: try RejectsFile(ledger: path, path: nil, showsRaw: false), notices: notices)
        try ingestor.read(files, title: language("入账", "ingest"))
        try ingestor.finish()
        try ledger.close()
        var report = ingestor.report
        report.seconds = watch.seconds
        return report
    }

    /// The members of the JSON object.
    func write(to writer: inout JSONWriter) {
        writer.member("files", report.files)
        writer.member("papers", report.papers)
        writer.member("events", report.events)
        writer.member(object: "expected") { writer in
            for count in expected.outcomes { writer.member(count.outcome, count.orders) }
        }
        writer.member(object: "expectedOrphans") { writer in
            for count in expected.orphans { writer.member(count.outcome, count.orders) }
        }
    }

    /// The report as a table.
    func table(_ language: Language) -> Box {
        var box = Box(right: [1])
        box.add(language("文件", "files"), Figures.grouped(report.files))
        box.add(language("单证", "papers"), Figures.grouped(report.papers))
        box.add(language("事件", "events"), Figures.grouped(report.events))
        box.add(
            language("用时", "time"),
            "\(Figures.fixed(seconds, 2)) s · "
                + "\(Figures.short(Double(report.events) / max(seconds, 1e-6)))/s")
        for count in expected.outcomes {
            box.add(language("预期 ", "expected ") + count.outcome, Figures.grouped(count.orders))
        }
        return box
    }
}

/// Files in a folder, with a bar that counts their bytes.
private struct CountingSink: FileSink {
    var folder: FolderSink
    var progress: Progress
    private var bytes = 0

    init(folder: FolderSink, progress: Progress) {
        self.folder = folder
        self.progress = progress
    }

    mutating func store(_ content: [UInt8], at path: String) throws {
        try folder.store(content, at: path)
        bytes += content.count
        progress.update(bytes)
    }
}
