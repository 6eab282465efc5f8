import ArgumentParser
import ClearanceEvents
import ClearanceInterchange

/// `clearance validate`: the checks of ingest without a ledger.
struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "校验 · Check documents as ingest would, without a ledger.",
        discussion: """
            Example:
              clearance validate CEB621.xml --profile ceb
            """)

    @Argument(help: "Files, folders or - for standard input.")
    var files: [String]

    @Option(help: "open or ceb: which fields are demanded (default: ceb for XML, else open).")
    var profile: ProfileArgument?

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    @Option(help: "Threads that read (default: one for each core).")
    var jobs = Jobs.usual

    func validate() throws {
        if files.isEmpty { throw ValidationError("nothing to check: name a file, a folder or -") }
        try Jobs.check(jobs)
    }

    func run() throws {
        let inputs = try InputFiles(files)
        let notices = Notices(languages.language)
        var reading = Reading()
        reading.profile = profile?.profile
        let limits = InputLimits()
        let pipeline = InputPipeline(
            inputs, reading: reading, jobs: jobs, limits: limits,
            maker: { CheckMaker(limits: limits) })
        var (documents, valid, found, failed) = (0, 0, 0, 0)
        var faults: [CheckPortion.Found] = []
        var bar = Progress(languages.language("校验", "validate"), total: inputs.totalBytes)
        while let delivery = pipeline.take() {
            switch delivery {
            case .portion(let portion, _, let bytes):
                documents += portion.documents
                valid += portion.valid
                found += portion.faults.count
                notices.findings(portion.shownFindings, of: portion.findings)
                // Only the object of --json has to hold them all.
                if json { faults += portion.faults } else { try portion.faults.forEach(line) }
                bar.add(bytes)
            case .end(let file, let end):
                if case .failed(let failure) = end {
                    failed += 1
                    Output.say("clearance: \(failure.description)")
                }
                bar.passed(inputs.inputs[file].bytes)
            }
        }
        bar.finish()
        notices.finish()
        try json ? print(documents, valid, faults) : summary(documents, valid, found)
        if failed > 0 { throw Exit.machine }
        if found > 0 { throw Exit.refused }
    }

    private func print(_ documents: Int, _ valid: Int, _ faults: [CheckPortion.Found]) throws {
        try Output.json { writer in
            writer.member("documents", documents)
            writer.member("valid", valid)
            writer.member(array: "faults") { writer in
                for found in faults {
                    writer.object { writer in
                        writer.member("file", found.place.file)
                        writer.member("index", found.place.index)
                        writer.member("line", found.line)
                        writer.member("column", found.column)
                        writer.member("path", found.fault.path)
                        writer.member("code", found.fault.code)
                        writer.member("message", found.fault.message)
                    }
                }
            }
        }
    }

    private func line(_ found: CheckPortion.Found) throws {
        try Output.line(
            "\(found.place.file):\(found.line):\(found.column): \(found.fault.code) "
                + "\(found.fault.path): \(languages.language(found.fault.message))")
    }

    private func summary(_ documents: Int, _ valid: Int, _ faults: Int) throws {
        try Output.line(
            languages.language(
                "\(documents) 份单证，\(valid) 份通过，\(faults) 处错误",
                "\(documents) documents, \(valid) valid, \(faults) faults"))
    }
}
