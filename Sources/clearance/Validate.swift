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

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func validate() throws {
        if files.isEmpty { throw ValidationError("nothing to check: name a file, a folder or -") }
    }

    func run() throws {
        let check = try signatures.check()
        let inputs = try InputFiles(files)
        let language = languages.language
        let reading = Reading(
            profile: profile?.profile, mapping: try tables.file(language), signatures: check)
        var report = ValidateReport(isStrict: strict, isJSON: json, language: language)
        var progress = Progress(language("校验", "validate"), total: inputs.totalBytes)
        var bytes = 0
        for input in inputs.inputs {
            report.begin(input.path)
            var reader = reading.reader(of: input.path)
            try input.forEachPiece { piece in
                reader.push(piece.span) { report.take($0) }
                bytes += piece.count
                progress.update(bytes)
                try report.flush()
                return true
            }
            reader.finish { report.take($0) }
            try report.flush()
        }
        progress.finish()
        try report.finish()
        if report.isRefused { throw Exit.refused }
    }
}
