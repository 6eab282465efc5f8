import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceProjections

/// `clearance show papers`: which versions of a document were sent and what customs makes of each.
struct ShowPapers: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "papers",
        abstract: "单证版本 · The versions of a document and what customs makes of each.",
        discussion: """
            Shows the orders, payments, waybills, lists and requests of what the subject names, or \
            an arrival, departure, manifest or summary with its missing parts.

            Example:
              clearance show papers ledger order:EBP1/NO1 --json
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: ArgumentHelp("A document, or the list that it is about.", valueName: "subject"))
    var subject: SubjectArgument

    @OptionGroup var options: AnswerOptions

    func run() throws {
        var answer = try Answer(ledger.path, options, command: "show papers")
        if options.asOf == nil { _ = try answer.dayReached() }
        var report = PapersReport(asked: subject.subject)
        try report.read(answer)
        answer.restsOnProvisional = true
        guard options.json else { return try printText(report, answer) }
        let members = report.members
        try answer.print { Tree.write(members, to: &$0) }
    }

    private func printText(_ report: PapersReport, _ answer: Answer) throws {
        let language = options.language
        guard !report.documents.isEmpty else {
            try Output.line(
                language("账本中没有 ", "the ledger knows nothing of ") + subject.text)
            return try answer.printFoot()
        }
        for document in report.documents {
            let branch = document.branch.map { " · " + $0 } ?? ""
            try Output.line(Subject(document.subject).display + branch)
            var versions = Box(
                header: [
                    language("时间", "time"), language("报送", "verb"), language("序号", "part"),
                    language("结果", "outcome"), language("编号", "number"),
                    language("有效", "live"), language("海关", "held"), language("位置", "position"),
                ], right: [4, 7])
            for version in document.versions {
                let outcome = version.fact.outcome
                versions.add(
                    version.time, version.fact.verb.name, version.fact.part.map(String.init) ?? "",
                    language(outcome.message.zh, outcome.message.en),
                    outcome.number.map(String.init) ?? "", version.fact.isLive ? "✓" : "",
                    version.fact.isHeld ? "✓" : "", "\(version.position)")
            }
            try versions.print()
            if let parts = document.parts, !parts.isComplete {
                let missing = parts.missing.map(String.init).joined(separator: " ")
                try Output.line(
                    language("缺少报文 ", "missing parts ") + missing
                        + language(" / 共 ", " of ") + "\(parts.count)")
            }
        }
        try answer.printFoot()
    }
}

/// What `show papers` says, in the members of `specs/cli.md`.
struct PapersReport {
    /// One version with its place in the log.
    struct Version {
        let fact: SubmissionState.Version
        let time: String
        let position: UInt64
    }

    /// One document.
    struct Document {
        let paper: SubmissionPaper
        let subject: String
        /// What separates documents of one subject: a payment's order, a waybill's status.
        let branch: String?
        let parts: SubmissionState.Parts?
        let versions: [Version]
    }

    /// Where the event of a version stands.
    private struct Place {
        let position: UInt64
        let subject: String
        let branch: String?
    }

    private struct Key: Hashable {
        let ref: UInt64
        let content: UInt64
    }

    private let asked: Subject
    private(set) var documents: [Document] = []

    init(asked: Subject) { self.asked = asked }

    /// Reads the documents of everything that the subject names. Cost: that of the things.
    mutating func read(_ answer: Answer) throws {
        for thing in try answer.view.things(Dispatches.self, subject: asked.text) {
            let row = try answer.view.row(of: DispatchFold.self, thing: thing)
            try add(row, try answer.view.positions(Dispatches.self, thing: thing), answer)
        }
        guard documents.isEmpty else { return }
        for thing in try Things(answer.view).consignments(asked) {
            let row = try answer.view.row(of: SubmissionFold.self, thing: thing)
            try add(row, try answer.view.positions(Consignments.self, thing: thing), answer)
        }
    }

    private mutating func add(
        _ row: SubmissionRow?, _ positions: [UInt64], _ answer: Answer
    ) throws {
        guard let row else { return }
        var places: [Key: Place] = [:]
        for position in positions {
            guard let stored = try answer.ledger.stored(at: position) else { continue }
            let event = stored.event
            let branch =
                event.type.name.hasPrefix("payment.")
                ? event.data.text("orderNo") : event.data.text("logisticsStatus")
            try answer.ledger.forEachEntry(from: position, through: position) { _, view in
                let key = Key(
                    ref: view.identity.naturalKey.high, content: view.identity.content.high)
                places[key] = Place(
                    position: position, subject: event.subject, branch: branch)
                return false
            }
        }
        for document in row.state.documents {
            let versions = document.versions.compactMap { version -> (Version, Place)? in
                let key = Key(ref: version.ref, content: version.content)
                guard let place = places[key] else { return nil }
                let time = Instant(microseconds: version.time).rfc3339
                return (Version(fact: version, time: time, position: place.position), place)
            }
            guard let first = versions.first?.1 else { continue }
            documents.append(
                Document(
                    paper: document.paper, subject: first.subject,
                    branch: document.branch == 0 ? nil : first.branch, parts: document.parts,
                    versions: versions.map(\.0)))
        }
    }

    /// The members of the JSON object.
    var members: [Tree.Member] {
        [
            .init("subject", .text(asked.text)),
            .init("documents", .list(documents.map(PapersReport.tree))),
        ]
    }

    private static func tree(_ document: Document) -> Tree {
        let live = document.versions.filter(\.fact.isLive).map(\.position)
        let held = document.versions.filter(\.fact.isHeld).map(\.position)
        return .record([
            .init("subject", .text(document.subject)),
            .init("paper", .text(document.paper.name)),
            .init("branch", .optional(document.branch)),
            .init("live", .list(live.map { .number($0) })),
            .init("held", .list(held.map { .number($0) })),
            .init("parts", document.parts.map(tree) ?? .null),
            .init("versions", .list(document.versions.map(tree))),
        ])
    }

    private static func tree(_ parts: SubmissionState.Parts) -> Tree {
        .record([
            .init("count", .number(parts.count)),
            .init("complete", .flag(parts.isComplete)),
            .init("missing", .list(parts.missing.map { .number($0) })),
        ])
    }

    private static func tree(_ version: Version) -> Tree {
        let outcome = version.fact.outcome
        return .record([
            .init("position", .number(version.position)),
            .init("time", .text(version.time)),
            .init("verb", .text(version.fact.verb.name)),
            .init("part", version.fact.part.map { .number($0) } ?? .null),
            .init("outcome", .text(outcome.kind.rawValue)),
            .init("number", outcome.number.map { .number($0) } ?? .null),
            .init("said", .flag(outcome.isSaid)),
            .init("message", .message(zh: outcome.message.zh, en: outcome.message.en)),
            .init("live", .flag(version.fact.isLive)),
            .init("held", .flag(version.fact.isHeld)),
        ])
    }
}
