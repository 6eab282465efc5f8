import ArgumentParser
import ClearanceEvents
import ClearanceInterchange

/// `clearance validate`: the checks of ingest without a ledger.
struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "校验 · Check documents as ingest would, without a ledger.",
        discussion: """
            Three layers a document: form (refuses), values and business (findings), each with its
            code, customs' error number, place and reason.

            Example:
              clearance validate outbox/ --strict
            """)

    @Argument(help: "Files, folders or - for standard input.")
    var files: [String]

    @Option(help: "open or ceb: which fields are demanded (default: ceb for XML, else open).")
    var profile: ProfileArgument?

    @Flag(help: "Count findings as refusals: exit 65 for them too.")
    var strict = false

    @OptionGroup(title: "Signatures") var signatures: SignatureOptions

    @OptionGroup var tables: MappingOption

    @Option(help: "Threads that read (default: one for each core).")
    var jobs = Jobs.usual

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func validate() throws {
        if files.isEmpty { throw ValidationError("nothing to check: name a file, a folder or -") }
        try Jobs.check(jobs)
    }

    func run() throws {
        let check = try signatures.check()
        let inputs = try InputFiles(files)
        let language = languages.language
        let reading = Reading(
            profile: profile?.profile, mapping: try tables.file(language), signatures: check)
        let limits = InputLimits()
        let pipeline = InputPipeline(
            inputs, reading: reading, jobs: jobs, limits: limits,
            maker: { CheckMaker(limits: limits) })
        var report = ValidateReport(isStrict: strict, isJSON: json, language: language)
        var progress = Progress(language("校验", "validate"), total: inputs.totalBytes)
        var (begun, failed) = (-1, 0)
        while let delivery = pipeline.take() {
            switch delivery {
            case .portion(let portion, let file, let bytes):
                if begun != file { report.begin(inputs.inputs[file].path) }
                begun = file
                report.take(portion)
                try report.flush()
                progress.add(bytes)
            case .end(let file, let end):
                if case .failed(let failure) = end {
                    failed += 1
                    Output.say("clearance: \(failure.description)")
                }
                progress.passed(inputs.inputs[file].bytes)
            }
        }
        progress.finish()
        try report.finish()
        if failed > 0 { throw Exit.machine }
        if report.isRefused { throw Exit.refused }
    }
}
