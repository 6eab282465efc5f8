import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger

/// `clearance erase`: makes what the ledger holds about persons unreadable.
struct Erase: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "删除 · Erase what the ledger holds about a person.",
        discussion: """
            Identity numbers are read from standard input, one a line, and never stand in an \
            argument. The keys of the person's sections are overwritten and a receipt is \
            appended; the log and its proofs do not change. With --key the receipt is signed; \
            without it says so. What the law wants kept is scheduled and erased when a clock.day \
            says that its time has passed.

            Example:
              clearance erase ledger --person-stdin --key note.key < numbers.txt
            """)

    @OptionGroup var ledger: LedgerArgument

    @Flag(help: "Read identity numbers from standard input, one a line.")
    var personStdin = false

    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "The day reached, when it is later than the ledger's greatest clock.day.",
            valueName: "day"))
    var asOf: TimeArgument?

    @Option(help: ArgumentHelp("When the receipt counts as recorded.", valueName: "time|now|input"))
    var recordedAt = RecordedArgument.now

    @Option(help: "A rejects file beside those of the ledger's own folder; may be repeated.")
    var rejects: [String] = []

    @OptionGroup var signing: RecordKeyOption
    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func validate() throws {
        guard personStdin else {
            throw ValidationError("--person-stdin is needed: persons are no arguments")
        }
    }

    func run() throws {
        let numbers = Erase.numbers()
        guard !numbers.isEmpty else {
            throw ValidationError("no identity number stands on standard input")
        }
        let target = try Wiring.existing(ledger.path, signers: try signing.signers())
        let recorded: RecordedTime =
            switch recordedAt {
            case .now: .at(Clock.now)
            case .input: .input
            case .time(let time): .at(time)
            }
        var outcomes: [ErasureOutcome] = []
        for number in numbers {
            outcomes.append(
                try target.erase(
                    idNumber: number, asOf: asOf?.dayReached, recordedAt: recorded,
                    rejects: rejects))
        }
        // Behind the erasures, which wait for no trail, not even for one that cannot be read.
        let trail = Result { try Disclosure.takeIn(target, recordedAt: recorded) }
        let position = try target.position()
        try target.close()
        if json {
            try Output.json { writer in
                writer.member("ledger", ledger.path)
                writer.member("position", position)
                writer.member(array: "persons") { writer in
                    for outcome in outcomes { outcome.write(to: &writer) }
                }
            }
        } else {
            for outcome in outcomes { try Output.line(outcome.text(languages.language)) }
        }
        try trail.get()
    }

    private static func numbers() -> [String] {
        var numbers: [String] = []
        while let line = readLine() {
            // What a file of another system begins with is no part of the first number.
            let number = line.filter { !$0.isWhitespace && $0 != "\u{FEFF}" }
            if !number.isEmpty { numbers.append(number) }
        }
        return numbers
    }
}

extension ErasureOutcome {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            switch self {
            case .unknown(let report):
                writer.member("outcome", "unknown")
                report.write(to: &writer)
            case .erased(let report):
                writer.member("outcome", "erased")
                report.write(to: &writer)
            case .retained(let until, let rule, let report):
                writer.member("outcome", "retained")
                writer.member("until", "\(until)")
                writer.member(object: "rule") { writer in
                    writer.member("id", rule.id)
                    writer.member("status", rule.status.rawValue)
                    writer.member("source", rule.source)
                    writer.member(object: "message") { writer in
                        writer.member("zh", rule.chinese)
                        writer.member("en", rule.english)
                    }
                }
                report.write(to: &writer)
            }
        }
    }

    fileprivate func text(_ language: Language) -> String {
        switch self {
        case .unknown(let report):
            language("账本中没有可删除的内容", "the ledger holds nothing to erase")
                + ", \(report.rejectsDropped) " + language("行拒收记录", "rejected lines")
        case .erased(let report):
            language("已删除", "erased") + " " + report.text(language)
        case .retained(let until, let rule, let report):
            language("须保存至 ", "retained until ") + "\(until): "
                + language(rule.chinese, rule.english) + " (\(rule.source), \(rule.status))"
                + "\n" + report.text(language)
        }
    }
}

extension ErasureReport {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("subject", subject)
        writer.member("entries", positions.count)
        writer.member("sections", sections)
        writer.member("retained", retained)
        writer.member(array: "receipts") { writer in
            for position in receipts { writer.value(position) }
        }
        writer.member("signedBy", orNull: signer)
        writer.member("rejectsDropped", rejectsDropped)
    }

    fileprivate func text(_ language: Language) -> String {
        let numbers = receipts.map(String.init).joined(separator: " ")
        let signed = signer.map { language("签名 ", "signed by ") + $0 }
        let receipt =
            language("回执 ", "receipt ") + numbers
            + " (\(signed ?? language("未签名", "not signed")))"
        return "\(subject): \(positions.count) " + language("条目", "entries") + ", \(sections) "
            + language("段", "sections") + ", \(retained) " + language("条须保存", "retained")
            + (receipts.isEmpty ? "" : ", " + receipt)
            + ", \(rejectsDropped) " + language("行拒收记录", "rejected lines")
    }
}
