import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceMatching

extension Match {
    /// `--list`: one line for every order and orphan.
    func show(_ matcher: Matcher, _ filter: MatchFilter, _ answer: Answer) throws {
        let (orders, orphans) = try matcher.listed(filter)
        for order in orders {
            try Output.json { Tree.write(MatchTree.order(order), to: &$0) }
        }
        for orphan in orphans {
            try Output.json { Tree.write(MatchTree.orphan(orphan), to: &$0) }
        }
    }

    /// `--explain`: the outcome of one order, asked by it or by any of its papers.
    func explain(_ matcher: Matcher, _ subject: Subject, _ answer: Answer) throws {
        let found = try explained(matcher, subject)
        guard options.json else {
            return try printText(found, subject, answer, matcher)
        }
        try answer.print { writer in
            switch found {
            case .order(let order):
                let explanation = MatchExplanation(order, rules: matcher.rules)
                Tree.write(MatchTree.order(order), to: &writer)
                writer.member("rule", explanation.rule)
                Match.write(explanation.criteria, to: &writer)
                writer.member("message", Match.message(of: order.kind))
            case .orphan(let orphan, let order):
                writer.member("subject", order)
                writer.member("outcome", MatchOutcome.missing.name)
                writer.member("kind", MatchCode.missingOrder.name)
                writer.member(array: "reasons") { writer in
                    MatchTree.reason(MatchReason(.missingOrder)).write(to: &writer)
                }
                writer.member(array: "papers") { $0.value(orphan.paper.text) }
                writer.member("declared", orphan.kind == .orphanList)
                writer.member("rule", matcher.rules.id + "/M3")
                writer.member(array: "criteria") { _ in }
                writer.member("message", Match.message(of: .missingOrder))
            case .nothing:
                writer.member("subject", subject.text)
                for key in ["outcome", "kind"] { writer.member(key, orNull: nil) }
                for key in ["reasons", "papers"] { writer.member(array: key) { _ in } }
                writer.member("declared", false)
                writer.member("rule", orNull: nil)
                writer.member(array: "criteria") { _ in }
                writer.member("message", orNull: nil)
            }
        }
    }

    /// What a subject turned out to be.
    private enum Explained {
        case order(OrderOutcome)
        /// A paper that meets no order, and the name of what was asked.
        case orphan(Orphan, asked: String)
        case nothing
    }

    private func explained(_ matcher: Matcher, _ subject: Subject) throws -> Explained {
        let name = Array(subject.text.utf8)
        var orders: [OrderOutcome] = []
        var orphans: [Orphan] = []
        for thing in try Things(matcher.view).consignments(subject) {
            guard let row = try matcher.view.row(of: Wiring.Matching.self, thing: thing) else {
                continue
            }
            let (decided, left) = matcher.decided(row)
            orders += decided
            orphans += left
        }
        orders.sort { $0.subject.lexicographicallyPrecedes($1.subject) }
        orphans.sort { $0.paper < $1.paper }
        if let order = orders.first(where: { $0.subject == name }) { return .order(order) }
        let own = orders.first { order in
            order.papers.contains { $0.subject == name || $0.text == subject.text }
        }
        if let order = own { return .order(order) }
        let orphan =
            orphans.first { $0.paper.subject == name || $0.paper.text == subject.text }
        if let orphan { return .orphan(orphan, asked: subject.text) }
        // The number of a list, or a receipt's: whatever order its thing has.
        if let order = orders.first { return .order(order) }
        if let orphan = orphans.first { return .orphan(orphan, asked: subject.text) }
        return .nothing
    }

    private static func message(of code: MatchCode) -> MessageText {
        let text = MatchTexts.text(of: code)
        return MessageText(zh: text.zh, en: text.en)
    }

    private static func write(
        _ criteria: [MatchExplanation.Criterion], to writer: inout JSONWriter
    ) {
        writer.member(array: "criteria") { writer in
            for criterion in criteria {
                writer.object { writer in
                    writer.member("id", criterion.id)
                    writer.member("state", criterion.state.rawValue)
                    writer.member(array: "fields") { writer in
                        for field in criterion.fields { writer.value(field) }
                    }
                    writer.member(
                        "message", MessageText(zh: criterion.text.zh, en: criterion.text.en))
                }
            }
        }
    }

    private func printText(
        _ found: Explained, _ subject: Subject, _ answer: Answer, _ matcher: Matcher
    ) throws {
        let language = options.language
        switch found {
        case .nothing:
            try Output.line(
                language("账本中没有 ", "the ledger knows nothing of ") + subject.text)
        case .orphan(let orphan, _):
            let text = MatchTexts.text(of: orphan.kind)
            try Output.line("\(orphan.paper.text): \(language(text.zh, text.en))")
        case .order(let order):
            for line in Match.lines(of: order, matcher.rules, language) { try Output.line(line) }
        }
        try answer.printFoot()
    }

    /// An order's outcome for people: papers, reasons, and a mark for every rule.
    static func lines(
        of order: OrderOutcome, _ rules: MatchRules, _ language: Language
    ) -> [String] {
        let explanation = MatchExplanation(order, rules: rules)
        let outcome = MatchTexts.text(of: order.outcome)
        let kind = MatchTexts.text(of: order.kind)
        var lines = [
            "\(order.subjectText)  \(order.outcome.name)/\(order.kind.name)",
            "\(language(outcome.zh, outcome.en)) · \(language(kind.zh, kind.en))"
                + " · \(explanation.rule)",
        ]
        for (index, paper) in order.papers.enumerated() {
            lines.append((index == order.papers.count - 1 ? "└─ " : "├─ ") + paper.text)
        }
        var box = Box()
        for criterion in explanation.criteria {
            let mark =
                switch criterion.state {
                case .passed: "✓"
                case .failed: "✗"
                case .notApplicable: "·"
                }
            box.add(
                mark, criterion.id, language(criterion.text.zh, criterion.text.en),
                criterion.fields.joined(separator: " "))
        }
        lines += box.lines
        for reason in order.reasons {
            let text = MatchTexts.text(of: reason.code)
            let values = [reason.field, reason.left, reason.right, reason.delta.map { "Δ " + $0 }]
            lines.append(
                "\(reason.code.name): \(language(text.zh, text.en))  "
                    + values.compactMap { $0 }.joined(separator: " · "))
        }
        return lines
    }
}
