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

    @OptionGroup(title: "Signatures") var signatures: SignatureOptions

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    /// What was found so far.
    fileprivate struct Finding {
        let reject: Reject
        let fault: InputFault
    }

    func validate() throws {
        if files.isEmpty { throw ValidationError("nothing to check: name a file, a folder or -") }
    }

    func run() throws {
        let check = try signatures.check()
        let inputs = try InputFiles(files)
        let notices = Notices(languages.language)
        var documents = 0
        var valid = 0
        var faults: [Finding] = []
        func take(_ item: ParsedItem) {
            documents += 1
            switch item {
            case .event(_, let findings, _, let place):
                valid += 1
                for finding in findings { notices.finding(finding, place) }
            case .reject(let reject):
                for fault in reject.faults { faults.append(Finding(reject: reject, fault: fault)) }
            }
        }
        for input in inputs.inputs {
            var reader = VerifyingReader(
                InterchangeReader(file: input.path, profile: profile?.profile), check)
            try input.forEachPiece { piece in
                reader.push(piece.span, into: take)
                return true
            }
            reader.finish(into: take)
        }
        notices.finish()
        try json
            ? print(documents, valid, faults) : printText(documents, valid, faults)
        if !faults.isEmpty { throw Exit.refused }
    }

    private func print(_ documents: Int, _ valid: Int, _ faults: [Finding]) throws {
        try Output.json { writer in
            writer.member("documents", documents)
            writer.member("valid", valid)
            writer.member(array: "faults") { writer in
                for found in faults {
                    writer.object { writer in
                        writer.member("file", found.reject.file)
                        writer.member("index", found.reject.index)
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

    private func printText(_ documents: Int, _ valid: Int, _ faults: [Finding]) throws {
        let language = languages.language
        for found in faults {
            try Output.line(
                "\(found.reject.file):\(found.line):\(found.column): \(found.fault.code) "
                    + "\(found.fault.path): \(language(found.fault.message))")
        }
        try Output.line(
            language(
                "\(documents) 份单证，\(valid) 份通过，\(faults.count) 处错误",
                "\(documents) documents, \(valid) valid, \(faults.count) faults"))
    }
}

extension Validate.Finding {
    fileprivate var line: Int { fault.line == 0 ? reject.place.line : fault.line }
    fileprivate var column: Int { fault.column == 0 ? reject.place.column : fault.column }
}
