import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceMatching
import ClearanceProjections

extension Replay {
    /// `--at`: the thing as the ledger knew it at a position.
    func show(_ source: Ledger, _ subject: SubjectArgument, at position: UInt64) throws {
        let rows = try ThingHistory(source, subject.subject).rows(at: position)
        guard !json else {
            return try Output.json { writer in
                writer.member("subject", subject.text)
                writer.member("position", position)
                writer.member(object: "rows") { Tree.write(rows, to: &$0) }
            }
        }
        var box = Box(subject.text + " @ \(position)")
        for row in rows {
            let leaves = row.value.leaves
            for path in leaves.keys.sorted() {
                box.add(row.name, path, leaves[path]?.display ?? "")
            }
        }
        try box.print()
    }

    /// `--diff`: what changed about the thing between two positions.
    func show(
        _ source: Ledger, _ subject: SubjectArgument, from start: UInt64, to end: UInt64
    ) throws {
        let history = try ThingHistory(source, subject.subject)
        let changes = ThingHistory.changes(
            from: try history.rows(at: start), to: try history.rows(at: end))
        let positions = try history.positions(after: start, through: end)
        guard !json else {
            return try Output.json { writer in
                writer.member("subject", subject.text)
                writer.member("from", start)
                writer.member("to", end)
                writer.member(array: "changes") { writer in
                    for change in changes { change.tree.write(to: &writer) }
                }
                writer.member(array: "events") { writer in
                    for position in positions { writer.value(position) }
                }
            }
        }
        var box = Box("\(subject.text)  \(start) → \(end)")
        for change in changes {
            box.add(change.projection, change.path, change.old.display, change.new.display)
        }
        try box.print()
        let listed = positions.map(String.init).joined(separator: " ")
        try Output.line(languages.language("其间事件 ", "events between ") + listed)
    }
}

/// One thing through the log: what every projection makes of it at a position.
struct ThingHistory {
    /// One leaf that is not the same at two positions.
    struct Change {
        let projection: String
        let path: String
        let old: Tree
        let new: Tree

        var tree: Tree {
            Tree.record([
                .init("projection", .text(projection)), .init("path", .text(path)),
                .init("old", old), .init("new", new),
            ])
        }
    }

    private let ledger: Ledger
    private let view: LedgerView
    private let subject: Subject
    private let trade: EarlierThings
    private let registry: EarlierThings

    init(_ ledger: Ledger, _ subject: Subject) throws {
        self.ledger = ledger
        self.subject = subject
        view = try ledger.view()
        trade = try EarlierThings(Consignments.self, subject, view, ledger)
        registry = try EarlierThings(Enterprises.self, subject, view, ledger)
    }

    /// The row of every projection, null where it has none, sorted by the projection's name.
    func rows(at position: UInt64) throws -> [Tree.Member] {
        [
            .init("credit", try credit(at: position)), .init("match", try match(at: position)),
            .init("procedure", try procedure(at: position)),
        ]
    }

    /// Positions that touch the thing in a range.
    func positions(after start: UInt64, through end: UInt64) throws -> [UInt64] {
        try Things(view).history(of: subject).filter { $0 > start && $0 <= end }
    }

    /// Leaves that differ, sorted by projection and path.
    static func changes(from old: [Tree.Member], to new: [Tree.Member]) -> [Change] {
        var changes: [Change] = []
        for (before, after) in zip(old, new) {
            let left = before.value.leaves
            let right = after.value.leaves
            for path in Set(left.keys).union(right.keys).sorted()
            where (left[path] ?? .null) != (right[path] ?? .null) {
                changes.append(
                    Change(
                        projection: before.name, path: path, old: left[path] ?? .null,
                        new: right[path] ?? .null))
            }
        }
        return changes
    }

    /// Customs' grade as it followed from what was known.
    private func credit(at position: UInt64) throws -> Tree {
        guard let row = try registry.rows(CreditFold(), knownAt: position).first else {
            return .null
        }
        let day = try DayReached.find(ledger, through: position)
        let asked = try day ?? ledger.stored(at: position)?.event.time.beijingDay
        guard let asked else { return .null }
        var evidence = Evidence()
        try evidence.add(try positions(after: 0, through: position), of: ledger)
        let grade = CreditRules.grade(row, subject: subject.text, on: asked)
        return GradeTree.grade(grade.located(evidence.positions), false)
    }

    /// Attempts, what refers to them, and findings.
    private func procedure(at position: UInt64) throws -> Tree {
        var lists: [Tree] = []
        for row in try trade.rows(ProcedureFold(), knownAt: position) {
            let state = row.state
            lists.append(
                Tree.record([
                    .init("word", .text(state.word.rawValue)),
                    .init("attempts", .list(state.attempts.map(ProcedureReport.attempt))),
                    .init("cancels", .list(state.cancels.map(ProcedureReport.cancel))),
                    .init("returns", .list(state.returns.map(ProcedureReport.goodsReturn))),
                    .init("taxes", .list(state.taxes.map(ProcedureReport.tax))),
                    .init("findings", .list(state.findings.map { .text($0.code.rawValue) })),
                ]))
        }
        return lists.isEmpty ? .null : .list(lists)
    }

    private func match(at position: UInt64) throws -> Tree {
        let matcher = Matcher(
            view: view, day: try DayReached.find(ledger, through: position),
            rules: RuleSets.matching)
        var orders: [Tree] = []
        var orphans: [Tree] = []
        for row in try trade.rows(Wiring.Matching(), knownAt: position) {
            let decided = matcher.decided(row)
            orders += decided.orders.map { .record(MatchTree.order($0)) }
            orphans += decided.orphans.map { .record(MatchTree.orphan($0)) }
        }
        if orders.isEmpty, orphans.isEmpty { return .null }
        return .record([.init("orders", .list(orders)), .init("orphans", .list(orphans))])
    }
}
