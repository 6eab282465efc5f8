import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceProjections

/// `clearance trace`: where a thing came from, where it went, and who answers for it.
struct Trace: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "追溯 · Where a thing came from, where it went, who answers for it.",
        discussion: """
            Example:
              clearance trace ledger list:46012026I000000001 --back --format json
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: ArgumentHelp("Any thing of the trade, by any name.", valueName: "subject"))
    var subject: SubjectArgument

    @Flag(help: "Only towards the origin.")
    var back = false

    @Flag(help: "Only towards delivery and return.")
    var forward = false

    @Option(help: "text, json or dot.")
    var format: Format?

    @OptionGroup var options: AnswerOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, dot }

    func validate() throws {
        if back, forward { throw ValidationError("--back and --forward exclude each other") }
        if options.json, let format, format != .json {
            throw ValidationError("--json and --format \(format) exclude each other")
        }
    }

    func run() throws {
        var answer = try Answer(ledger.path, options, command: "trace")
        let items = try Things(answer.view).events(of: subject.subject).map {
            (position: $0.position, event: $0.event)
        }
        let graph = try TraceBuilder.graph(
            of: subject.text, items, walk: back ? .back : forward ? .forward : .all)
        answer.restsOnProvisional = true
        switch format ?? (options.json ? .json : .text) {
        case .json: try answer.print { TraceTree.write(graph, to: &$0) }
        case .dot: try printLines(TraceText.dot(graph))
        case .text:
            if graph.nodes.isEmpty {
                let none = options.language("账本中没有 ", "the ledger knows nothing of ")
                try Output.line(none + subject.text)
            } else {
                let language: TraceText.Language = options.language == .zh ? .zh : .en
                try printLines(TraceText.tree(graph, language: language))
            }
            try answer.printFoot()
        }
    }

    private func printLines(_ text: String) throws {
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            try Output.line(String(line))
        }
    }
}

/// A trace as JSON, its members in the order of `specs/traceability.md`.
enum TraceTree {
    static func write(_ graph: TraceGraph, to writer: inout JSONWriter) {
        let members: [Tree.Member] = [
            .init("subject", .text(graph.subject)),
            .init("nodes", .list(graph.nodes.map(node))),
            .init("edges", .list(graph.edges.map(edge))),
            // What nobody knows of lacks nothing.
            .init("gaps", .list(graph.nodes.isEmpty ? [] : graph.gaps.map(gap))),
            .init("responsible", .list(graph.responsible.map(responsible))),
        ]
        Tree.write(members, to: &writer)
    }

    private static func positions(_ positions: [UInt64]) -> Tree {
        .list(positions.map { .number($0) })
    }

    private static func node(_ node: TraceGraph.Node) -> Tree {
        .record([
            .init("id", .text(node.id)), .init("kind", .text(node.kind.rawValue)),
            .init("subjects", .list(node.subjects.map { .text($0) })),
            .init("label", .text(node.label)), .init("from", .optional(node.from)),
            .init("until", .optional(node.until)), .init("holder", .optional(node.holder)),
            .init("place", .optional(node.place)), .init("risk", .optional(node.risk)),
            .init("events", positions(node.events)),
        ])
    }

    private static func edge(_ edge: TraceGraph.Edge) -> Tree {
        .record([
            .init("from", .text(edge.from)), .init("to", .text(edge.to)),
            .init("kind", .text(edge.kind)), .init("quantity", .optional(edge.quantity)),
            .init("unit", .optional(edge.unit)), .init("since", .optional(edge.since)),
            .init("until", .optional(edge.until)), .init("events", positions(edge.events)),
            .init("certainty", .text(edge.certainty)),
        ])
    }

    private static func gap(_ gap: TraceGraph.Gap) -> Tree {
        .record([
            .init("node", .text(gap.node)), .init("from", .optional(gap.from)),
            .init("until", .optional(gap.until)), .init("code", .text(gap.code)),
            .init("message", .message(zh: gap.message["zh"] ?? "", en: gap.message["en"] ?? "")),
        ])
    }

    private static func responsible(_ item: TraceGraph.Responsible) -> Tree {
        .record([
            .init("party", .text(item.party)), .init("role", .text(item.role)),
            .init("from", .optional(item.from)), .init("until", .optional(item.until)),
            .init("rule", .text(item.rule)), .init("events", positions(item.events)),
        ])
    }
}
