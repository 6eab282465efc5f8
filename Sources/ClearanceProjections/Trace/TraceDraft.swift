import ClearanceEvents

/// The graph while it is built: times as numbers, nodes by id.
struct TraceDraft {
    struct Node {
        var kind: TraceKind
        var subjects: Set<String> = []
        var label = ""
        var from: Int64?
        var until: Int64?
        var place: String?
        var risk: String?
        var events: Set<UInt64> = []
    }

    struct EdgeKey: Hashable {
        let from: String
        let to: String
        let kind: String
    }

    struct Edge {
        var quantity: FixedDecimal?
        var unit: String?
        var since: Int64?
        var until: Int64?
        var events: Set<UInt64> = []
        var isCertain = true
    }

    private(set) var nodes: [String: Node] = [:]
    private(set) var edges: [EdgeKey: Edge] = [:]

    /// Adds what an event says of a node. An empty label never replaces one.
    mutating func note(
        _ id: String, _ kind: TraceKind, label: String = "", at time: Int64? = nil,
        _ position: UInt64? = nil, names: [String] = []
    ) {
        var node = nodes[id] ?? Node(kind: kind)
        node.subjects.formUnion([id] + names)
        if !label.isEmpty { node.label = label }
        if let time { node.from = min(node.from ?? time, time) }
        if let position { node.events.insert(position) }
        nodes[id] = node
    }

    mutating func change(_ id: String, _ body: (inout Node) -> Void) {
        guard var node = nodes[id] else { return }
        body(&node)
        nodes[id] = node
    }

    /// Joins two nodes; what several events say of one edge is gathered.
    mutating func join(
        _ from: String, _ to: String, _ kind: String, since time: Int64?, _ position: UInt64?,
        quantity: FixedDecimal? = nil, unit: String? = nil, isCertain: Bool = true
    ) {
        let key = EdgeKey(from: from, to: to, kind: kind)
        var edge = edges[key] ?? Edge(isCertain: isCertain)
        if let time { edge.since = min(edge.since ?? time, time) }
        if let position { edge.events.insert(position) }
        if let quantity { edge.quantity = quantity }
        if let unit, !unit.isEmpty { edge.unit = unit }
        edge.isCertain = edge.isCertain || isCertain
        edges[key] = edge
    }

    mutating func end(_ key: EdgeKey, at time: Int64) { edges[key]?.until = time }

    /// The ids of a kind, sorted.
    func ids(_ kind: TraceKind) -> [String] {
        nodes.filter { $0.value.kind == kind }.map(\.key).sorted()
    }
}
