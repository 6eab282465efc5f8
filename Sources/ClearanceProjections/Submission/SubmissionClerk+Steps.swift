import ClearanceEvents

extension SubmissionClerk {
    /// Takes one version of a document.
    mutating func take(_ index: Int, _ verb: SubmissionVerb) {
        if verb == .draft {
            outcomes[index] = outcome(.stored, index)
            return
        }
        let place = file(of: index)
        defer { files[place].last = index }
        if let said = answer(to: index) {
            outcomes[index] = said
            return
        }
        let kind: SubmissionOutcome.Kind =
            switch verb {
            case .new: judgeNew(index, place)
            case .change: judgeChange(index, place)
            default: judgeDelete(index, place)
            }
        outcomes[index] = outcome(kind, index)
        if kind == .taken { keep(index, verb, place) }
    }

    private func judgeNew(_ index: Int, _ place: Int) -> SubmissionOutcome.Kind {
        let fact = facts[index]
        let file = files[place]
        // What only receipts told of so far: this is the paper that they are about.
        if file.stands, !file.isUnseen {
            if fact.parts > 1 || file.partCount > 1, file.verb == .new, !file.isComplete {
                return judgePart(fact, file)
            }
            guard fact.paper == .waybill, let begun = file.begun,
                SubmissionClerk.isFreeAgain(begun, fact.time)
            else { return .alreadyExists }
        }
        switch fact.paper {
        case .list: return isDeclaredElsewhere(fact, place) ? .alreadyExists : .taken
        case .cancelRequest: return judgeCancel(fact, place)
        case .returnRequest: return judgeReturn(fact, place)
        default: return SubmissionClerk.isPart(fact) ? .taken : .partsDisagree
        }
    }

    /// Whether the number of a part lies within its count.
    private static func isPart(_ fact: SubmissionFact) -> Bool {
        fact.parts == 0 ? fact.part == 0 : fact.part >= 1 && fact.part <= fact.parts
    }

    private func judgeChange(_ index: Int, _ place: Int) -> SubmissionOutcome.Kind {
        let fact = facts[index]
        let file = files[place]
        guard file.stands || file.isRejected else {
            return isLaterKnown(than: index) ? .older : .unknown
        }
        if let reason = forbids(fact, file) { return reason }
        if fact.paper == .returnRequest { return judgeReturn(fact, place) }
        guard fact.parts > 1 || file.partCount > 1, file.verb == .change, !file.isComplete else {
            return SubmissionClerk.isPart(fact) ? .taken : .partsDisagree
        }
        return judgePart(fact, file)
    }

    private func judgeDelete(_ index: Int, _ place: Int) -> SubmissionOutcome.Kind {
        let file = files[place]
        guard file.stands || file.isRejected else {
            return isLaterKnown(than: index) ? .older : .unknown
        }
        return forbids(facts[index], file) ?? .taken
    }

    /// Why a document that customs has may not change any more; nil when it may.
    private func forbids(
        _ fact: SubmissionFact, _ file: SubmissionFile
    ) -> SubmissionOutcome.Kind? {
        if fact.paper.isBoundByList, isDeclared(fact) { return .afterDeclaration }
        if fact.paper.isFixedByAcceptance, file.isAccepted, file.stands { return .stateForbids }
        return nil
    }

    /// A further part of a set that is not complete.
    private func judgePart(
        _ fact: SubmissionFact, _ file: SubmissionFile
    ) -> SubmissionOutcome.Kind {
        if Int(fact.parts) != file.partCount || !SubmissionClerk.isPart(fact) {
            return .partsDisagree
        }
        return file.partNumbers.contains(fact.part) ? .partTwice : .taken
    }

    private mutating func keep(_ index: Int, _ verb: SubmissionVerb, _ place: Int) {
        let fact = facts[index]
        var file = files[place]
        let isNextPart =
            file.stands && file.verb == verb && file.partCount > 1 && !file.isComplete
            && verb != .delete
        if isNextPart {
            file.held.append(index)
            file.partNumbers.insert(fact.part)
        } else if verb == .delete {
            file.held = []
            file.stands = false
        } else {
            let stays = verb == .change || file.isUnseen
            file.isAccepted = file.isAccepted && stays && !file.isRejected
            file.held = [index]
            file.stands = true
            file.partCount = Int(clamping: fact.parts)
            file.partNumbers = fact.part > 0 ? [fact.part] : []
            if verb == .new {
                file.begun = fact.time
                file.isOver = false
            }
        }
        file.isRejected = false
        file.verb = verb
        files[place] = file
    }

    /// Takes what customs says of a document.
    mutating func hear(_ index: Int, _ fact: SubmissionFact) {
        for place in files.indices
        where files[place].paper == fact.paper && files[place].name == fact.name
            && (fact.branch == 0 || files[place].branch == fact.branch)
        {
            switch fact.word {
            case .accepted: accept(place)
            case .rejected: reject(place, part: fact.part)
            case .released:
                accept(place)
                files[place].isOver = true
            case .turnedBack:
                files[place].isOver = true
                files[place].stands = false
            default: break
            }
        }
        if fact.paper == .cancelRequest, fact.word == .accepted { cancelList(fact) }
    }

    /// Customs has the document, whatever is known of how it came there.
    private mutating func accept(_ place: Int) {
        var file = files[place]
        defer { files[place] = file }
        if file.isRejected {
            for index in file.refused { outcomes[index] = outcome(.taken, index) }
            (file.held, file.refused) = (file.refused, [])
        } else if !file.stands, let last = file.last {
            guard let kind = outcomes[last]?.kind, kind == .unknown || kind == .older else {
                return
            }
            outcomes[last] = SubmissionOutcome(.taken, isSaid: true)
            guard facts[last].word == .change else { return }
            file.held = [last]
        }
        file.stands = true
        file.isRejected = false
        file.isAccepted = true
    }

    private mutating func reject(_ place: Int, part: Int64) {
        var file = files[place]
        defer { files[place] = file }
        let hit = file.held.filter { part == 0 || facts[$0].part == part }
        // Of what was deleted, or of a part that is not there, nothing is left to reject.
        guard file.stands, !hit.isEmpty || part == 0 else { return }
        for index in hit {
            outcomes[index] = SubmissionOutcome(.rejected, number: nil, isSaid: true)
        }
        file.refused = hit
        file.held.removeAll { hit.contains($0) }
        for index in hit { file.partNumbers.remove(facts[index].part) }
        guard file.held.isEmpty else { return }
        file.stands = false
        file.isRejected = true
        file.isAccepted = false
    }

    /// The number of a waybill may be used again after six months (G4).
    static func isFreeAgain(_ earlier: Int64, _ later: Int64) -> Bool {
        Instant(microseconds: earlier).beijingDay.adding(months: 6)
            < Instant(microseconds: later).beijingDay
    }
}
