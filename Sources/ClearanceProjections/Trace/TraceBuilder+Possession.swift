import ClearanceEvents

/// From when on somebody holds the goods, as one fact says.
struct TraceMark {
    let time: Int64
    let holder: String?
    let place: String?
    let rule: String
    let position: UInt64?
    /// The holder of goods that are no more: not a gap.
    static let nobody = "none"

    /// A movement that names its holder outranks what follows from other facts.
    var isNamed = false
}

/// A time in which one party holds the goods.
struct TraceInterval: Equatable {
    let holder: String?
    let place: String?
    let from: Int64
    var until: Int64?
    let rule: String
    let events: [UInt64]
}

extension TraceBuilder {
    /// Who holds the goods from when on (`specs/traceability.md`, holders, places and gaps).
    mutating func markPossession() {
        let paper = state.live?.paper
        let carrier = carrierCode(paper)
        let isBonded = ["1210", "1239"].contains(paper?[.mode] ?? "")
        if isBonded, let area = paper.map({ $0[.area] }), !area.isEmpty,
            let start = state.live?.startedAt
        {
            mark(start, "enterprise:" + area, paper?[.site], "T12", nil)
        }
        for (position, event) in items {
            let time = event.time.microseconds
            switch event.type {
            case .waybillSubmitted:
                // Bonded goods lie in the zone until they are released; their waybill waits.
                if !isBonded { mark(time, carrier, nil, "T8", position) }
            case .moveArrived:
                mark(time, party(event.data.text("operatorCode")), place(event), "T12", position)
            case .moveDelivered: mark(time, PersonSubject.open, nil, "delivery", position)
            case .releaseGranted: mark(time, carrier, nil, "T8", position)
            case .returnArrived, .returnTallied:
                let site = event.data.text("operatorCode") ?? event.data.text("site")
                mark(time, party(site), place(event), "T12", position)
            case .moveDestroyed: mark(time, TraceMark.nobody, place(event), "destroyed", position)
            default: break
            }
            if event.type.code >> 8 == 0x0C, let holder = event.data.text("holder") {
                marks.append(
                    TraceMark(
                        time: time, holder: party(holder), place: place(event), rule: "named",
                        position: position, isNamed: true))
            }
        }
        for holder in Set(marks.compactMap(\.holder)) where holder.hasPrefix("enterprise:") {
            draft.note(holder, .enterprise, label: String(holder.dropFirst(11)))
            let waybills = draft.ids(.waybill)
            for waybill in waybills.isEmpty ? draft.ids(.list) : waybills {
                let own = marks.filter { $0.holder == holder }.sorted { $0.time < $1.time }
                draft.join(
                    waybill, holder, "heldBy", since: own.first?.time, own.first?.position)
            }
        }
    }

    private mutating func mark(
        _ time: Int64, _ holder: String?, _ place: String?, _ rule: String, _ position: UInt64?
    ) {
        let known = place.flatMap { $0.isEmpty ? nil : $0 }
        marks.append(
            TraceMark(time: time, holder: holder, place: known, rule: rule, position: position))
    }

    private func carrierCode(_ paper: ListPaper?) -> String? {
        if let code = paper?[.logistics], !code.isEmpty { return party(code) }
        let waybill = items.first { $0.event.type.code >> 8 == 3 }?.event
        return party(waybill?.data.text("logisticsCode"))
    }

    private func party(_ code: String?) -> String? {
        guard let code, !code.isEmpty else { return nil }
        return code.contains(":") ? code : Subject.of(.enterprise, code)?.text
    }

    /// The intervals of possession, oldest first; equal times give way to a named holder.
    var possession: [TraceInterval] {
        var intervals: [TraceInterval] = []
        let sorted = marks.enumerated().sorted { left, right in
            let (first, second) = (left.element, right.element)
            if first.time != second.time { return first.time < second.time }
            if first.isNamed != second.isNamed { return !first.isNamed }
            return left.offset < right.offset
        }.map(\.element)
        for mark in sorted {
            let events = mark.position.map { [$0] } ?? []
            if let last = intervals.last {
                if last.from == mark.time {
                    intervals.removeLast()
                } else {
                    intervals[intervals.count - 1].until = mark.time
                }
                if let before = intervals.last, before.holder == mark.holder,
                    before.place == mark.place, before.rule == mark.rule
                {
                    intervals[intervals.count - 1].until = nil
                    continue
                }
            }
            intervals.append(
                TraceInterval(
                    holder: mark.holder, place: mark.place, from: mark.time, until: nil,
                    rule: mark.rule, events: events))
        }
        return intervals
    }
}
