import ClearanceEvents

extension ProcedureState {
    mutating func takeReturns(_ steps: [ProcedureStep]) {
        let own = steps.filter {
            (StepKind.returnRequested.rawValue...StepKind.returnTallied.rawValue)
                .contains($0.kind.rawValue)
        }
        guard !own.isEmpty else { return }
        for (subject, said) in Dictionary(grouping: own, by: \.own).sorted(by: { $0.key < $1.key })
        {
            var state = ReturnState(subject: subject)
            for step in said.sorted(by: ProcedureStep.precedes) {
                if let code = state.take(step) { report(code, subject, step) }
            }
            returns.append(state)
        }
        checkReturns()
    }

    func report(
        _ code: Finding.Code, _ about: String, at time: Int64, _ refs: [UInt64]
    ) -> Finding {
        Finding(code: code, about: about, time: time, refs: refs)
    }

    mutating func report(_ code: Finding.Code, _ about: String, _ step: ProcedureStep) {
        findings.append(Finding(code: code, about: about, time: step.time, refs: [step.ref]))
    }

    private mutating func checkReturns() {
        for attempt in attempts {
            let own = returns.filter { refers($0.invt, to: attempt) }
            for state in own { checkDays(state, attempt) }
            checkQuantities(own.filter(\.counts), attempt)
        }
    }

    /// Day k after the release is its Beijing date plus k; the days bind imports only.
    private mutating func checkDays(_ state: ReturnState, _ attempt: ListAttempt) {
        let refs = state.refs
        let asked = state.requestedAt ?? state.acceptedAt ?? state.arrivedAt ?? 0
        guard let released = attempt.releasedAt, released <= asked else {
            findings.append(report(.returnWithoutRelease, state.subject, at: asked, refs))
            return
        }
        guard attempt.ieDirection != .export else { return }
        let day = Instant(microseconds: released).beijingDay
        if let asked = state.requestedAt,
            Instant(microseconds: asked).beijingDay > day.adding(days: ReturnState.requestDays)
        {
            findings.append(report(.lateReturnRequest, state.subject, at: asked, refs))
        }
        if let back = state.arrivedAt,
            Instant(microseconds: back).beijingDay > day.adding(days: ReturnState.arrivalDays)
        {
            findings.append(report(.lateReturnArrival, state.subject, at: back, refs))
        }
    }

    /// Σ of all returns of a line against its declared quantity (X14).
    private mutating func checkQuantities(_ own: [ReturnState], _ attempt: ListAttempt) {
        guard let paper = attempt.paper, !own.isEmpty, attempt.releasedAt != nil else { return }
        var sums: [Int: Int128] = [:]
        for state in own {
            for (gnum, qty) in state.quantities { sums[gnum, default: 0] += Int128(qty.units) }
        }
        let declared = Dictionary(
            paper.lines.map { ($0.gnum, Int128($0.qty?.units ?? 0)) }, uniquingKeysWith: +)
        guard sums.contains(where: { $0.value > declared[$0.key] ?? 0 }) else { return }
        let time = own.compactMap { $0.requestedAt ?? $0.arrivedAt }.max() ?? 0
        findings.append(
            report(.returnExceedsReleased, attempt.name, at: time, own.flatMap(\.refs).sorted()))
    }
}
