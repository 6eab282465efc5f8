import ClearanceEvents
import ClearanceLedger
import ClearanceMatching
import ClearanceProjections

/// Answers the questions of a life through the library, in the members of `specs/cli.md`.
struct LivesAnswers {
    private let ledger: Ledger
    private let query: LivesStory.Query
    private let view: LedgerView
    /// The first instant that `asOf` no longer sees; nil without one.
    private let end: Instant?
    /// The last Beijing day that has ended.
    private let reached: CivilDay?

    init(_ ledger: Ledger, _ query: LivesStory.Query) throws {
        self.ledger = ledger
        self.query = query
        let date = query.asOf.flatMap { CivilDay($0) }
        end =
            date.map { $0.adding(days: 1).beijingStart }
            ?? query.asOf.flatMap { Instant(rfc3339: $0) }
        let seen = end.map { date == nil ? $0.microseconds : $0.microseconds - 1 }
        // A later revocation or change of a penalty counts for every day asked (specs/credit.md, K5
        // and K6); only what is known bounds a grade.
        let seesLater = query.command == "grade"
        view = try ledger.view(knownAt: query.knownAt, asOf: seesLater ? nil : seen)
        if let end {
            reached = MatchRules.dayReached(asOf: end)
        } else {
            reached = try LivesAnswers.lastDay(ledger, through: view.position)
        }
    }

    func answer() throws -> LivesJSON {
        switch query.command {
        case "match": try query.subject == nil ? matched() : explained()
        case "show procedure": try procedure()
        case "grade": try grade()
        case "trace": try trace()
        case "index": try index()
        case "show registry": try registry()
        case "replay": try replay()
        default: .null
        }
    }

    private var subject: String { query.subject ?? "" }

    private func things<G: Grouping>(_ grouping: G.Type) throws -> [Digest16] {
        try view.things(grouping, subject: subject)
    }

    /// The greatest `clock.day` up to a position.
    private static func lastDay(_ ledger: Ledger, through position: UInt64) throws -> CivilDay? {
        let date = Catalogue.field("day.date")
        var last: CivilDay?
        try ledger.forEachEntry(through: position) { _, event in
            if event.type == .clockDay, let day = event.data.day(date) {
                last = max(last ?? day, day)
            }
            return true
        }
        return last
    }

    // MARK: - Matching

    private func matched() throws -> LivesJSON {
        var summary = MatchSummary(MatchDecider(), day: reached)
        try view.forEachRow(of: MatchFold.self) { _, row in
            summary.add(row)
            return true
        }
        func counts(_ named: [(String, Int)]) -> LivesJSON {
            .object(
                Dictionary(
                    uniqueKeysWithValues: named.filter { $0.1 > 0 }
                        .map { ($0.0, .number(Double($0.1))) }))
        }
        return .object([
            "papers": .number(Double(summary.papers)), "orders": .number(Double(summary.orders)),
            "outcomes": counts(summary.outcomes.map { ($0.key.name, $0.value) }),
            "orphans": counts(summary.orphans.map { ($0.key.name, $0.value) }),
        ])
    }

    private func explained() throws -> LivesJSON {
        let decider = MatchDecider()
        var orders: [OrderOutcome] = []
        for thing in try things(Consignments.self) {
            guard let row = try view.row(of: MatchFold.self, thing: thing) else { continue }
            orders += decider.outcomes(of: row, day: reached)
        }
        let found =
            orders.first { $0.subjectText == subject }
            ?? orders.first { $0.papers.contains { $0.text == subject } } ?? orders.first
        guard let found else { return .object(["outcome": .null]) }
        return .object([
            "subject": .text(found.subjectText), "outcome": .text(found.outcome.name),
            "kind": .text(found.kind.name), "declared": .flag(found.declared),
            "papers": .texts(found.papers.map(\.text)),
            "rule": .text(MatchExplanation(found, rules: .current).rule),
            "reasons": .list(
                found.reasons.map {
                    .object([
                        "code": .text($0.code.name), "field": .optional($0.field),
                        "left": .optional($0.left), "right": .optional($0.right),
                        "delta": .optional($0.delta),
                    ])
                }),
        ])
    }

    // MARK: - Credit

    private func grade() throws -> LivesJSON {
        let day = try askedDay()
        var row = EnterpriseRow()
        for thing in try things(Enterprises.self) {
            row = try view.row(of: CreditFold.self, thing: thing) ?? row
        }
        let answer = CreditRules.grade(
            row, subject: subject, agency: query.agency ?? "customs", on: day)
        guard case .object(var members) = try LivesJSON(encoding: answer) else { return .null }
        members["grades"] = .list([.object(members)])
        return .object(members)
    }

    private func registry() throws -> LivesJSON {
        let day = try askedDay()
        var row = EnterpriseRow()
        for thing in try things(Enterprises.self) {
            row = try view.row(of: CreditFold.self, thing: thing) ?? row
        }
        let answer = RegistryAnswer(row, subject: subject, on: day)
        guard case .object(var members) = try LivesJSON(encoding: answer) else { return .null }
        members["kind"] = .text("enterprise")
        members["valid"] = .flag(answer.isRegistered)
        members["aliases"] = .texts(answer.codes.map { "enterprise:" + $0 })
        members["credentials"] = .list(
            answer.credentials.map {
                .object([
                    "kind": .text($0.kind), "number": .text($0.number),
                    "valid": .flag($0.isValid),
                ])
            })
        members["versions"] = .list(try versions())
        return .object(members)
    }

    /// The records of an enterprise in canonical order, each with its codes.
    private func versions() throws -> [LivesJSON] {
        var found: [LivesJSON] = []
        for thing in try things(Enterprises.self) {
            for stored in try view.events(Enterprises.self, thing: thing)
            where stored.event.type.name == "record.enterprise" {
                let data = stored.event.data
                var roles: [String] = []
                if case .list(let items)? = data["roles"] {
                    for case .text(let role) in items { roles.append(role) }
                }
                found.append(
                    .object([
                        "action": .optional(data.text("action")),
                        "validFrom": .optional(data.text("validFrom")),
                        "data": .object([
                            "name": .optional(data.text("name")), "roles": .texts(roles),
                        ]),
                    ]))
            }
        }
        return found
    }

    /// The Beijing day asked, else the day reached, else that of the greatest time known.
    private func askedDay() throws -> CivilDay {
        if let end { return Instant(microseconds: end.microseconds - 1).beijingDay }
        if let reached { return reached }
        var latest = Int64.min
        try ledger.forEachEntry(through: view.position) { _, event in
            latest = max(latest, event.time)
            return true
        }
        return Instant(microseconds: latest).beijingDay
    }

    // MARK: - Trace, index, replay

    private func trace() throws -> LivesJSON {
        var items: [TraceBuilder.Item] = []
        for thing in try things(Consignments.self) {
            items += try view.events(Consignments.self, thing: thing).map {
                ($0.position, $0.event)
            }
        }
        return try LivesJSON(encoding: TraceBuilder.graph(of: subject, items))
    }

    private func index() throws -> LivesJSON {
        var asked = MonthlySeries.Query()
        if let by = query.by { asked.by = by.compactMap { SeriesKey(rawValue: $0) } }
        asked.vintage = view.position
        asked.dayReached = reached
        var series = MonthlySeries(asked)
        try view.forEachTotal(of: ProcedureFold.self) { cell, total in
            var bytes: [UInt8] = []
            for index in cell.indices { bytes.append(cell[index]) }
            series.add(bytes, total)
            return true
        }
        return try .object(["series": LivesJSON(encoding: series.points())])
    }

    private func replay() throws -> LivesJSON {
        let report = try ledger.replay()
        return .object(["identical": report.isIdentical.map { .flag($0) } ?? .null])
    }

    private func procedure() throws -> LivesJSON {
        guard let thing = try things(Consignments.self).first else {
            return .object(["phase": .null])
        }
        let row = try view.row(of: ProcedureFold.self, thing: thing) ?? ProcedureRow()
        let events = try view.events(Consignments.self, thing: thing)
        return LivesProcedure(state: row.state, events: events, reached: reached).json
    }
}
