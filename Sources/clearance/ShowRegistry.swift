import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceProjections

/// `clearance show registry`: what was recorded about an enterprise, article, book, lot or site.
struct ShowRegistry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "registry",
        abstract: "备案 · What was recorded about an enterprise, goods, book, lot or site.",
        discussion: """
            Example:
              clearance show registry ledger enterprise:4601000001
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: ArgumentHelp("What is recorded, by any of its codes.", valueName: "subject"))
    var subject: SubjectArgument

    @OptionGroup var options: AnswerOptions

    /// The kinds of things that are recorded, by their schemes.
    private static let kinds: [SubjectScheme: String] = [
        .enterprise: "enterprise", .goods: "goods", .book: "book", .lot: "lot", .site: "site",
    ]

    func validate() throws {
        guard let scheme = subject.subject.scheme, ShowRegistry.kinds[scheme] != nil else {
            throw ValidationError("a registry is kept of enterprise, goods, book, lot and site")
        }
    }

    func run() throws {
        var answer = try Answer(ledger.path, options, command: "show registry")
        let day = try answer.dayAsked()
        var report = RegistryReport(
            asked: subject.subject,
            kind: subject.subject.scheme.flatMap { ShowRegistry.kinds[$0] } ?? "", day: day)
        try report.read(answer)
        answer.masked = report.masked
        guard options.json else { return try printText(report, answer) }
        let members = report.members
        try answer.print { Tree.write(members, to: &$0) }
    }

    private func printText(_ report: RegistryReport, _ answer: Answer) throws {
        let language = options.language
        guard !report.versions.isEmpty else {
            try Output.line(
                language("没有备案 ", "nothing is recorded about ") + subject.text)
            return try answer.printFoot()
        }
        let valid =
            report.isValid ? language("有效", "in force") : language("无效", "not in force")
        try Output.line("\(subject.text)  \(report.kind)  \(valid)")
        for version in report.versions {
            var box = Box(
                "\(version.validFrom ?? "–") → \(version.validTo ?? "–")  "
                    + "\(version.action ?? "")  \(language("位置", "position")) \(version.position)")
            let leaves = version.data.leaves
            for path in leaves.keys.sorted() { box.add(path, leaves[path]?.display ?? "") }
            try box.print()
        }
        for listing in report.listings { try Output.line(listing.display) }
        for credential in report.credentials { try Output.line(credential.display) }
        try answer.printFoot()
    }
}

/// What `show registry` says.
struct RegistryReport {
    /// One version of the record.
    struct Version {
        let validFrom: String?
        let validTo: String?
        let position: UInt64
        let action: String?
        let data: Tree
    }

    let kind: String
    private let asked: Subject
    private let day: CivilDay
    private(set) var masked = false
    private(set) var versions: [Version] = []
    private(set) var credentials: [Tree] = []
    private(set) var listings: [Tree] = []
    private(set) var aliases: [String] = []
    private(set) var isValid = false

    init(asked: Subject, kind: String, day: CivilDay) {
        self.asked = asked
        self.kind = kind
        self.day = day
    }

    mutating func read(_ answer: Answer) throws {
        var events: [StoredEvent] = []
        var row: EnterpriseRow?
        if kind == "enterprise" {
            for thing in try Things(answer.view).enterprises(asked) {
                events += try answer.view.events(Enterprises.self, thing: thing)
                row = try answer.view.row(of: CreditFold.self, thing: thing) ?? row
            }
        } else {
            events = try named(answer)
        }
        var names: Set<String> = []
        for stored in events where stored.event.type.name == "record." + kind {
            names.insert(stored.event.subject)
            var printer = DataTree(masks: answer.masks)
            versions.append(
                Version(
                    validFrom: stored.event.data.text("validFrom"),
                    validTo: stored.event.data.text("validTo"), position: stored.position,
                    action: stored.event.data.text("action"),
                    data: printer.tree(stored.event)))
            masked = masked || printer.masked
        }
        aliases = names.sorted()
        if let row {
            take(RegistryAnswer(row, subject: asked.text, on: day))
        } else {
            isValid = versions.last.map(holds) ?? false
        }
    }

    /// The record events of a thing that has no other names, in canonical order.
    private func named(_ answer: Answer) throws -> [StoredEvent] {
        let name = Array(asked.text.utf8)
        var positions: [(order: CanonicalOrder, position: UInt64)] = []
        let lastSeen = answer.options.asOf?.lastSeen ?? .max
        try answer.ledger.forEachEntry(through: answer.position) { position, view in
            if view.type.code >> 8 == 0x05, view.time <= lastSeen,
                Array(owning: view.subject) == name
            {
                positions.append((view.order, position))
            }
            return true
        }
        var events: [StoredEvent] = []
        for (_, position) in positions.sorted(by: { $0.order < $1.order }) {
            if let stored = try answer.ledger.stored(at: position) { events.append(stored) }
        }
        return events
    }

    private func holds(_ version: Version) -> Bool {
        let starts = version.validFrom.flatMap { CivilDay($0) }.map { $0 <= day } ?? true
        let ends = version.validTo.flatMap { CivilDay($0) }.map { day <= $0 } ?? true
        return starts && ends && version.action != "cancel"
    }

    private mutating func take(_ answer: RegistryAnswer) {
        isValid = answer.isRegistered
        aliases = Set(aliases + answer.codes.map { "enterprise:" + $0 }).sorted()
        credentials = answer.credentials.map { record in
            .record([
                .init("kind", .text(record.kind)), .init("number", .text(record.number)),
                .init("issuer", .text(record.issuer)),
                .init("validFrom", .optional(record.validFrom)),
                .init("validTo", .optional(record.validTo)), .init("valid", .flag(record.isValid)),
            ])
        }
        listings = answer.listings.map { record in
            .record([
                .init("list", .text(record.list)), .init("authority", .text(record.authority)),
                .init("roles", .list(record.roles.map { .text($0) })),
                .init("validFrom", .optional(record.validFrom)),
                .init("validTo", .optional(record.validTo)),
            ])
        }
    }

    /// The members of the JSON object.
    var members: [Tree.Member] {
        [
            .init("subject", .text(asked.text)),
            .init("aliases", .list(aliases.map { .text($0) })),
            .init("kind", versions.isEmpty ? .null : .text(kind)),
            .init("valid", .flag(isValid)),
            .init(
                "versions",
                .list(
                    versions.map { version in
                        .record([
                            .init("validFrom", .optional(version.validFrom)),
                            .init("validTo", .optional(version.validTo)),
                            .init("position", .number(version.position)),
                            .init("action", .optional(version.action)),
                            .init("data", version.data),
                        ])
                    })),
            .init("credentials", .list(credentials)), .init("listings", .list(listings)),
            .init("findings", .list([])),
        ]
    }
}
