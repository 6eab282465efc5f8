import ClearanceEvents

extension TraceBuilder {
    /// Arrivals, departures, manifests, deliveries, packing and transformation.
    mutating func addMovement(_ event: Event, _ position: UInt64) {
        switch event.type {
        case .moveArrived: addTransport(event, position, .arrival, "arrivedBy")
        case .moveDeparted: addTransport(event, position, .departure, "departedBy")
        case .declareManifest: addTransport(event, position, .manifest, "listedIn")
        case .moveDelivered, .moveSold: addDelivery(event, position)
        case .moveStatus: for id in waybills(event) { note(id, event, position) }
        case .movePacked, .moveUnpacked: addPacking(event, position)
        case .moveTransformed: addTransformation(event, position)
        default: break
        }
        addSite(event, position)
    }

    private mutating func note(_ id: String, _ event: Event, _ position: UInt64) {
        draft.note(id, .waybill, at: event.time.microseconds, position)
    }

    /// The waybills of the trade that a movement names; all of them when it names none, because
    /// the caller's events are of one thing.
    private func waybills(_ event: Event) -> [String] {
        let known = draft.ids(.waybill)
        let numbers =
            [event.data.text("logisticsNo")].compactMap { $0 }
            + event.data.records("items").compactMap { $0.text("logisticsNo") }
        let carrier = event.data.text("logisticsCode")
        let named = known.filter { id in
            numbers.contains { number in
                guard let carrier else { return id.hasSuffix("/" + number) }
                return Subject.waybill(logisticsCode: carrier, logisticsNo: number)?.text == id
            }
        }
        let objects = event.data.records("objects").compactMap { $0.text("subject") }
        let spoken = known.filter { objects.contains($0) || event.subject == $0 }
        let found = Set(named + spoken)
        return found.isEmpty ? known : found.sorted()
    }

    private mutating func addTransport(
        _ event: Event, _ position: UInt64, _ kind: TraceKind, _ edge: String
    ) {
        let time = event.time.microseconds
        let isOwn = ["arrival", "departure", "manifest"].contains {
            event.subject.hasPrefix($0 + ":")
        }
        let id = isOwn ? event.subject : event.subject + "#" + kind.rawValue
        draft.note(id, kind, label: event.data.text("billNo") ?? "", at: time, position)
        if let place = place(event) { draft.change(id) { $0.place = place } }
        let held = waybills(event)
        for waybill in held { draft.join(waybill, id, edge, since: time, position) }
        guard held.isEmpty || kind == .manifest else { return }
        for list in draft.ids(.list) { draft.join(list, id, edge, since: time, position) }
    }

    /// A consumer appears as `person:@`, whoever it is.
    private mutating func addDelivery(_ event: Event, _ position: UInt64) {
        let time = event.time.microseconds
        for waybill in waybills(event) {
            draft.note(waybill, .waybill, at: time, position)
            draft.change(waybill) { $0.until = max($0.until ?? time, time) }
            draft.note(PersonSubject.open, .person, at: time, position)
            draft.join(waybill, PersonSubject.open, "deliveredTo", since: time, position)
        }
    }

    /// Containment counts only between packing and unpacking (T1).
    private mutating func addPacking(_ event: Event, _ position: UInt64) {
        let time = event.time.microseconds
        let isPacking = event.type == .movePacked
        guard let parent = event.data.text(isPacking ? "into" : "outOf") else { return }
        draft.note(parent, kind(of: parent), at: time, position)
        for object in event.data.records("objects") {
            guard let child = object.text("subject") else { continue }
            draft.note(child, kind(of: child), position)
            if isPacking {
                draft.join(
                    parent, child, "contains", since: time, position,
                    quantity: FixedDecimal(object.text("qty") ?? ""), unit: object.text("unit"))
            } else {
                draft.end(
                    TraceDraft.EdgeKey(from: parent, to: child, kind: "contains"), at: time)
            }
        }
    }

    private mutating func addTransformation(_ event: Event, _ position: UInt64) {
        let time = event.time.microseconds
        for input in event.data.records("inputs").compactMap({ $0.text("subject") }) {
            draft.note(input, kind(of: input), position)
            for output in event.data.records("outputs").compactMap({ $0.text("subject") }) {
                draft.note(output, kind(of: output), at: time, position)
                draft.join(input, output, "becomes", since: time, position)
            }
        }
    }

    private mutating func addSite(_ event: Event, _ position: UInt64) {
        guard event.type.code >> 8 == 0x0C, let site = event.data.text("loctNo") else { return }
        guard let id = Subject.of(.site, site)?.text else { return }
        draft.note(id, .site, label: site, position)
    }

    /// The place that a movement names.
    func place(_ event: Event) -> String? {
        event.data.text("place") ?? event.data.text("loctNo") ?? event.data.text("site")
            ?? event.data.text("unloadLocation")
    }

    /// The kind of node that a subject is; packages are what has no kind of its own.
    func kind(of subject: String) -> TraceKind {
        let scheme = String(subject.prefix { $0 != ":" })
        if scheme == "declaration" || scheme == "pre" { return .list }
        return TraceKind(rawValue: scheme) ?? .package
    }
}
