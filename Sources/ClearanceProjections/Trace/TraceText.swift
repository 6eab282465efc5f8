/// Prints a trace as a drawn tree or as a graph of the `dot` language.
public enum TraceText {
    /// The language of words between codes.
    public enum Language: String, Sendable { case zh, en }

    /// The tree from the subject over all edges; each node is drawn once, where it is met first.
    public static func tree(_ graph: TraceGraph, language: Language = .en) -> String {
        var lines: [String] = []
        let nodes = Dictionary(graph.nodes.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        var drawn: Set<String> = []
        let roots = [graph.subject] + graph.nodes.map(\.id)
        for root in roots {
            guard let node = nodes[root], drawn.insert(root).inserted else { continue }
            lines.append(title(node, language))
            draw(root, graph, nodes, language, indent: "", &drawn, &lines)
        }
        lines += tail(graph, language)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func draw(
        _ id: String, _ graph: TraceGraph, _ nodes: [String: TraceGraph.Node],
        _ language: Language, indent: String, _ drawn: inout Set<String>, _ lines: inout [String]
    ) {
        // A node's branches are fixed before they are drawn, so that each knows whether it is last.
        var branches: [(edge: TraceGraph.Edge, far: String)] = []
        for edge in graph.edges {
            let far = edge.from == id ? edge.to : (edge.to == id ? edge.from : nil)
            if let far, nodes[far] != nil, drawn.insert(far).inserted {
                branches.append((edge, far))
            }
        }
        for (index, branch) in branches.enumerated() {
            guard let node = nodes[branch.far] else { continue }
            let isLast = index == branches.count - 1
            let arrow = branch.edge.from == id ? "→" : "←"
            let quantity = branch.edge.quantity.map { " \($0) \(branch.edge.unit ?? "")" } ?? ""
            let doubt = branch.edge.certainty == "possible" ? "?" : ""
            lines.append(
                "\(indent)\(isLast ? "└─" : "├─") \(branch.edge.kind)\(doubt)\(quantity) \(arrow) "
                    + title(node, language))
            guard !node.kind.endsWalk else { continue }
            draw(
                branch.far, graph, nodes, language, indent: indent + (isLast ? "   " : "│  "),
                &drawn, &lines)
        }
    }

    private static func title(_ node: TraceGraph.Node, _ language: Language) -> String {
        let kind = language == .zh ? node.kind.chinese : node.kind.rawValue
        var text = "\(kind) \(node.id)"
        if node.label != node.id, !node.id.hasSuffix(node.label) { text += " “\(node.label)”" }
        if let from = node.from { text += "  \(from)" }
        if let holder = node.holder {
            text += language == .zh ? "  持有 \(holder)" : "  held by \(holder)"
        }
        if let risk = node.risk { text += language == .zh ? "  风险 \(risk)" : "  risk \(risk)" }
        return text
    }

    private static func tail(_ graph: TraceGraph, _ language: Language) -> [String] {
        var lines: [String] = []
        if !graph.responsible.isEmpty { lines += ["", language == .zh ? "责任" : "responsible"] }
        for item in graph.responsible {
            lines.append(
                "  \(item.role) \(item.party)\(span(item.from, item.until))  \(item.rule)")
        }
        if !graph.gaps.isEmpty { lines += ["", language == .zh ? "缺口" : "gaps"] }
        for gap in graph.gaps {
            lines.append(
                "  \(gap.code) \(gap.node)\(span(gap.from, gap.until))  "
                    + (gap.message[language.rawValue] ?? ""))
        }
        return lines
    }

    private static func span(_ from: String?, _ until: String?) -> String {
        switch (from, until) {
        case (nil, nil): ""
        case (let from?, nil): "  \(from) –"
        case (nil, let until?): "  – \(until)"
        case (let from?, let until?): "  \(from) – \(until)"
        }
    }

    /// The graph in the `dot` language of Graphviz.
    public static func dot(_ graph: TraceGraph) -> String {
        var lines = ["digraph trace {", "  rankdir=LR;"]
        for node in graph.nodes {
            lines.append(
                "  \(quoted(node.id)) [label=\(quoted("\(node.kind.rawValue)\n\(node.label)"))];")
        }
        for edge in graph.edges {
            let style = edge.certainty == "possible" ? ", style=dashed" : ""
            lines.append(
                "  \(quoted(edge.from)) -> \(quoted(edge.to)) [label=\(quoted(edge.kind))\(style)];"
            )
        }
        lines.append("}")
        return lines.joined(separator: "\n") + "\n"
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for character in text {
            switch character {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            default: result.append(character)
            }
        }
        return result + "\""
    }
}
