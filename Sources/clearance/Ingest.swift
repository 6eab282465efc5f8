import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import Foundation

/// `--profile`.
enum ProfileArgument: String, ExpressibleByArgument, CaseIterable {
    case open, ceb

    var profile: EventProfile { self == .open ? .open : .ceb }
}

/// `clearance ingest`: reads documents and appends them.
struct Ingest: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "入账 · Read files, folders or - and append what they say.",
        discussion: """
            CEB XML and NDJSON CloudEvents are told apart by their content. What the ledger \
            already has is not appended again, so the same input can be fed any number of times.

            Example:
              clearance ingest ledger papers/ --recorded-at input --json
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "Files, folders (in byte order of their paths) or - for standard input.")
    var inputs: [String]

    @Option(help: "File for refused documents (default: LEDGER.rejects/).")
    var rejects: String?

    @Flag(help: "Keep refused documents unmasked.")
    var rejectsRaw = false

    @Option(help: "record keeps requests that break rules; enforce refuses them.")
    var admission = Admission.record

    @Option(help: "open or ceb: which fields are demanded (default: ceb for XML, else open).")
    var profile: ProfileArgument?

    @Option(
        help: ArgumentHelp(
            "When the events count as recorded: now, input (their own times) or a time.",
            valueName: "time|now|input"))
    var recordedAt = RecordedArgument.now

    @Option(
        help: ArgumentHelp(
            "File with the key of personal marks: 16 bytes or 32 hexadecimal digits.",
            valueName: "file"))
    var indexKey: String?

    @Option(
        name: .customLong("ack-fd"),
        help: ArgumentHelp(
            "For supervisors: write the last durable position to this descriptor.",
            valueName: "n"))
    var acknowledgeDescriptor: Int32?

    @Option(
        help: ArgumentHelp(
            "Events of one durable batch, for supervisors and tests.", visibility: .hidden))
    var batchEvents = Ingestor.batchEvents

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    enum Admission: String, ExpressibleByArgument, CaseIterable { case record, enforce }

    func validate() throws {
        if inputs.isEmpty { throw ValidationError("nothing to read: name a file, a folder or -") }
        if let descriptor = acknowledgeDescriptor, descriptor < 0 {
            throw ValidationError("--ack-fd takes an open descriptor")
        }
        guard (1...LedgerLimits.batchEvents).contains(batchEvents) else {
            throw ValidationError("--batch-events lies between 1 and \(LedgerLimits.batchEvents)")
        }
    }

    func run() throws {
        let language = languages.language
        let files = try InputFiles(inputs)
        let key = try Wiring.indexKey(indexKey)
        let recorded: RecordedTime =
            switch recordedAt {
            case .now: .at(Clock.now)
            case .input: .input
            case .time(let time): .at(time)
            }
        let watch = Stopwatch()
        let target = try Wiring.writer(ledger.path, indexKey: key)
        let rejected = try RejectsFile(ledger: ledger.path, path: rejects, showsRaw: rejectsRaw)
        let notices = Notices(language)
        let ingestor = Ingestor(
            target, recordedAt: recorded, rejects: rejected, notices: notices,
            acknowledgements: acknowledgeDescriptor.map { FileHandle(fileDescriptor: $0) },
            batchEvents: batchEvents, enforces: admission == .enforce)
        try ingestor.read(
            files, profile: profile?.profile, title: language("入账", "ingest"))
        try ingestor.finish()
        try target.close()
        notices.finish()
        var report = ingestor.report
        report.seconds = watch.seconds
        try print(report, rejected.writtenPath, language)
        if report.hasRefusals { throw Exit.refused }
    }

    private func print(
        _ report: IngestReport, _ rejects: String?, _ language: Language
    ) throws {
        if let rejects, report.rejected > 0 {
            Output.say(language("拒收的单证在 ", "refused documents are in ") + rejects)
        }
        if json {
            try Output.json { report.write(to: &$0) }
        } else {
            try report.table(language).print()
        }
    }
}
