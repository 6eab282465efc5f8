import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceStore
import Foundation

/// `clearance check-proof`: verifies a proof file without any ledger.
struct CheckProof: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-proof",
        abstract: "验证证明 · Verify a proof file; needs no ledger.",
        discussion: """
            Ends with 1 when a check fails, and names it: format, checkpoint, signature, keys, \
            origin, index, path, entry.

            Example:
              clearance check-proof order.proof --key log.vkey --json
            """)

    @Argument(help: ArgumentHelp("The proof, or - for standard input.", valueName: "file"))
    var file: String

    @Option(
        name: .customLong("key"),
        help: ArgumentHelp(
            "A verifier key, or a file of them; may be repeated.", valueName: "key|file"))
    var keys: [String]

    @Option(help: "How many of the keys must have signed.")
    var threshold = 1

    @Option(help: "Demand that the checkpoint is of this log.")
    var origin: String?

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func validate() throws {
        guard threshold >= 1 else { throw ValidationError("--threshold is at least 1") }
    }

    func run() throws {
        let known = try NoteKeys.verifiers(keys)
        guard threshold <= known.count else {
            throw ValidationError("--threshold is greater than the number of keys")
        }
        let report = ProofReport.of(
            Array(try content()),
            policy: ProofPolicy(keys: known, threshold: threshold, origin: origin))
        if json {
            try Output.json { report.write(to: &$0) }
        } else {
            try report.table(languages.language).print()
        }
        if !report.isProven { throw Exit.check }
    }

    /// The file, read no further than a proof can be long.
    private func content() throws -> Data {
        do {
            let handle =
                try file == "-"
                ? FileHandle.standardInput
                : FileHandle(forReadingFrom: URL(fileURLWithPath: file))
            var data = Data()
            while data.count <= ProofLimits.fileBytes,
                let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty
            {
                data.append(piece)
            }
            return data
        } catch { throw MachineFailure.of(file, error) }
    }
}

extension ProofReport {
    /// The members of the JSON object.
    func write(to writer: inout JSONWriter) {
        writer.member("ok", isProven)
        writer.member("origin", orNull: checkpoint?.origin)
        writer.name("position")
        if let checkpoint { writer.number(digits: String(checkpoint.size)) } else { writer.null() }
        writer.member("root", orNull: checkpoint?.root.hexadecimal)
        writer.member(array: "signatures") { writer in
            for signature in signatures {
                writer.object { writer in
                    writer.member("name", signature.name)
                    writer.member("id", signature.idText)
                    writer.member("known", signature.isKnown)
                    writer.member("valid", signature.isValid)
                }
            }
        }
        writer.member(array: "events") { writer in
            for fact in facts {
                writer.object { writer in
                    writer.member("position", fact.position)
                    writer.member("type", fact.typeName)
                    writer.member("subject", fact.maskedSubject)
                    writer.member("time", fact.time.rfc3339)
                    writer.member("recordedtime", fact.recorded.rfc3339)
                }
            }
        }
        writer.member(array: "failures") { writer in
            for failure in failures {
                writer.object { writer in
                    writer.member("check", failure.check.rawValue)
                    writer.name("position")
                    if let position = failure.position {
                        writer.number(digits: String(position))
                    } else {
                        writer.null()
                    }
                    writer.member("what", failure.what)
                }
            }
        }
    }

    /// The report as a table: what is proven, or what is not.
    func table(_ language: Language) -> Box {
        var box = Box(
            isProven ? language("已证明 ✓", "proven ✓") : language("未证明 ✗", "not proven ✗"))
        if let checkpoint {
            box.add(language("账本", "log"), checkpoint.origin)
            box.add(language("检查点", "checkpoint"), Figures.grouped(Int(checkpoint.size)))
            box.add(language("根", "root"), checkpoint.root.hexadecimal)
        }
        for signature in signatures {
            let verdict =
                !signature.isKnown
                ? language("未知", "unknown")
                : signature.isValid ? language("有效", "valid") : language("无效", "wrong")
            box.add(language("签名 ", "signature ") + signature.name, verdict)
        }
        for fact in facts {
            box.add(
                language("位置 ", "position ") + "\(fact.position)",
                "\(fact.typeName) \(fact.maskedSubject) \(fact.time.rfc3339)")
        }
        for failure in failures {
            let place = failure.position.map { " @\($0)" } ?? ""
            box.add(language("不成立 ", "fails ") + failure.check.rawValue + place, failure.what)
        }
        return box
    }
}

extension ProofReport.Fact {
    /// The type as outside the process; a type that this version does not know by its number.
    var typeName: String { type.definition.map { "clearance." + $0.name } ?? "\(type.code)" }

    /// The subject; of a person only that it is one.
    var maskedSubject: String { subject.hasPrefix("person:") ? "person:*" : subject }
}
