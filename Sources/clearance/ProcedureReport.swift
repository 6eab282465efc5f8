import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceProjections

/// What `show procedure` says: the row's state in the members of `specs/cli.md`.
struct ProcedureReport {
    /// One step with the phase that it led to.
    struct Step {
        let time: String
        let type: String
        let phase: String
        let position: UInt64
        /// `returnStatus` of a receipt.
        let code: String?
        let text: String?
    }

    /// One day that the release set running.
    struct Deadline {
        let code: String
        let day: CivilDay
        let passed: Bool
    }

    /// One broken rule.
    struct Broken {
        let code: String
        let severity: String
        let subject: String
        let positions: [UInt64]
        let message: MessageText
    }

    private let asked: Subject
    private let day: CivilDay?
    private var state = ProcedureRow().state
    private(set) var isKnown = false
    private(set) var masked = false
    private(set) var steps: [Step] = []
    private(set) var findings: [Broken] = []

    init(asked: Subject, day: CivilDay?) {
        self.asked = asked
        self.day = day
    }

    /// Reads a consignment.
    mutating func read(_ thing: Digest16, _ answer: Answer) throws {
        let row = try answer.view.row(of: ProcedureFold.self, thing: thing) ?? ProcedureRow()
        state = row.state
        isKnown = !row.steps.isEmpty
        var evidence = Evidence()
        try evidence.add(
            try answer.view.positions(Consignments.self, thing: thing), of: answer.ledger)
        findings = state.findings.map { finding in
            Broken(
                code: finding.code.rawValue, severity: finding.severity.rawValue,
                subject: finding.about,
                positions: finding.refs.flatMap { evidence.positions[$0] ?? [] }.sorted(),
                message: MessageText(zh: finding.message.zh, en: finding.message.en))
        }.sorted {
            ($0.positions.first ?? 0, $0.code) < ($1.positions.first ?? 0, $1.code)
        }
        try readSteps(thing, answer)
    }

    private mutating func readSteps(_ thing: Digest16, _ answer: Answer) throws {
        let moving = Set(StepKind.allCases.map(\.typeName))
        let earlier = try EarlierThings(
            Consignments.self, asked, answer.view, answer.ledger)
        var phases: [Int64: String] = [:]
        for stored in try answer.view.events(Consignments.self, thing: thing) {
            let event = stored.event
            guard moving.contains(event.type.name), isAbout(event) else { continue }
            let time = event.time.microseconds
            if phases[time] == nil {
                let then = try earlier.rows(ProcedureFold(), asOf: time)
                let states = then.map { ProcedureReport.phase(of: asked, $0.state) }
                phases[time] = states.first { $0 != "none" } ?? "none"
            }
            steps.append(
                Step(
                    time: event.time.rfc3339, type: event.type.name, phase: phases[time] ?? "none",
                    position: stored.position, code: event.data.text("returnStatus"),
                    text: text(of: event, answer)))
        }
    }

    /// Receipts of orders, payments and waybills have the types of progress and are no steps; what
    /// refers to the list shows its own steps only.
    private func isAbout(_ event: Event) -> Bool {
        let subject = Subject(event.subject)
        switch asked.scheme {
        case .cancel, .goodsReturn, .tax: return subject == asked
        default: break
        }
        switch subject.scheme {
        case .order, .payment, .waybill, .proceeds: return event.type.name.hasPrefix("move.")
        default: return true
        }
    }

    /// Customs' words; masked they leave only their check codes.
    private mutating func text(of event: Event, _ answer: Answer) -> String? {
        if case .withheld(let reason) = event.reading(of: "returnInfo") { return reason.word }
        guard let text = event.data.text("returnInfo"), !text.isEmpty else { return nil }
        guard answer.masks else { return text }
        masked = true
        return Masking.masked(text, field: "returnInfo")
    }

    /// The phase of what was asked.
    private static func phase(of asked: Subject, _ state: ProcedureState) -> String {
        switch asked.scheme {
        case .cancel:
            return state.cancels.first { $0.subject == asked.text }.map(phase(of:)) ?? "none"
        case .goodsReturn:
            return state.returns.first { $0.subject == asked.text }?.phase.rawValue ?? "none"
        case .tax:
            return state.taxes.first { $0.subject == asked.text }?.phase.rawValue ?? "none"
        default: return state.live?.phase.rawValue ?? "none"
        }
    }

    private static func phase(of cancel: ProcedureState.Cancel) -> String {
        if cancel.approvedAt != nil { return "approved" }
        return cancel.refusedAt == nil ? "requested" : "refused"
    }

    var phase: String { ProcedureReport.phase(of: asked, state) }

    var holds: [String] { state.live?.openHolds.map(\.rawValue) ?? [] }

    /// All names of the list: customs' number, the e-port's, the declarant's.
    var aliases: [String] {
        var names: Set<String> = []
        for attempt in state.attempts {
            if !attempt.invt.isEmpty { names.insert("list:" + attempt.invt) }
            if !attempt.pre.isEmpty { names.insert("pre:" + attempt.pre) }
            if !attempt.cop.isEmpty { names.insert("declaration:" + attempt.cop) }
        }
        return names.sorted()
    }

    /// Days that the release set running: returns by day 30 and 45, tax from day 31 to 45.
    var deadlines: [Deadline] {
        guard let released = state.live?.releasedAt else { return [] }
        let start = Instant(microseconds: released).beijingDay
        let days = [
            ("returnRequest", ReturnState.requestDays), ("taxDueFrom", TaxBillState.firstDueDay),
            ("returnArrival", ReturnState.arrivalDays), ("taxDue", TaxBillState.lastDueDay),
        ]
        return days.map { code, count in
            let last = start.adding(days: count)
            return Deadline(code: code, day: last, passed: day.map { $0 >= last } ?? false)
        }
    }

    /// The members of the JSON object.
    var members: [Tree.Member] {
        [
            .init("subject", .text(asked.text)),
            .init("aliases", .list(aliases.map { .text($0) })),
            .init("phase", isKnown ? .text(phase) : .null),
            .init("holds", .list(holds.map { .text($0) })),
            .init("paper", .optional(paper)),
            .init("refersTo", .optional(refersTo)),
            .init("attempts", .list(state.attempts.map(ProcedureReport.attempt))),
            .init("steps", .list(steps.map(ProcedureReport.step))),
            .init("cancels", .list(state.cancels.map(ProcedureReport.cancel))),
            .init("returns", .list(state.returns.map(ProcedureReport.goodsReturn))),
            .init("taxes", .list(state.taxes.map(ProcedureReport.tax))),
            .init("deadlines", .list(deadlines.map(ProcedureReport.deadline))),
            .init("findings", .list(findings.map(ProcedureReport.finding))),
        ].filter { $0.name != "refersTo" || refersTo != nil }
    }

    /// The subject of the live list paper.
    private var paper: String? {
        guard let live = state.live, live.paper != nil else { return nil }
        return ProcedureReport.name(of: live)
    }

    /// The list that a cancel request, return or tax bill speaks of.
    private var refersTo: String? {
        switch asked.scheme {
        case .cancel, .goodsReturn, .tax: state.live.map(ProcedureReport.strongest)
        default: nil
        }
    }

    private static func name(of attempt: ListAttempt) -> String {
        if !attempt.cop.isEmpty { return "declaration:" + attempt.cop }
        return attempt.pre.isEmpty ? "list:" + attempt.invt : "pre:" + attempt.pre
    }

    private static func strongest(_ attempt: ListAttempt) -> String {
        attempt.invt.isEmpty ? name(of: attempt) : "list:" + attempt.invt
    }
}
