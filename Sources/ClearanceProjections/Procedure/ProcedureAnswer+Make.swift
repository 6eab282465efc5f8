public import ClearanceEvents

extension ProcedureAnswer {
    /// The answer for a row.
    ///
    /// `positions` finds the events of a fact by ``ProcedureStep/ref`` (the high half of the
    /// natural key); without it the answer names none. `day` is the day asked, for what is due.
    public init(
        _ row: ProcedureRow, on day: CivilDay?, positions: [UInt64: [UInt64]] = [:]
    ) {
        let state = row.state
        self.state = state.word.rawValue
        let live = state.live
        attempts = state.attempts.map {
            ProcedureAnswer.attempt($0, state, isLive: $0 == live, positions)
        }
        let times = [
            ("arrived", state.arrivedAt), ("departed", state.departedAt),
            ("delivered", state.deliveredAt),
        ]
        goods = Dictionary(
            uniqueKeysWithValues: times.compactMap { name, time in
                time.map { (name, ProcedureAnswer.text($0)) }
            })
        returns = state.returns.map { ProcedureAnswer.goodsReturn($0, state) }
        taxes = state.taxes.map { ProcedureAnswer.tax($0, state, day) }
        findings = state.findings.map { finding in
            BrokenRule(
                code: finding.code.rawValue, severity: finding.severity.rawValue,
                about: finding.about, time: ProcedureAnswer.text(finding.time),
                positions: finding.refs.flatMap { positions[$0] ?? [] }.sorted(),
                message: ["zh": finding.message.zh, "en": finding.message.en])
        }
    }

    static func text(_ time: Int64) -> String { Instant(microseconds: time).rfc3339 }

    private static func attempt(
        _ attempt: ListAttempt, _ state: ProcedureState, isLive: Bool,
        _ positions: [UInt64: [UInt64]]
    ) -> Attempt {
        var names = ["copNo": attempt.cop, "preNo": attempt.pre, "invtNo": attempt.invt]
        if let paper = attempt.paper {
            for code in ListPaper.Code.allCases { names[code.field] = paper[code] }
        }
        let direction: String? =
            switch attempt.ieDirection {
            case .import: "import"
            case .export: "export"
            case .unknown: nil
            }
        return Attempt(
            state: state.word(of: attempt).rawValue, phase: attempt.phase.rawValue,
            holds: attempt.openHolds.map(\.rawValue),
            identifiers: names.filter { !$0.value.isEmpty }, direction: direction,
            isLive: isLive, hasPaper: attempt.paper != nil,
            steps: attempt.facts.map {
                Step(
                    type: $0.kind.typeName, time: text($0.time),
                    positions: positions[$0.ref] ?? [])
            },
            conclusions: attempt.conclusions)
    }

    private static func release(_ invt: String, _ state: ProcedureState) -> CivilDay? {
        state.attempts.first { state.refers(invt, to: $0) }?.releasedAt
            .map { Instant(microseconds: $0).beijingDay }
    }

    private static func goodsReturn(_ item: ReturnState, _ state: ProcedureState) -> Return {
        func texts(_ quantities: [Int: FixedDecimal]) -> [String: String] {
            Dictionary(uniqueKeysWithValues: quantities.map { ("\($0.key)", $0.value.text) })
        }
        let released = release(item.invt, state)
        return Return(
            subject: item.subject, list: item.invt, phase: item.phase.rawValue,
            requested: item.requestedAt.map(text), accepted: item.acceptedAt.map(text),
            arrived: item.arrivedAt.map(text), quantities: texts(item.requested),
            arrivedQuantities: texts(item.arrived),
            requestBy: released?.adding(days: ReturnState.requestDays).description,
            arriveBy: released?.adding(days: ReturnState.arrivalDays).description)
    }

    private static func tax(
        _ bill: TaxBillState, _ state: ProcedureState, _ day: CivilDay?
    ) -> Tax {
        let released = release(bill.invt, state)
        let last = released?.adding(days: TaxBillState.lastDueDay)
        let isOpen = bill.phase == .assessed || bill.phase == .summarised
        let overdue = if let day, let last { isOpen && day > last } else { false }
        return Tax(
            subject: bill.subject, list: bill.invt, phase: bill.phase.rawValue,
            dutyNo: bill.dutyNo.isEmpty ? nil : bill.dutyNo,
            customsTax: bill.sums?.customsTax.text, valueAddedTax: bill.sums?.valueAddedTax.text,
            consumptionTax: bill.sums?.consumptionTax.text,
            total: bill.total.map(FixedDecimal.text(of:)), paid: bill.paidAt.map(text),
            dueFrom: released?.adding(days: TaxBillState.firstDueDay).description,
            dueBy: last?.description, overdue: overdue)
    }
}
