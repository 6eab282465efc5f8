import ArgumentParser
import ClearanceInterchange
import ClearanceLedger

/// `clearance replay`: rebuilds the projections beside the live ones and compares.
struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "重放 · Rebuild every projection from the log and compare.",
        discussion: """
            With --at the named thing is shown as the ledger knew it at a position; with --diff \
            what changed about it between two positions. Nothing is ever written.

            Example:
              clearance replay ledger --diff 100 250 order:EBP1/NO1 --json
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "With --at P: SUBJECT. With --diff P: Q SUBJECT.")
    var rest: [String] = []

    @Option(help: ArgumentHelp("Rebuild only up to this position.", valueName: "p"))
    var until: UInt64?

    @Option(help: ArgumentHelp("Show SUBJECT as known at this position.", valueName: "p"))
    var at: UInt64?

    @Option(
        help: ArgumentHelp("Show what changed about SUBJECT from this position.", valueName: "p"))
    var diff: UInt64?

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func validate() throws {
        guard [until, at, diff].compactMap({ $0 }).count <= 1 else {
            throw ValidationError("--until, --at and --diff exclude each other")
        }
        if at != nil {
            guard rest.count == 1, SubjectArgument(argument: rest[0]) != nil else {
                throw ValidationError("--at P is followed by one subject")
            }
        } else if let diff {
            guard rest.count == 2, let end = UInt64(rest[0]),
                SubjectArgument(argument: rest[1]) != nil
            else { throw ValidationError("--diff P is followed by Q and one subject") }
            guard diff <= end else { throw ValidationError("P lies behind Q") }
        } else if !rest.isEmpty {
            throw ValidationError("unexpected argument \(rest[0])")
        }
    }

    func run() throws {
        let source = try Wiring.reader(ledger.path)
        let end = try source.position()
        for position in [until, at, diff, diff == nil ? nil : UInt64(rest[0])] {
            if let position, position > end {
                throw ValidationError("the ledger ends at position \(end)")
            }
        }
        if let at, let subject = SubjectArgument(argument: rest[0]) {
            return try show(source, subject, at: at)
        }
        if let diff, let last = UInt64(rest[0]), let subject = SubjectArgument(argument: rest[1]) {
            return try show(source, subject, from: diff, to: last)
        }
        let report = try Replay.check(source, until: until)
        if json {
            try Output.json { report.write(to: &$0) }
        } else {
            try report.table(languages.language).print()
        }
        if report.report.isIdentical == false { throw Exit.check }
    }

    /// Replays with a stopwatch.
    static func check(_ source: Ledger, until: UInt64? = nil) throws -> TimedReplay {
        let watch = Stopwatch()
        let report = try source.replay(until: until)
        return TimedReplay(report: report, seconds: watch.seconds)
    }
}

/// A replay and how long it took.
struct TimedReplay {
    let report: ReplayReport
    let seconds: Double

    var eventsPerSecond: Double { Double(report.events) / max(seconds, 1e-6) }

    /// The members of the JSON object.
    func write(to writer: inout JSONWriter) {
        writer.member("events", report.events)
        writer.member("eventsPerSecond", eventsPerSecond)
        writer.member("digest", report.digest)
        writer.member("live", orNull: report.live)
        writer.name("identical")
        if let identical = report.isIdentical { writer.value(identical) } else { writer.null() }
    }

    /// The report as a table.
    func table(_ language: Language) -> Box {
        var box = Box()
        box.add(language("事件", "events"), Figures.grouped(Int(report.events)))
        box.add(language("速度", "rate"), Figures.short(eventsPerSecond) + "/s")
        box.add(language("重放摘要", "digest"), report.digest)
        box.add(language("现行摘要", "live"), report.live ?? "–")
        let same = report.isIdentical.map { $0 ? "✓" : "✗" } ?? "–"
        box.add(language("一致", "identical"), same)
        return box
    }
}
