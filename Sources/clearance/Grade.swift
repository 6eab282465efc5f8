import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceProjections

/// `clearance grade`: the recorded and the computed standing of an enterprise.
struct Grade: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "信用等级 · Recorded and computed credit grades of an enterprise.",
        discussion: """
            The recorded grade is the authority's decision, the computed one follows from \
            penalties and counts under the rule set of the day; neither replaces the other.

            Example:
              clearance grade ledger enterprise:4601000001 --agency customs --as-of 2026-03-31
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: ArgumentHelp("The enterprise, by any of its codes.", valueName: "subject"))
    var subject: SubjectArgument

    @Option(help: "customs, tax, safe, samr or zone (default: all that have something to say).")
    var agency: Agency?

    @Flag(help: "Show the penalties behind every rule, and what was left out.")
    var explain = false

    @OptionGroup var options: AnswerOptions

    enum Agency: String, ExpressibleByArgument, CaseIterable { case customs, tax, safe, samr, zone }

    func validate() throws {
        guard [.enterprise, .person].contains(subject.subject.scheme) else {
            throw ValidationError("enterprises and persons have grades")
        }
    }

    func run() throws {
        var answer = try Answer(ledger.path, options, command: "grade", seesLater: true)
        let day = try answer.dayAsked()
        let things = try Things(answer.view).enterprises(subject.subject)
        var row = EnterpriseRow()
        var evidence = Evidence()
        if let thing = things.first {
            row = try answer.view.row(of: CreditFold.self, thing: thing) ?? row
            try evidence.add(
                try answer.view.positions(Enterprises.self, thing: thing), of: answer.ledger)
        }
        let grades = Grade.grades(row, subject.text, agency, day).map {
            $0.located(evidence.positions)
        }
        let customs = CreditRules.grade(row, subject: subject.text, on: day)
            .located(evidence.positions)
        answer.restsOnProvisional = grades.contains { $0.provisional }
        answer.isReported = grades.contains { $0.coverage == "reported" }
        answer.ruleSets = CreditRules.customs.filter { set in
            grades.contains { $0.ruleSetHash == set.hash }
        }.map { RuleSetName(id: $0.id, hash: $0.hash, status: $0.status.rawValue) }
        guard options.json else { return try printText(grades, answer) }
        try answer.print { writer in
            writer.member("subject", subject.text)
            writer.member(array: "grades") { writer in
                for grade in grades { GradeTree.grade(grade, explain).write(to: &writer) }
            }
            writer.member("recorded", orNull: customs.recorded)
            writer.member("computed", orNull: customs.computed)
            writer.member("ruleSet", orNull: customs.ruleSet)
            writer.member(array: "fired") { writer in
                for fired in customs.fired { GradeTree.fired(fired, explain).write(to: &writer) }
            }
        }
    }

    /// Customs always, others when they have something to say or were asked for.
    private static func grades(
        _ row: EnterpriseRow, _ subject: String, _ agency: Agency?, _ day: CivilDay
    ) -> [GradeAnswer] {
        let asked = agency.map { [$0] } ?? Agency.allCases
        return asked.compactMap { one in
            let grade = CreditRules.grade(
                row, subject: subject, agency: one.rawValue, on: day)
            let speaks = one == .customs || grade.recorded != nil || agency != nil
            return speaks ? grade : nil
        }
    }

    private func printText(_ grades: [GradeAnswer], _ answer: Answer) throws {
        let language = options.language
        var box = Box(
            subject.text,
            header: [
                language("部门", "agency"), language("认定等级", "recorded"),
                language("推算等级", "computed"), language("规则", "rule set"),
                language("依据", "fired"),
            ])
        for grade in grades {
            let rules = grade.fired.map { fired in
                "\(fired.rule) n=\(fired.n) N=\(fired.documents ?? "–") a=\(fired.a)"
            }
            let status = grade.provisional ? language("（暂定）", " (provisional)") : ""
            box.add(
                grade.agency, grade.recorded ?? "–", grade.computed ?? "–",
                (grade.ruleSet ?? "–") + status, rules.joined(separator: "; "))
        }
        try box.print()
        for grade in grades where !grade.unknown.isEmpty {
            try Output.line(
                "\(grade.agency) \(language("未评估", "not evaluated")): "
                    + grade.unknown.joined(separator: " "))
        }
        guard explain else { return try answer.printFoot() }
        for grade in grades {
            for fired in grade.fired {
                try Output.line(
                    "\(fired.rule) \(fired.on): \(language(fired.message.zh, fired.message.en))")
                let positions = fired.positions.map(String.init).joined(separator: " ")
                try Output.line("  \(language("位置", "positions")) \(positions)")
            }
            for left in grade.leftOut {
                let positions = left.positions.map(String.init).joined(separator: " ")
                try Output.line(
                    "\(left.rule) \(language("不计入", "left out")) \(positions)")
            }
        }
        try answer.printFoot()
    }
}

/// Grades as trees.
enum GradeTree {
    static func grade(_ grade: GradeAnswer, _ explains: Bool) -> Tree {
        var members: [Tree.Member] = [
            .init("agency", .text(grade.agency)),
            .init("recorded", .optional(grade.recorded)),
            .init("stage", .optional(grade.stage)),
            .init("computed", .optional(grade.computed)),
            .init("ruleSet", .optional(grade.ruleSet)),
            .init("status", .optional(grade.status)),
            .init("provisional", .flag(grade.provisional)),
            .init("since", .optional(grade.since)),
            .init("until", .optional(grade.until)),
            .init("fired", .list(grade.fired.map { fired($0, explains) })),
            .init("unknown", .list(grade.unknown.map { .text($0) })),
            .init("differs", .flag(grade.differs)),
        ]
        if explains {
            members.append(.init("mayApplyFrom", .optional(grade.mayApplyFrom)))
            members.append(.init("endsOn", .optional(grade.endsOn)))
            members.append(
                .init(
                    "leftOut",
                    .list(
                        grade.leftOut.map { left in
                            .record([
                                .init("rule", .text(left.rule)),
                                .init("positions", .list(left.positions.map { .number($0) })),
                            ])
                        })))
        }
        return .record(members)
    }

    static func fired(_ fired: GradeAnswer.Fired, _ explains: Bool) -> Tree {
        let positions = Tree.list(fired.positions.map { .number($0) })
        var members: [Tree.Member] = [
            .init("rule", .text(fired.rule)), .init("on", .text(fired.on)),
            .init("from", .text(fired.from)), .init("to", .text(fired.to)),
            .init("n", .text(fired.n)), .init("a", .text(fired.a)),
            .init("N", .optional(fired.documents)), .init("limit", .text(fired.limit)),
            .init("positions", positions),
        ]
        if explains {
            members.append(.init("events", positions))
            members.append(
                .init("message", .message(zh: fired.message.zh, en: fired.message.en)))
        }
        return .record(members)
    }
}
