import ClearanceMatching

/// Outcomes as trees, for JSON and for comparison.
enum MatchTree {
    /// A reason with exactly its five members.
    static func reason(_ reason: MatchReason) -> Tree {
        .record([
            .init("code", .text(reason.code.name)),
            .init("field", .optional(reason.field)),
            .init("left", .optional(reason.left)),
            .init("right", .optional(reason.right)),
            .init("delta", .optional(reason.delta)),
        ])
    }

    /// A line of `--list`.
    static func order(_ order: OrderOutcome) -> [Tree.Member] {
        [
            .init("subject", .text(order.subjectText)),
            .init("outcome", .text(order.outcome.name)),
            .init("kind", .text(order.kind.name)),
            .init("reasons", .list(order.reasons.map(reason))),
            .init("papers", .list(order.papers.map { .text($0.text) })),
            .init("declared", .flag(order.declared)),
        ]
    }

    /// A line of `--list` for a paper that meets no order.
    static func orphan(_ orphan: Orphan) -> [Tree.Member] {
        [
            .init("subject", .text(orphan.paper.text)),
            .init("outcome", .text("orphan")),
            .init("kind", .text(orphan.kind.name)),
            .init("reasons", .list([])),
            .init("papers", .list([.text(orphan.paper.text)])),
            .init("declared", .flag(orphan.kind == .orphanList)),
        ]
    }
}
