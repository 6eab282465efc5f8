import ClearanceEvents

extension OrderJudge {
    /// Puts the decisions by hand over what was found, and names outcome, kind and rule.
    mutating func conclude() -> OrderOutcome {
        let isLive = meeting.orders[order].state == .live
        let manual = isLive ? judgeDecisions() : false
        for code in papers.customsCodes { explainCustoms(code) }
        if reasons.count > 1 {
            reasons.sort()
            reasons = reasons.enumerated().filter {
                $0.offset == 0 || reasons[$0.offset - 1] != $0.element
            }
            .map(\.element)
        }
        var outcome = MatchOutcome.matched
        for reason in reasons {
            if let other = reason.code.outcome, other < outcome { outcome = other }
        }
        if manual { outcome = .matched }
        var kind = manual ? MatchCode.manual : matchedKind
        if outcome != .matched {
            let kinds = reasons.compactMap { $0.code.outcome == outcome ? $0.kind : nil }
            kind = kinds.min() ?? kind
        }
        let decisive = reasons.first { $0.code.outcome == outcome }
        return OrderOutcome(
            subject: stream.subject, outcome: outcome, kind: kind, reasons: reasons,
            papers: names(), declared: papers.list != nil,
            rule: outcome == .matched ? .matched : decisive?.rule ?? .matched, checked: checked)
    }

    /// Customs' check code is shown when nothing that was found here agrees with it.
    private mutating func explainCustoms(_ code: ShortCode) {
        guard let meant = CustomsCheck.outcome(of: code.text),
            !reasons.contains(where: { $0.code.outcome == meant })
        else { return }
        let computed = reasons.compactMap(\.code.outcome).min() ?? .matched
        reasons.append(
            MatchReason(
                .customsSays, field: "returnInfo", left: computed.name, right: code.text))
    }

    private var matchedKind: MatchCode {
        guard !reasons.isEmpty else { return .exact }
        func has(_ codes: MatchCode...) -> Bool { reasons.contains { codes.contains($0.code) } }
        if has(.latePayment, .lateWaybill) { return .late }
        if has(.tolerance) { return .withinTolerance }
        return has(.split, .combined, .shareUnknown, .parcels) ? .group : .exact
    }

    /// The order, then its papers sorted, each once.
    private func names() -> [PaperName] {
        let row = meeting.row
        var others: [PaperName] = []
        others.reserveCapacity(4)
        for payment in papers.payments {
            others.append(PaperName(subject: row.payments[payment.stream].subject))
        }
        for index in papers.waybills { others.append(meeting.name(meeting.lives[index])) }
        for paper in papers.proceeds {
            others.append(PaperName(subject: row.proceeds[paper.stream].subject))
        }
        if let list = papers.list { others.append(PaperName(subject: row.lists[list].subject)) }
        if others.count > 1 { others.sort() }
        var names = [PaperName(subject: stream.subject)]
        names.reserveCapacity(others.count + 1)
        for name in others where name != names.last { names.append(name) }
        return names
    }

    // MARK: - Decisions by hand

    /// Adds what decisions say; returns whether the order is matched by hand.
    private mutating func judgeDecisions() -> Bool {
        guard !meeting.row.decisions.isEmpty else { return false }
        let own = meeting.row.decisions.filter { $0.subject == stream.subject }
        let since = own.lastIndex { $0.verb == .reopen }.map { own[($0 + 1)...] } ?? own[...]
        for decision in since {
            for paper in decision.papers where isDangling(paper) {
                let left = String(decoding: paper, as: UTF8.self)
                reasons.append(MatchReason(.danglingReference, left: left))
            }
        }
        guard let decision = since.last(where: { $0.verb.counts }) else { return false }
        let computed = reasons.compactMap(\.code.outcome).min() ?? .matched
        reasons.append(
            MatchReason(.decision, left: computed.name, right: "\(decision.verb)"))
        if latestEvidence > decision.time {
            reasons.append(MatchReason(.staleDecision))
            return false
        }
        switch decision.verb {
        case .force: return true
        case .accept: return computed > .waiting
        case .reject:
            reasons.append(MatchReason(.rejected))
            return false
        default: return false
        }
    }

    /// Payments and waybills that a decision names are in the row wherever they belong; other
    /// papers may stand in another row and are not judged here.
    private func isDangling(_ paper: [UInt8]) -> Bool {
        let plain = paper.firstIndex(of: UInt8(ascii: "@")).map { Array(paper[..<$0]) } ?? paper
        if plain.starts(with: Array("payment:".utf8)) {
            return !meeting.row.payments.contains {
                $0.subject == plain && !$0.versions.isEmpty
            }
        }
        guard plain.starts(with: Array("waybill:".utf8)) else { return false }
        return !meeting.row.waybills.contains { $0.subject == plain && !$0.versions.isEmpty }
    }

    /// The latest own time of what was said about the order and about papers that name it; lists
    /// are left out, as declaring is what follows an acceptance.
    private var latestEvidence: Int64 {
        var latest = Int64.min
        func see<Facts: PaperFacts>(_ stream: PaperStream<Facts>) {
            if let own = stream.versions.last?.own { latest = max(latest, own) }
            if let own = stream.endings.last?.own { latest = max(latest, own) }
            if let said = stream.receipts.last, said.isRejection { latest = max(latest, said.time) }
        }
        see(stream)
        let number = facts.number
        for (index, payment) in meeting.row.payments.enumerated() {
            let isBound = papers.payments.contains { $0.stream == index }
            let isNaming = payment.versions.contains {
                $0.facts.number == number || $0.facts.shares.contains { $0.number == number }
            }
            if isBound || isNaming { see(payment) }
        }
        for (index, waybill) in meeting.row.waybills.enumerated() {
            let isBound = papers.waybills.contains { meeting.lives[$0].stream == index }
            if isBound || waybill.versions.contains(where: { $0.facts.number == number }) {
                see(waybill)
            }
        }
        for proceeds in meeting.row.proceeds
        where proceeds.versions.contains(where: { $0.facts.number == number }) {
            see(proceeds)
        }
        return latest
    }
}
