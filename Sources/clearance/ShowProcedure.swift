import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceProjections

/// `clearance show procedure`: how far a list came, and which rules were broken on the way.
struct ShowProcedure: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "procedure",
        abstract: "通关流程 · How far a list came, with its steps, days and findings.",
        discussion: """
            The list may be asked by its own, its pre-entry or its customs number, by its order, \
            or by a cancel request, return or tax bill that refers to it.

            Example:
              clearance show procedure ledger list:46012026I000000001 --json
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: ArgumentHelp("A list, or what refers to one.", valueName: "subject"))
    var subject: SubjectArgument

    @OptionGroup var options: AnswerOptions

    func run() throws {
        var answer = try Answer(ledger.path, options, command: "show procedure")
        let day = try answer.dayReached()
        var report = ProcedureReport(asked: subject.subject, day: day)
        if let thing = try Things(answer.view).consignments(subject.subject).first {
            try report.read(thing, answer)
        }
        answer.masked = report.masked
        answer.restsOnProvisional = true
        guard options.json else { return try printText(report, answer) }
        let members = report.members
        try answer.print { Tree.write(members, to: &$0) }
    }

    private func printText(_ report: ProcedureReport, _ answer: Answer) throws {
        let language = options.language
        guard report.isKnown else {
            try Output.line(
                language("账本中没有 ", "the ledger knows nothing of ") + subject.text)
            return try answer.printFoot()
        }
        try Output.line("\(subject.text)  \(report.phase) \(report.holds.joined(separator: " "))")
        try Output.line(report.aliases.joined(separator: " = "))
        var steps = Box(
            header: [
                language("时间", "time"), language("事件", "event"), language("阶段", "phase"),
                language("回执", "code"), language("位置", "position"),
            ], right: [4])
        for step in report.steps {
            steps.add(step.time, step.type, step.phase, step.code ?? "", "\(step.position)")
        }
        if !report.steps.isEmpty { try steps.print() }
        for deadline in report.deadlines {
            try Output.line(
                "\(deadline.day)  \(deadline.code)"
                    + (deadline.passed ? language("  已过", "  passed") : ""))
        }
        for finding in report.findings {
            let positions = finding.positions.map(String.init).joined(separator: " ")
            try Output.line(
                "\(finding.severity) \(finding.code): \(language(finding.message)) [\(positions)]")
        }
        try answer.printFoot()
    }
}
