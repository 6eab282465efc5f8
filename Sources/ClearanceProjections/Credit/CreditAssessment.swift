import ClearanceEvents

/// One evaluation of customs' triggers for an enterprise: counted penalties, firings, spells.
struct CreditAssessment {
    /// A penalty that counts, with the party's fine.
    struct Counted {
        let ref: UInt64
        let decidedOn: CivilDay
        /// In 10⁻⁵ CNY.
        let fine: Int128
    }

    /// A trigger that held on a day.
    struct Firing {
        let trigger: CreditRules.Trigger
        let on: CivilDay
        let from: CivilDay
        let count: Int
        let sum: Int128
        let documents: FixedDecimal?
        let refs: [UInt64]
        let ruleSet: String
    }

    /// A time in which the enterprise is computed dishonest.
    struct Spell {
        let since: CivilDay
        var firings: [Firing]
        /// When it ends by itself; the enterprise is regular from that day.
        var lapses: CivilDay
    }

    let row: EnterpriseRow
    let codes: Set<String>
    let day: CivilDay
    let sets: [CreditRules]
    private(set) var counted: [Counted] = []
    /// Penalties left out, with the rule that left them out.
    private(set) var leftOut: [(ref: UInt64, rule: String)] = []
    private(set) var doubts: Set<String> = []

    init(_ row: EnterpriseRow, subject: String, day: CivilDay, sets: [CreditRules]) {
        self.row = row
        self.day = day
        self.sets = sets
        codes = row.codes(of: subject)
        count()
    }

    func rules(on day: CivilDay) -> CreditRules? { sets.first { $0.isInForce(on: day) } }

    func isBroker(on day: CivilDay) -> Bool { row.roles(on: day)?.contains("broker") ?? false }

    /// The documents of a calendar year as an authority reported them: the later report, for equal
    /// times the later in canonical order.
    func documents(of year: Int) -> FixedDecimal? {
        row.counts.last { $0.what == "documentsLastYear" && $0.year == Int64(year) }?.value
    }

    private mutating func count() {
        var newest: [String: PenaltyRecord] = [:]
        for record in row.penalties where record.agency == "customs" {
            newest[record.decisionNo] = record
        }
        let records = newest.values.sorted {
            ($0.decidedOn?.number ?? 0, $0.decisionNo) < ($1.decidedOn?.number ?? 0, $1.decisionNo)
        }
        for record in records { count(record) }
    }

    private mutating func count(_ record: PenaltyRecord) {
        guard let decided = record.decidedOn, decided <= day,
            let party = record.parties.first(where: {
                codes.contains(EnterpriseRow.code($0.subject))
            })
        else { return }
        let changes = row.changes.filter { $0.decisionNo == record.decisionNo }
        if changes.contains(where: { $0.kind == "revoked" && isMine($0) }) {
            return leftOut.append((record.ref, "revoked"))
        }
        if record.category == "smuggling" { return leftOut.append((record.ref, "K4")) }
        let fine = record.kind == "fine" ? fine(of: party, record, changes) : 0
        if let rule = exclusion(record, party, decided) {
            return leftOut.append((record.ref, rule))
        }
        if record.isSelfDisclosed, record.kind == "fine" || record.kind == "warning",
            isForgiven(fine, decided)
        {
            return leftOut.append((record.ref, "K8"))
        }
        counted.append(Counted(ref: record.ref, decidedOn: decided, fine: fine))
    }

    private func isMine(_ change: PenaltyChange) -> Bool {
        change.party.isEmpty || codes.contains(EnterpriseRow.code(change.party))
    }

    /// The party's fine: its amount, else its share of the decision's; a change replaces both.
    private mutating func fine(
        of party: PenaltyRecord.Party, _ record: PenaltyRecord, _ changes: [PenaltyChange]
    ) -> Int128 {
        let change = changes.last { $0.kind == "changed" && $0.newAmount != nil && isMine($0) }
        if let changed = change?.newAmount {
            if change?.party.isEmpty == false || record.parties.count == 1 {
                return Int128(changed.units)
            }
            return part(party.share, of: changed)
        }
        if let amount = party.amount { return Int128(amount.units) }
        guard let whole = record.amount else {
            doubts.insert("penaltyAmount")
            return 0
        }
        return record.parties.count == 1 && party.share == nil
            ? Int128(whole.units) : part(party.share, of: whole)
    }

    private mutating func part(_ share: FixedDecimal?, of whole: FixedDecimal) -> Int128 {
        guard let share else {
            doubts.insert("penaltyShare")
            return 0
        }
        return FixedPrinting.rounded(
            Int128(whole.units) * Int128(share.units), Int128(FixedDecimal.scale))
    }

    /// Announcement 170/2023: unintended breaches of others than brokers, by the decision's day.
    private mutating func exclusion(
        _ record: PenaltyRecord, _ party: PenaltyRecord.Party, _ decided: CivilDay
    ) -> String? {
        let rule = sets.flatMap(\.exclusions).first { $0.from <= decided && decided <= $0.to }
        guard let rule, !isBroker(on: decided) else { return nil }
        switch party.intent {
        case "none", "negligent": return rule.id
        case "intentional": return nil
        default:
            doubts.insert("intent")
            return nil
        }
    }

    /// Self-disclosure with a small fine is no record; the limit that held is not known for some.
    private mutating func isForgiven(_ fine: Int128, _ decided: CivilDay) -> Bool {
        guard let rules = rules(on: decided), let limit = rules.selfDisclosureLimit else {
            doubts.insert("selfDisclosureLimit")
            return false
        }
        let scale = Int128(FixedDecimal.scale)
        if fine <= Int128(limit) * scale { return true }
        if fine <= Int128(rules.selfDisclosureDoubt) * scale {
            doubts.insert("selfDisclosureLimit")
        }
        return false
    }
}
