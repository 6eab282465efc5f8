import ClearanceEvents

extension SubmissionClerk {
    /// Whether a list that names the paper is declared and stands.
    func isDeclared(_ fact: SubmissionFact) -> Bool {
        files.contains { file in
            guard file.paper == .list, file.stands else { return false }
            return file.held.contains { names(facts[$0], fact) }
        }
    }

    /// Whether a list names a paper: a waybill by its number, the others by order number and by
    /// every party that both name.
    private func names(_ list: SubmissionFact, _ paper: SubmissionFact) -> Bool {
        paper.paper == .waybill
            ? list.waybill != 0 && list.waybill == paper.waybill : isSameOrder(list, paper)
    }

    private func isSameOrder(_ left: SubmissionFact, _ right: SubmissionFact) -> Bool {
        guard left.order != 0, left.order == right.order else { return false }
        let parties = [
            (left.platform, right.platform), (left.enterprise, right.enterprise),
        ].filter { $0 != 0 && $1 != 0 }
        return parties.allSatisfy { $0 == $1 }
    }

    /// X16: the same order was declared under another number, and that list stands.
    func isDeclaredElsewhere(_ fact: SubmissionFact, _ own: Int) -> Bool {
        files.indices.contains { place in
            let file = files[place]
            guard place != own, file.paper == .list, file.stands else { return false }
            return file.held.contains {
                isSameOrder(facts[$0], fact)
                    // Several parcels of one order have a list each.
                    && (facts[$0].waybill == 0 || facts[$0].waybill == fact.waybill)
            }
        }
    }

    /// X15: the list is there, its state allows it, and nobody asked before.
    func judgeCancel(_ fact: SubmissionFact, _ own: Int) -> SubmissionOutcome.Kind {
        guard let place = list(of: fact) else { return .listUnknown }
        let asked = files.indices.contains { other in
            let file = files[other]
            return other != own && file.paper == .cancelRequest && file.stands
                && file.held.contains { facts[$0].list == fact.list && fact.list != 0 }
        }
        if asked { return .alreadyCancelled }
        let file = files[place]
        return file.stands && !file.isOver ? .taken : .stateForbids
    }

    /// X14: the list is there, has the lines, and has as much of each.
    func judgeReturn(_ fact: SubmissionFact, _ own: Int) -> SubmissionOutcome.Kind {
        guard let place = list(of: fact) else { return .listUnknown }
        let lines = files[place].held.flatMap { facts[$0].lines }
        // Receipts alone say that there is a list, and nothing of its lines.
        guard !lines.isEmpty else { return .taken }
        for line in fact.lines {
            let known = lines.contains {
                $0.gnum == line.gnum
                    && ($0.gcode == line.gcode || $0.gcode == 0 || line.gcode == 0)
            }
            if !known { return .lineUnknown }
        }
        for line in fact.lines {
            let before = files.indices.filter { other in
                other != own && files[other].paper == .returnRequest && files[other].stands
            }.flatMap { files[$0].held }.filter { facts[$0].list == fact.list }
            let taken = (before.flatMap { facts[$0].lines } + fact.lines)
                .filter { $0.gnum == line.gnum }.reduce(Int128(0)) { $0 + Int128($1.qty) }
            let had = lines.filter { $0.gnum == line.gnum }
                .reduce(Int128(0)) { $0 + Int128($1.qty) }
            if taken > had { return .quantityExceeded }
        }
        return .taken
    }

    /// The list that a request speaks of, by its number, else by its order.
    private func list(of fact: SubmissionFact) -> Int? {
        let byNumber = files.indices.first { place in
            let file = files[place]
            guard file.paper == .list, file.last != nil || file.stands else { return false }
            return file.name == fact.list
        }
        if byNumber != nil || fact.list != 0 { return byNumber }
        return files.indices.first { place in
            files[place].paper == .list
                && files[place].held.contains { isSameOrder(facts[$0], fact) }
        }
    }

    /// The approval of a cancel request ends the list that the request, or the receipt, names.
    mutating func cancelList(_ fact: SubmissionFact) {
        let own = files.first { $0.paper == .cancelRequest && $0.name == fact.name }
        let asked = own?.versions.map { facts[$0].list }.first { $0 != 0 }
        let number = fact.list != 0 ? fact.list : asked ?? 0
        guard number != 0 else { return }
        for place in files.indices
        where files[place].paper == .list && files[place].name == number {
            files[place].stands = false
            files[place].isOver = true
            files[place].held = []
        }
    }
}
