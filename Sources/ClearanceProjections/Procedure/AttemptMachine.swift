/// Moves one cluster of facts through the table of `specs/procedure.md`.
///
/// Facts come in procedural order. Every fact takes effect; what it breaks becomes a finding.
struct AttemptMachine {
    private(set) var attempts: [ListAttempt] = []
    private(set) var findings: [Finding] = []
    private var current = ListAttempt()

    /// Runs the facts of one cluster.
    static func run(_ steps: [ProcedureStep]) -> AttemptMachine {
        var machine = AttemptMachine()
        for step in steps { machine.take(step) }
        machine.finish()
        return machine
    }

    private mutating func take(_ step: ProcedureStep) {
        if current.phase.isEnd, isNewDeclaration(step) { open() }
        if current.steps.isEmpty { current.startedAt = step.time }
        current.steps.append(step)
        learn(step)
        if current.phase == .cancelled, step.kind != .progress, step.kind != .failed,
            step.kind != .cancelled
        {
            return report(.eventAfterCancellation, step)
        }
        switch step.kind {
        case .drafted, .submitted, .amended, .withdrawn, .progress: declare(step)
        case .accepted, .rejected, .reviewing, .reviewed: decide(step)
        case .inspectionOrdered, .inspectionStarted, .sampled, .concluded, .detained, .freed,
            .suspended, .resumed:
            hold(step)
        case .released, .closed, .turnedBack: release(step)
        case .cancelRequested, .cancelled, .cancelRefused: cancel(step)
        default: break
        }
    }

    /// A rejected list may be sent again, as new or as a change (X16); a cancelled one as new.
    private func isNewDeclaration(_ step: ProcedureStep) -> Bool {
        step.kind == .submitted || step.kind == .drafted
            || (step.kind == .amended && current.phase == .rejected)
    }

    private mutating func open() {
        let old = current
        finish()
        current = ListAttempt()
        (current.cop, current.pre, current.invt) = (old.cop, old.pre, old.invt)
    }

    private mutating func finish() {
        guard !current.steps.isEmpty else { return }
        attempts.append(current)
    }

    private mutating func learn(_ step: ProcedureStep) {
        if !step.cop.isEmpty { current.cop = step.cop }
        if !step.pre.isEmpty { current.pre = step.pre }
        if !step.invt.isEmpty, current.invt.isEmpty || !step.kind.isOwnWord {
            current.invt = step.invt
        }
        if current.direction == .unknown { current.direction = step.direction }
        guard let paper = step.paper, step.kind != .drafted else { return }
        // A second declaration of an accepted list is refused by customs; it replaces nothing.
        if step.kind == .submitted, current.acceptedAt != nil, current.paper != nil { return }
        // Facts come in time order, so a later paper of the same appTime has the greater mark.
        if (current.paper?.appTime ?? Int64.min) <= paper.appTime { current.paper = paper }
    }

    private mutating func report(_ code: Finding.Code, _ step: ProcedureStep) {
        findings.append(
            Finding(code: code, about: current.name, time: step.time, refs: [step.ref]))
    }

    private mutating func raise(_ phase: ProcedurePhase) {
        if phase.rank > current.phase.rank || current.phase == .rejected {
            current.phase = phase
        }
    }

    private mutating func end(_ phase: ProcedurePhase, at time: Int64) {
        current.phase = phase
        current.endedAt = time
        current.holds = [:]
        current.cancelPending = false
    }

    private mutating func declare(_ step: ProcedureStep) {
        let phase = current.phase
        switch step.kind {
        case .drafted: raise(.drafted)
        case .submitted:
            if phase.rank > ProcedurePhase.drafted.rank, current.submittedAt != nil {
                report(.duplicateDeclaration, step)
            }
            current.submittedAt = current.submittedAt ?? step.time
            raise(.submitted)
        case .amended:
            if phase == .none || phase == .drafted {
                if phase == .none, attempts.isEmpty { report(.amendedUnknown, step) }
                current.submittedAt = step.time
                raise(.submitted)
            } else if current.holds[.inspecting] != nil {
                report(.changeDuringInspection, step)
            } else if phase.rank >= ProcedurePhase.accepted.rank {
                report(.amendedAfterAcceptance, step)
            }
        case .withdrawn:
            if phase.rank <= ProcedurePhase.submitted.rank {
                end(.cancelled, at: step.time)
            } else if phase != .rejected {
                report(.withdrawnAfterAcceptance, step)
            }
        default:
            // 2 and 3: the e-port has the list and passes it on; 1 is stored, not declared.
            if step.words.first == "2" || step.words.first == "3" { raise(.submitted) }
        }
    }

    private mutating func decide(_ step: ProcedureStep) {
        let phase = current.phase
        switch step.kind {
        case .accepted:
            if phase == .rejected {
                report(.acceptanceAfterRejection, step)
                current.endedAt = nil
            }
            current.acceptedAt = current.acceptedAt ?? step.time
            raise(.accepted)
        case .rejected:
            if current.releasedAt != nil { report(.rejectionAfterRelease, step) }
            end(.rejected, at: step.time)
        default:
            if current.acceptedAt == nil || phase == .rejected {
                report(.reviewWithoutAcceptance, step)
            }
            raise(step.kind == .reviewing ? .reviewing : .reviewed)
        }
    }

    private mutating func cancel(_ step: ProcedureStep) {
        switch step.kind {
        case .cancelRequested:
            if current.releasedAt != nil { report(.cancelAfterRelease, step) }
            if current.cancelPending { report(.cancelledTwice, step) }
            current.cancelPending = true
        case .cancelRefused: current.cancelPending = false
        default:
            guard current.phase != .cancelled else { return }
            if current.releasedAt != nil { report(.cancelAfterRelease, step) }
            end(.cancelled, at: step.time)
        }
    }

    private mutating func release(_ step: ProcedureStep) {
        switch step.kind {
        case .released: grant(step)
        case .closed:
            if current.releasedAt == nil { report(.closingWithoutRelease, step) }
            current.closedAt = current.closedAt ?? step.time
            raise(.closed)
        default:
            if current.releasedAt != nil { report(.turnedBackAfterRelease, step) }
            end(.turnedBack, at: step.time)
        }
    }

    private mutating func grant(_ step: ProcedureStep) {
        guard current.releasedAt == nil else { return report(.secondRelease, step) }
        if current.acceptedAt == nil || current.phase == .rejected {
            report(.releaseWithoutAcceptance, step)
        }
        if let open = current.holds[.inspecting], !open.isSilent {
            report(.releaseDuringInspection, step)
        }
        let others = [ListAttempt.Hold.detained, .suspended].compactMap { current.holds[$0] }
        if others.contains(where: { !$0.isSilent }) { report(.releaseWhileHeld, step) }
        current.holds = current.holds.filter { !$0.value.isSilent }
        current.endedAt = nil
        current.releasedAt = step.time
        raise(.released)
    }

    private mutating func hold(_ step: ProcedureStep) {
        switch step.kind {
        case .inspectionOrdered, .inspectionStarted, .sampled:
            if current.inspectedAt == nil { current.inspectedAt = step.time }
            keep(.inspecting, step, after: .inspectionAfterRelease)
        case .concluded: conclude(step)
        case .detained: keep(.detained, step, after: .detainedAfterRelease)
        case .suspended: keep(.suspended, step, after: .suspendedAfterRelease)
        case .freed: current.holds[.detained] = nil
        default: current.holds[.suspended] = nil
        }
    }

    private mutating func keep(
        _ hold: ListAttempt.Hold, _ step: ProcedureStep, after code: Finding.Code
    ) {
        guard current.releasedAt == nil else { return report(code, step) }
        current.wasHeld = true
        var open =
            current.holds[hold]
            ?? ListAttempt.OpenHold(isSilent: true, parts: [], ref: step.ref)
        let isSilent = step.isReceipt && step.words.isEmpty && step.kind != .sampled
        open.isSilent = open.isSilent && isSilent
        for part in step.words where step.kind == .inspectionOrdered {
            if !open.parts.contains(part) { open.parts.append(part) }
        }
        current.holds[hold] = open
    }

    /// A conclusion ends the inspection when every ordered part has its result.
    private mutating func conclude(_ step: ProcedureStep) {
        for word in step.words where !current.conclusions.contains(word) {
            current.conclusions.append(word)
        }
        guard var open = current.holds[.inspecting] else {
            if current.releasedAt == nil { report(.conclusionWithoutInspection, step) }
            return
        }
        let agencies = step.words.map { String($0.prefix { $0 != ":" }) }
        open.parts = agencies.isEmpty ? [] : open.parts.filter { !agencies.contains($0) }
        current.holds[.inspecting] = open.parts.isEmpty ? nil : open
    }
}
