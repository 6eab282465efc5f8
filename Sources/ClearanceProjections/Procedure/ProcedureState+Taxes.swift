import ClearanceEvents

extension ProcedureState {
    mutating func takeTaxes(_ steps: [ProcedureStep]) {
        let own = steps.filter {
            (StepKind.taxAssessed.rawValue...StepKind.taxRefunded.rawValue)
                .contains($0.kind.rawValue)
        }
        guard !own.isEmpty else { return }
        let bills = own.filter { $0.own.hasPrefix("tax:") }
        for (subject, said) in Dictionary(grouping: bills, by: \.own).sorted(by: { $0.key < $1.key })
        {
            var state = TaxBillState(subject: subject)
            for step in said.sorted(by: ProcedureStep.precedes) {
                if let code = state.take(step) { report(code, subject, step) }
            }
            taxes.append(state)
        }
        for step in own where !step.own.hasPrefix("tax:") { pay(step) }
        checkPayments(steps)
    }

    /// A payment names payment books or bills instead of being about one bill.
    private mutating func pay(_ step: ProcedureStep) {
        for index in taxes.indices where names(step, taxes[index]) {
            if let code = taxes[index].take(step.withoutWords) {
                report(code, taxes[index].subject, step)
            }
        }
    }

    private func names(_ step: ProcedureStep, _ bill: TaxBillState) -> Bool {
        step.words.contains { word in
            !word.isEmpty && (word == bill.dutyNo || "tax:" + word == bill.subject)
        }
    }

    /// Tax is due from day 31 after the release: an earlier payment is a finding, no refusal.
    private mutating func checkPayments(_ steps: [ProcedureStep]) {
        for bill in taxes {
            guard let paid = bill.paidAt,
                let attempt = attempts.first(where: { refers(bill.invt, to: $0) }),
                let released = attempt.releasedAt
            else { continue }
            let first = Instant(microseconds: released).beijingDay
                .adding(days: TaxBillState.firstDueDay)
            guard Instant(microseconds: paid).beijingDay < first else { continue }
            let refs = steps.filter { $0.kind == .taxPaid && $0.time == paid }.map(\.ref)
            findings.append(report(.earlyPayment, bill.subject, at: paid, refs))
        }
    }

    /// What refers to a list that no fact of the thing is about.
    mutating func checkReferences(_ steps: [ProcedureStep]) {
        let known = Set(attempts.map(\.invt))
        let references =
            cancels.map { ($0.subject, $0.invt) } + returns.map { ($0.subject, $0.invt) }
            + taxes.map { ($0.subject, $0.invt) }
        for (subject, invt) in references {
            let isKnown = invt.isEmpty ? !attempts.isEmpty : known.contains(invt)
            guard !isKnown, let step = steps.first(where: { $0.own == subject }) else { continue }
            report(.danglingReference, subject, step)
        }
    }
}

extension ProcedureStep {
    var withoutWords: ProcedureStep {
        var copy = self
        copy.words = []
        return copy
    }
}
