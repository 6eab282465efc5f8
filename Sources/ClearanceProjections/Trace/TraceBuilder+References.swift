import ClearanceEvents

extension TraceBuilder {
    /// Events about what refers to a list: their nodes.
    mutating func addReference(_ event: Event, _ position: UInt64) {
        let time = event.time.microseconds
        let kind: TraceKind? =
            switch event.subject.prefix(while: { $0 != ":" }) {
            case "cancel": .cancel
            case "return": .goodsReturn
            case "tax": .tax
            default: nil
            }
        guard let kind else { return }
        let label = event.subject.drop { $0 != ":" }.dropFirst()
        draft.note(event.subject, kind, label: String(label), at: time, position)
    }

    /// The edges from the lists to what refers to them.
    mutating func addReferences() {
        for cancel in state.cancels {
            join(cancel.subject, cancel.invt, "cancelledBy", cancel.requestedAt)
        }
        for item in state.returns {
            join(item.subject, item.invt, "returnedBy", item.requestedAt ?? item.arrivedAt)
            if let time = item.arrivedAt { draft.change(item.subject) { $0.until = time } }
        }
        for bill in state.taxes { join(bill.subject, bill.invt, "taxedBy", bill.assessedAt) }
        for (_, event) in items where event.type == .recordLot {
            draft.change(event.subject) { node in
                node.place = event.data.text("origin") ?? node.place
            }
        }
    }

    private mutating func join(
        _ subject: String, _ invt: String, _ kind: String, _ time: Int64?
    ) {
        guard let list = list(invt) else { return }
        let position = draft.nodes[subject]?.events.min()
        draft.join(list, subject, kind, since: time, position)
    }
}
