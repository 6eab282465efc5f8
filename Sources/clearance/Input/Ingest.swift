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
            CEB XML, alone or in DXP envelopes, NDJSON CloudEvents, payment data and, with a \
            mapping, tables are told apart by their content. What the ledger \
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
        help: ArgumentHelp(
            "How a new ledger keeps personal sections: each under a key of its own, or clear.",
            valueName: "sealed|clear"))
    var sealing = SealingArgument.sealed

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

    @Option(help: "Threads that read (default: one for each core).")
    var jobs = Jobs.usual

    @Flag(help: "Read inputs again although all of them is in the ledger.")
    var reread = false

    @OptionGroup(title: "Signatures") var signatures: SignatureOptions

    @OptionGroup var signing: RecordKeyOption

    @OptionGroup var tables: MappingOption

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    enum SealingArgument: String, ExpressibleByArgument, CaseIterable { case sealed, clear }

    enum Admission: String, ExpressibleByArgument, CaseIterable { case record, enforce }

    func validate() throws {
        if inputs.isEmpty { throw ValidationError("nothing to read: name a file, a folder or -") }
        if let descriptor = acknowledgeDescriptor, fcntl(descriptor, F_GETFD) < 0 {
            throw ValidationError("--ack-fd takes an open descriptor")
        }
        guard (1...InputLimits.jobs).contains(jobs) else {
            throw ValidationError("--jobs lies between 1 and \(InputLimits.jobs)")
        }
        guard (1...LedgerLimits.batchEvents).contains(batchEvents) else {
            throw ValidationError("--batch-events lies between 1 and \(LedgerLimits.batchEvents)")
        }
    }

    func run() throws {
        let language = languages.language
        let files = try InputFiles(inputs)
        let mapping = try tables.file(language)
        let key = try Wiring.indexKey(indexKey)
        var options = try self.options()
        options.reading.mapping = mapping
        let watch = Stopwatch()
        let interrupt = Interrupt()
        let target = try Wiring.writer(
            ledger.path, indexKey: key, sealing: sealing == .clear ? .clear : .sealed,
            signers: try signing.signers())
        try Disclosure.takeIn(target, recordedAt: options.recordedAt)
        let rejected = try RejectsFile(ledger: ledger.path, path: rejects, showsRaw: rejectsRaw)
        let notices = Notices(language)
        let ingestor = Ingestor(
            target, options, rejects: rejected, notices: notices, interrupt: interrupt)
        try ingestor.read(files, title: language("入账", "ingest"))
        let signal = interrupt.signalled
        if signal == nil {
            try ingestor.finish()
            try target.close()
        } else {
            try ingestor.stop()
        }
        notices.finish()
        var report = ingestor.report
        report.seconds = watch.seconds
        try print(report, rejected.writtenPath, ingestor.skippedRejects, language)
        if let signal {
            Output.say(
                language(
                    "已中断：账本位置 \(report.position)，再次运行即可继续",
                    "interrupted at position \(report.position); run it again to go on"))
            throw ExitCode(Interrupt.status(of: signal))
        }
        if report.files.failed > 0 { throw Exit.machine }
        if report.hasRefusals { throw Exit.refused }
    }

    private func options() throws -> Ingestor.Options {
        var options = Ingestor.Options()
        options.recordedAt =
            switch recordedAt {
            case .now: .at(Clock.now)
            case .input: .input
            case .time(let time): .at(time)
            }
        options.reading.profile = profile?.profile
        options.reading.signatures = try signatures.check()
        options.enforces = admission == .enforce
        options.rereads = reread
        options.jobs = jobs
        options.batchEvents = batchEvents
        options.acknowledgements = acknowledgeDescriptor.map { FileHandle(fileDescriptor: $0) }
        return options
    }

    private func print(
        _ report: IngestReport, _ rejects: String?, _ skipped: Int, _ language: Language
    ) throws {
        if skipped > 0 {
            Output.say(
                language(
                    "跳过的文件中有 \(skipped) 份拒收单证，以前已写入拒收目录",
                    "\(skipped) refused documents of skipped files stand in the rejects already"))
        }
        if let rejects, report.rejected > skipped {
            Output.say(language("拒收的单证在 ", "refused documents are in ") + rejects)
        }
        if json {
            try Output.json { report.write(to: &$0) }
        } else {
            try report.table(language).print()
        }
    }
}
