import ArgumentParser
import ClearanceEvents

/// The ledger that is asked.
struct LedgerArgument: ParsableArguments {
    @Argument(
        help: ArgumentHelp("Directory of the ledger.", valueName: "ledger"),
        completion: .directory)
    var path: String
}

/// What every answering command takes.
struct AnswerOptions: ParsableArguments {
    @Option(
        name: .customLong("as-of"),
        help: ArgumentHelp(
            "Business time asked about: RFC 3339, or a date = the end of that Beijing day.",
            valueName: "time"))
    var asOf: TimeArgument?

    @Option(
        name: .customLong("known-at"),
        help: ArgumentHelp(
            "What the ledger knew: a position, or a time of recording.",
            valueName: "position|time"))
    var knownAt: KnownArgument?

    @OptionGroup var languages: LanguageOption

    @Option(
        help: ArgumentHelp(
            "Show personal values in clear; leaves a line in LEDGER/disclosures/.",
            valueName: "reason"))
    var reveal: String?

    @Flag(help: "One JSON object on standard output.")
    var json = false

    var language: Language { languages.language }
}

/// A subject of the command line, checked for its form.
struct SubjectArgument: ExpressibleByArgument {
    let subject: Subject

    init?(argument: String) {
        subject = Subject(argument)
        guard subject.isWellFormed else { return nil }
    }

    var text: String { subject.text }
}
