public import ClearanceEvents

/// Builds the trace of one thing from its events (`specs/traceability.md`).
///
/// Not a stored fold: the caller gives the events of the thing, voided ones left out, those after
/// the instant asked too. Personal fields are never read; a consumer is `person:@`.
public struct TraceBuilder {
    /// An event with its place in the log.
    public typealias Item = (position: UInt64, event: Event)

    let items: [Item]
    let state: ProcedureState
    /// Fact (``ProcedureStep/ref``) → positions.
    let places: [UInt64: [UInt64]]
    var draft = TraceDraft()
    /// Possession of the goods: from when on, by whom, where; sorted when it is read.
    var marks: [TraceMark] = []

    /// Gathers the events; their order has no meaning. Throws for an event that cannot be written
    /// as an entry, which a ledger's event always can.
    public init(_ given: [Item]) throws(EncodingRefusal) {
        items = given.sorted {
            ($0.event.time.microseconds, $0.position) < ($1.event.time.microseconds, $1.position)
        }
        let encoder = EntryEncoder(indexKey: .published)
        var found: [(order: CanonicalOrder, step: ProcedureStep, position: UInt64)] = []
        for (position, event) in items {
            var writer = ByteWriter()
            if event.withheld.isEmpty {
                _ = try encoder.encode(event, into: &writer)
            } else {
                // Its own key may be made of what cannot be read; its place in the log tells it
                // from the others of its time.
                let place = Digest16(high: 0, low: position)
                _ = try encoder.encodeClearPart(
                    of: event, identity: EntryIdentity(naturalKey: place, content: place),
                    into: &writer)
            }
            let bytes = writer.bytes
            guard let view = try? EventView(bytes.span),
                let step = ProcedureFold.step(of: view)
            else { continue }
            found.append((view.order, step, position))
        }
        var row = ProcedureRow()
        row.steps = found.sorted { $0.order < $1.order }.map(\.step)
        state = row.state
        places = Dictionary(
            found.map { ($0.step.ref, [$0.position]) }, uniquingKeysWith: { $0 + $1 })
    }

    /// The graph of `subject`, or of its part towards the origin or towards the delivery.
    public static func graph(
        of subject: String, _ items: [Item], walk: TraceWalk = .all
    ) throws(EncodingRefusal) -> TraceGraph {
        var builder = try TraceBuilder(items)
        builder.build()
        return walk.applied(to: builder.graph(subject), from: builder.node(of: subject))
    }

    private mutating func build() {
        for (position, event) in items { addPaper(event, position) }
        addLists()
        for (position, event) in items { addReference(event, position) }
        addReferences()
        for (position, event) in items { addMovement(event, position) }
        markPossession()
        for (position, event) in items { addRisk(event, position) }
        spreadRisk()
    }

    /// The id of the node that a subject names; the subject itself when there is none.
    func node(of subject: String) -> String {
        if draft.nodes[subject] != nil { return subject }
        return draft.nodes.filter { $0.value.subjects.contains(subject) }.map(\.key).min()
            ?? subject
    }

    static func text(_ time: Int64?) -> String? {
        time.map { Instant(microseconds: $0).rfc3339 }
    }

    private func graph(_ subject: String) -> TraceGraph {
        let intervals = possession
        let last = intervals.last
        let sorted = draft.nodes.sorted {
            ($0.value.from ?? Int64.max, $0.key) < ($1.value.from ?? Int64.max, $1.key)
        }
        let nodes = sorted.map { id, node in
            let isHeld = node.kind == .waybill
            return TraceGraph.Node(
                id: id, kind: node.kind, subjects: node.subjects.sorted(),
                label: node.label.isEmpty ? id : node.label, from: TraceBuilder.text(node.from),
                until: TraceBuilder.text(node.until),
                holder: isHeld ? last?.holder : nil,
                place: node.place ?? (isHeld ? last?.place : nil), risk: node.risk,
                events: node.events.sorted())
        }
        let edges = draft.edges.sorted { left, right in
            let (first, second) = (left.key, right.key)
            return (first.from, first.to, first.kind) < (second.from, second.to, second.kind)
        }.map { key, edge in
            TraceGraph.Edge(
                from: key.from, to: key.to, kind: key.kind, quantity: edge.quantity?.text,
                unit: edge.unit, since: TraceBuilder.text(edge.since),
                until: TraceBuilder.text(edge.until), events: edge.events.sorted(),
                certainty: edge.isCertain ? "certain" : "possible")
        }
        return TraceGraph(
            subject: node(of: subject), nodes: nodes, edges: edges, gaps: gaps(intervals),
            responsible: responsible(intervals))
    }
}
