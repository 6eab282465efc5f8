import ClearanceEvents

extension ProcedureState {
    mutating func takeTaxes(_ steps: [ProcedureStep]) {
        let own = steps.filter {
            (StepKind.taxAssessed.rawValue...StepKind.taxRefunded.rawValue)
                .contains($0.kind.rawValue)
        }
        guard !own.isEmpty else { return }
        let bills = own.filter { $0.own.hasPrefix("tax:") }
        let payments = own.filter { !$0.own.hasPrefix("tax:") }
        let bySubject = Dictionary(grouping: bills, by: \.own).sorted { $0.key < $1.key }
        for (subject, said) in bySubject {
            var state = TaxBillState(subject: subject)
            // A payment names payment books or bills instead of being about one bill.
            let names = Set(said.flatMap(\.words) + [String(subject.dropFirst(4))])
            let own = payments.filter { !names.isDisjoint(with: $0.words) }.map(\.withoutWords)
            for step in (said + own).sorted(by: ProcedureStep.precedes) {
                if let code = state.take(step) { report(code, subject, step) }
            }
            taxes.append(state)
        }
        checkPayments(steps)
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
