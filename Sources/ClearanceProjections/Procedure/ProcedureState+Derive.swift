import ClearanceEvents

extension ProcedureState {
    init(of row: ProcedureRow) {
        let steps = distinct(row.steps)
        var lists: [ProcedureStep] = []
        for step in steps {
            if step.kind.isListStep {
                if step.own.isEmpty { lists.append(step) }
            } else {
                note(step)
            }
        }
        takeCancels(steps, into: &lists)
        let clusters = AttemptClusters(lists)
        findings += clusters.findings
        for cluster in clusters.clusters {
            let machine = AttemptMachine.run(cluster)
            attempts += machine.attempts
            findings += machine.findings
        }
        attempts.sort { ($0.startedAt, $0.name) < ($1.startedAt, $1.name) }
        checkPapers()
        takeReturns(steps)
        takeTaxes(steps)
        checkReferences(steps)
        findings.sort(by: Finding.precedes)
    }

    /// One fact for each natural key. Of two contents the greater mark stands, as for papers;
    /// that two stand against each other is the finding.
    private mutating func distinct(_ steps: [ProcedureStep]) -> [ProcedureStep] {
        guard Set(steps.map(\.ref)).count < steps.count else { return steps }
        var result: [ProcedureStep] = []
        for step in steps {
            guard let place = result.lastIndex(where: { $0.ref == step.ref }) else {
                result.append(step)
                continue
            }
            if findings.last?.refs != [step.ref] {
                findings.append(
                    Finding(
                        code: .conflictingContent, about: step.cop, time: step.time,
                        refs: [step.ref]))
            }
            result[place] = step
        }
        return result
    }

    private mutating func note(_ step: ProcedureStep) {
        switch step.kind {
        case .arrived: arrivedAt = min(arrivedAt ?? step.time, step.time)
        case .departed: departedAt = min(departedAt ?? step.time, step.time)
        case .delivered: deliveredAt = min(deliveredAt ?? step.time, step.time)
        default: break
        }
    }

    /// Cancel requests speak of a list by its number; their own numbers are never the list's. What
    /// they say is added to the facts of that list.
    private mutating func takeCancels(
        _ steps: [ProcedureStep], into lists: inout [ProcedureStep]
    ) {
        let own = steps.filter { $0.kind.isListStep && $0.own.hasPrefix("cancel:") }
        guard !own.isEmpty else { return }
        let known = Set(lists.map(\.invt)).subtracting([""])
        let listed = Dictionary(grouping: own, by: \.own).sorted { $0.key < $1.key }
        for (subject, said) in listed {
            let invt = said.map(\.invt).first { !$0.isEmpty } ?? ""
            var cancel = Cancel(subject: subject, invt: invt)
            for step in said {
                switch step.kind {
                case .cancelRequested: cancel.requestedAt = cancel.requestedAt ?? step.time
                case .cancelled: cancel.approvedAt = cancel.approvedAt ?? step.time
                case .cancelRefused: cancel.refusedAt = cancel.refusedAt ?? step.time
                default: continue
                }
                // A reference to a list that is not there moves no other list.
                guard invt.isEmpty ? known.count <= 1 : known.contains(invt) else { continue }
                var copy = step
                (copy.cop, copy.pre) = ("", "")
                copy.invt = invt.isEmpty ? known.first ?? "" : invt
                if !lists.isEmpty { lists.append(copy) }
            }
            cancels.append(cancel)
        }
    }

    private mutating func checkPapers() {
        for attempt in attempts where attempt.paper == nil {
            guard let first = attempt.steps.first,
                !attempt.steps.contains(where: { $0.kind.isPaper })
            else { continue }
            findings.append(
                Finding(
                    code: .paperAbsent, about: attempt.name, time: first.time, refs: [first.ref]))
        }
    }
}
