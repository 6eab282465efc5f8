import ArgumentParser
import ClearanceInterchange
import ClearanceLedger

/// `clearance verify`: reads, decodes and hashes everything.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "核验 · Read, decode and hash every entry; never writes.",
        discussion: """
            Ends with 1 when something is not as it was written. With --key also when a \
            checkpoint, the closing record of an epoch or the receipt of an erasure is signed by \
            none of the keys.

            Example:
              clearance verify ledger --key ledger.vkey --json
            """)

    @OptionGroup var ledger: LedgerArgument
    @Option(
        name: .customLong("key"),
        help: ArgumentHelp(
            "A verifier key, or a file of them; may be repeated.", valueName: "key|file"))
    var keys: [String] = []

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func run() throws {
        let language = languages.language
        let watch = Stopwatch()
        let report = try Verify.check(
            ledger.path, language, signers: try NoteKeys.verifiers(keys))
        if json {
            try Output.json { report.write(to: &$0) }
        } else {
            try report.table(language, rate: watch.rate(of: Int(report.entries))).print()
        }
        if !report.isIntact { throw Exit.check }
    }

    /// Verifies the files of a ledger with a bar; what liblmdb could not survive is told.
    static func check(
        _ directory: String, _ language: Language, signers: [NoteKey] = []
    ) throws -> VerifyReport {
        var progress = Progress(language("核验", "verify"), total: 0, unit: .things)
        do {
            let report = try Ledger.verify(
                directory, options: Wiring.options(), signers: signers
            ) { progress.update(Int($0)) }
            progress.finish()
            return report
        } catch {
            throw MachineFailure("\(directory): \(error)")
        }
    }

    /// Verifies a ledger that is open, with a bar.
    static func check(_ source: Ledger, _ language: Language) throws -> VerifyReport {
        let end = (try? source.position()) ?? 0
        var progress = Progress(
            language("核验", "verify"), total: Int(end), unit: .things)
        let report = try source.verify { progress.update(Int($0)) }
        progress.finish()
        return report
    }
}

extension VerifyReport {
    /// The members of the JSON object.
    func write(to writer: inout JSONWriter) {
        writer.member("entries", entries)
        writer.member("root", root)
        writer.member("ok", isIntact)
        writer.member("keys", hasKeys)
        writer.member(object: "receipts") { writer in
            writer.member("signed", signedReceipts)
            writer.member("unsigned", unsignedReceipts)
            writer.member("unlisted", unlistedErasures)
            writer.member("missing", unreceiptedErasures)
        }
        writer.name("firstBad")
        if let firstBad { writer.value(firstBad) } else { writer.null() }
        writer.member(array: "intact") { writer in
            for run in intact {
                writer.object { writer in
                    writer.member("from", run.lowerBound)
                    writer.member("through", run.upperBound)
                }
            }
        }
        writer.member("intactMore", intactMore)
        writer.member(array: "damage") { writer in
            for damage in damage { damage.write(to: &writer) }
        }
        writer.member("damageMore", damageMore)
    }

    /// The report as a table.
    func table(_ language: Language, rate: Double) -> Box {
        var box = Box()
        box.add(language("条目", "entries"), Figures.grouped(Int(entries)))
        box.add(language("速度", "rate"), Figures.short(rate) + "/s")
        box.add(language("根", "root"), root)
        if signedReceipts + unsignedReceipts > 0 {
            let signed = "\(signedReceipts) " + language("已签名", "signed")
            let unsigned = "\(unsignedReceipts) " + language("未签名", "not signed")
            box.add(language("删除回执", "receipts"), signed + "  " + unsigned)
        }
        if unreceiptedErasures > 0 {
            box.add(
                language("已删除而无回执", "erased without receipt"), "\(unreceiptedErasures)")
        }
        if unlistedErasures > 0 {
            box.add(
                language("有回执而未列入已删除", "receipts without erasure"), "\(unlistedErasures)")
        }
        if !hasKeys {
            box.add(
                language("密钥", "keys"),
                language("不在，标记与个人部分未核对", "not here, marks and personal parts unchecked"))
        }
        box.add(language("完好", "sound"), isIntact ? "✓" : "✗")
        if let firstBad { box.add(language("首个损坏位置", "first bad"), "\(firstBad)") }
        for run in intact where !isIntact {
            box.add(language("完好区间", "intact"), "\(run.lowerBound)–\(run.upperBound)")
        }
        if !isIntact, intactMore > 0 {
            box.add(language("更多完好区间", "more intact"), "\(intactMore)")
        }
        for damage in damage {
            let page = damage.page.map { language(" 页 ", " page ") + "\($0)" } ?? ""
            box.add(
                language("位置 ", "at ") + "\(damage.position)",
                "\(damage.file)\(page): \(damage.what)")
        }
        if damageMore > 0 { box.add(language("更多损坏", "more damage"), "\(damageMore)") }
        return box
    }
}

extension VerifyReport.Damage {
    /// An object of its own.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("position", position)
            writer.member("file", file)
            writer.name("page")
            if let page { writer.value(page) } else { writer.null() }
            writer.member("what", what)
        }
    }
}
