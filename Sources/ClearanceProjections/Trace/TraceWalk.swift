/// Which part of a trace is asked.
public enum TraceWalk: String, Sendable, CaseIterable {
    /// Everything that is joined.
    case all
    /// Towards the origin (源头可溯).
    case back
    /// Towards delivery and return (去向可查).
    case forward

    /// How many nodes a walk visits at most (T5).
    public static let limit = 10_000

    /// The part of `graph` that the walk reaches from a node. Nodes of enterprises, sites and
    /// persons end a path and are kept.
    func applied(to graph: TraceGraph, from start: String) -> TraceGraph {
        guard self != .all else { return graph }
        let kinds = Dictionary(graph.nodes.map { ($0.id, $0.kind) }, uniquingKeysWith: { $1 })
        var reached: Set<String> = [start]
        var queue = [start]
        while let next = queue.popLast(), reached.count < TraceWalk.limit {
            if next != start, kinds[next]?.endsWalk == true { continue }
            for edge in graph.edges {
                let (near, far) =
                    self == .forward ? (edge.from, edge.to) : (edge.to, edge.from)
                if near == next, reached.insert(far).inserted { queue.append(far) }
            }
        }
        var part = graph
        part.nodes = graph.nodes.filter { reached.contains($0.id) }
        part.edges = graph.edges.filter { reached.contains($0.from) && reached.contains($0.to) }
        part.gaps = graph.gaps.filter { reached.contains($0.node) }
        return part
    }
}
