import ClearanceEvents

extension TraceBuilder {
    /// The node of an attempt: customs' number before the e-port's before the declarant's own.
    func id(of attempt: ListAttempt) -> String {
        if !attempt.invt.isEmpty { return "list:" + attempt.invt }
        return attempt.pre.isEmpty ? "declaration:" + attempt.cop : "pre:" + attempt.pre
    }

    /// The list that a reference means; nil when it is not there.
    func list(_ invt: String) -> String? {
        state.attempts.last { state.refers(invt, to: $0) }.map(id(of:))
    }

    mutating func addLists() {
        for attempt in state.attempts { addList(attempt) }
    }

    private mutating func addList(_ attempt: ListAttempt) {
        let list = id(of: attempt)
        var names: [String] = []
        if !attempt.cop.isEmpty { names.append("declaration:" + attempt.cop) }
        if !attempt.pre.isEmpty { names.append("pre:" + attempt.pre) }
        draft.note(list, .list, label: attempt.name, names: names)
        draft.change(list) { $0.place = attempt.customs.isEmpty ? nil : attempt.customs }
        for step in attempt.facts where step.own.isEmpty {
            for position in places[step.ref] ?? [] { addStep(step, position, list) }
        }
        if let end = attempt.endedAt { draft.change(list) { $0.until = end } }
        guard let paper = attempt.paper, let (position, event) = source(of: attempt) else {
            return
        }
        let time = event.time.microseconds
        if !paper[.orderNo].isEmpty {
            let platform = paper[.ebp].isEmpty ? nil : paper[.ebp]
            for order in orders(paper[.orderNo], platform) {
                draft.join(order, list, "declaredBy", since: time, position)
            }
        }
        let waybill = "waybill:\(paper[.logistics])/\(paper[.waybill])"
        if draft.nodes[waybill] != nil {
            draft.join(waybill, list, "declaredBy", since: time, position)
            // An export waybill names no order: it meets it through the list.
            for order in orders(paper[.orderNo], paper[.ebp].isEmpty ? nil : paper[.ebp]) {
                draft.join(order, waybill, "carriedBy", since: time, position)
            }
        }
        addLines(event, position, list)
    }

    /// The event of the live version of the paper.
    private func source(of attempt: ListAttempt) -> Item? {
        let papers = attempt.facts.filter { $0.paper != nil && $0.paper == attempt.paper }
        guard let position = papers.last.flatMap({ places[$0.ref]?.last }) else { return nil }
        return items.first { $0.position == position }
    }

    private mutating func addStep(_ step: ProcedureStep, _ position: UInt64, _ list: String) {
        draft.note(list, .list, at: step.time, position)
        switch step.kind {
        case .inspectionOrdered, .inspectionStarted, .sampled, .tested, .concluded:
            let id = list + "#inspection"
            draft.note(id, .inspection, label: list, at: step.time, position)
            draft.join(list, id, "inspectedBy", since: step.time, position)
            if step.kind == .concluded { draft.change(id) { $0.until = step.time } }
        case .released, .closed, .exited:
            let id = list + "#release"
            draft.note(id, .release, label: list, at: step.time, position)
            draft.join(list, id, "releasedBy", since: step.time, position)
        default: break
        }
    }

    /// Goods and lots that the lines name, with their origin.
    private mutating func addLines(_ event: Event, _ position: UInt64, _ list: String) {
        let time = event.time.microseconds
        let lines = event.data.records("items") + event.data.records("lines")
        for line in lines {
            let name =
                line.text("itemRecordNo") ?? line.text("itemNo") ?? line.text("gcode")
            guard let name, let goods = Subject.of(.goods, name)?.text else { continue }
            let label = line.text("gname") ?? line.text("itemName") ?? name
            draft.note(goods, .goods, label: label, position)
            if let origin = line.text("country") { draft.change(goods) { $0.place = origin } }
            let quantity = FixedDecimal(line.text("qty") ?? "")
            draft.join(
                goods, list, "soldIn", since: time, position, quantity: quantity,
                unit: line.text("unit"))
            guard let lot = line.text("lot"),
                let id = Subject.of(.lot, line.text("barCode") ?? "-", lot)?.text
            else { continue }
            draft.note(id, .lot, label: lot, position)
            draft.join(
                id, list, "madeInto", since: time, position, quantity: quantity,
                unit: line.text("unit"))
        }
    }
}
