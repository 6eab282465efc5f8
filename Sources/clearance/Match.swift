import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceMatching

/// `clearance match`: what the papers of every order amount to.
struct Match: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "三单比对 · Match orders, payments, waybills and lists.",
        discussion: """
            Without a form: how many orders have which outcome. --list prints the orders of an \
            outcome as NDJSON, --explain tells why one order has its outcome.

            Example:
              clearance match ledger --explain order:EBP1/NO1 --as-of 2026-03-09 --json
            """)

    @OptionGroup var ledger: LedgerArgument

    @Option(
        help: ArgumentHelp(
            "NDJSON of the orders with this outcome, of an orphan kind, or all.",
            valueName: "outcome"))
    var list: String?

    @Option(
        help: ArgumentHelp(
            "Why an order, or the order of a paper, has its outcome.", valueName: "subject"))
    var explain: SubjectArgument?

    @OptionGroup var options: AnswerOptions

    func validate() throws {
        if list != nil, explain != nil {
            throw ValidationError("--list and --explain exclude each other")
        }
        if let list, !MatchFilter.isKnown(list) {
            throw ValidationError("no outcome or kind of orphan is named \(list)")
        }
    }

    func run() throws {
        var answer = try Answer(ledger.path, options, command: "match")
        answer.ruleSets = [RuleSets.matchingName]
        let matcher = Matcher(
            view: answer.view, day: try answer.dayReached(), rules: RuleSets.matching)
        if let list {
            return try show(matcher, MatchFilter(list), answer)
        }
        if let explain {
            return try self.explain(matcher, explain.subject, answer)
        }
        try show(try matcher.summary(), answer)
    }

    private func show(_ summary: MatchSummary, _ answer: Answer) throws {
        guard !options.json else { return try answer.print { summary.write(to: &$0) } }
        for line in summary.lines(options.language) { try Output.line(line) }
        try answer.printFoot()
    }
}

/// Which orders and orphans `--list` prints.
enum MatchFilter: Equatable {
    case all
    case outcome(MatchOutcome)
    case orphan(MatchCode)

    init(_ name: String) {
        if let outcome = MatchOutcome(name: name) {
            self = .outcome(outcome)
        } else if let kind = MatchFilter.orphans.first(where: { $0.name == name }) {
            self = .orphan(kind)
        } else {
            self = .all
        }
    }

    static let orphans: [MatchCode] = [
        .orphanPayment, .orphanWaybill, .orphanProceeds, .orphanList,
    ]

    static func isKnown(_ name: String) -> Bool {
        name == "all" || MatchFilter(name) != .all
    }
}
