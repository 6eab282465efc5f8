import ClearanceEvents
import ClearanceLedger
import ClearanceMatching
import ClearanceProjections
import ClearanceTesting

/// The report of a demonstration, page by page.
struct DemoPages {
    let language: Language
    let isShown: Bool

    private func write(_ lines: [String]) throws {
        guard isShown else { return }
        for line in lines { try Output.line(line) }
        try Output.flush()
    }

    private func heading(_ zh: String, _ en: String) throws {
        let text = language(zh, en)
        try write(["", "▌ " + text, ""])
    }

    func title(_ world: World) throws {
        let lines = [
            language("通关账本", "Clearance ledger"),
            language(
                "一个虚构的跨境电商世界：\(Figures.grouped(world.settings.orders)) 个订单，"
                    + "\(world.settings.months) 个月，种子 \(world.settings.seed)",
                "An invented year of cross-border trade: "
                    + "\(Figures.grouped(world.settings.orders)) orders, "
                    + "\(world.settings.months) months, seed \(world.settings.seed)"),
        ]
        let width = (lines.map(Figures.width).max() ?? 0) + 4
        let rule = String(repeating: "═", count: width)
        try write(
            ["╔\(rule)╗"]
                + lines.map { "║  \(Figures.padded($0, to: width - 4))  ║" } + ["╚\(rule)╝"])
    }

    func generated(_ world: GeneratedWorld) throws {
        try heading("一 生成", "1 Generate")
        let seconds = Figures.fixed(world.seconds, 1)
        try write([
            language(
                "  \(Figures.grouped(world.report.events)) 个事件，"
                    + "其中单证 \(Figures.grouped(world.report.papers)) 份，\(seconds) 秒写成 "
                    + "\(world.report.files) 个文件",
                "  \(Figures.grouped(world.report.events)) events, "
                    + "\(Figures.grouped(world.report.papers)) of them papers, written as "
                    + "\(world.report.files) files in \(seconds) s"),
            language(
                "  慢速参照模型逐单判定：\(Figures.fixed(world.referenceSeconds, 1)) 秒",
                "  judged one by one by the slow reference: "
                    + "\(Figures.fixed(world.referenceSeconds, 1)) s"),
        ])
    }

    func ingested(_ report: IngestReport, _ path: String) throws {
        try heading("二 入账", "2 Ingest")
        try write(report.table(language).lines)
    }

    func matched(
        _ summary: MatchSummary, _ seconds: Double, expected: World.Expectation
    ) throws {
        try heading("三 三单比对", "3 Match")
        let reference = Dictionary(
            uniqueKeysWithValues: expected.outcomes.map { ($0.outcome, $0.orders) })
        var box = Box(
            header: [
                language("结论", "outcome"), language("订单", "orders"), "%", "",
                language("参照", "reference"),
            ], right: [1, 2])
        let greatest = Double(summary.outcomes.values.max() ?? 0)
        for outcome in MatchOutcome.allCases.reversed() {
            let count = summary.outcomes[outcome] ?? 0
            let other = reference[outcome.name] ?? 0
            guard count + other > 0 else { continue }
            let text = MatchTexts.text(of: outcome)
            box.add(
                "\(outcome.name) \(language(text.zh, text.en))", Figures.grouped(count),
                Figures.percent(count, of: summary.orders),
                Figures.bar(Double(count), of: greatest, columns: 24),
                count == other ? "✓" : "✗ " + Figures.grouped(other))
        }
        let rate = Figures.short(Double(summary.papers) / max(seconds, 1e-6))
        try write(
            box.lines + [
                language(
                    "  \(Figures.grouped(summary.papers)) 份单证，每秒 \(rate) 份",
                    "  \(Figures.grouped(summary.papers)) papers, \(rate) a second")
            ])
    }

    func months(_ view: LedgerView, _ day: CivilDay?) throws {
        guard isShown else { return }
        try heading("四 每月", "4 Month by month")
        var query = MonthlySeries.Query()
        query.by = [.direction]
        query.vintage = view.position
        query.dayReached = day
        var series = MonthlySeries(query)
        try view.forEachTotal(of: ProcedureFold.self) { cell, total in
            series.add(Array(owning: cell), total)
            return true
        }
        var table: [String: [String: String]] = [:]
        for point in series.points() {
            guard let code = point.by.first(where: { $0.key == .direction })?.code,
                ["lists", "fisher"].contains(point.name) || point.name == "value"
            else { continue }
            if point.name == "value", point.unit != "CNY", point.unit != "142" { continue }
            table[point.period, default: [:]]["\(code) \(point.name)"] = point.value
        }
        var box = Box(
            header: [
                language("月份", "month"), language("进口清单", "import lists"), "",
                language("进口额 CNY", "import CNY"), language("单值指数", "Fisher"),
                language("出口清单", "export lists"), "",
            ], right: [1, 3, 4, 5])
        let imports = table.values.compactMap { Double($0["import lists"] ?? "") }.max() ?? 0
        let exports = table.values.compactMap { Double($0["export lists"] ?? "") }.max() ?? 0
        for (period, row) in table.sorted(by: { $0.key < $1.key }) {
            let value = Int(Double(row["import value"] ?? "") ?? 0)
            box.add(
                period, row["import lists"] ?? "–",
                Figures.bar(Double(row["import lists"] ?? "") ?? 0, of: imports, columns: 16),
                value == 0 ? "–" : Figures.grouped(value),
                row["import fisher"].map { Figures.fixed(Double($0) ?? 0, 1) } ?? "–",
                row["export lists"] ?? "–",
                Figures.bar(Double(row["export lists"] ?? "") ?? 0, of: exports, columns: 10))
        }
        try write(box.lines)
    }

    /// The first order that was paid in parts or sent in parcels, matched and declared, as a tree.
    func chain(_ view: LedgerView, _ day: CivilDay?) throws {
        guard isShown else { return }
        let decider = MatchDecider(rules: RuleSets.matching)
        var chosen: OrderOutcome?
        try view.forEachRow(of: Wiring.Matching.self) { _, row in
            for order in decider.outcomes(of: row, day: day)
            where order.outcome == .matched && order.declared {
                if order.kind == .group {
                    chosen = order
                    return false
                }
                chosen = chosen ?? order
            }
            return true
        }
        guard let chosen else { return }
        try heading("五 一单到底", "5 One order, end to end")
        let subject = Subject(chosen.subjectText)
        let items = try Things(view).events(of: subject).map {
            (position: $0.position, event: $0.event)
        }
        let graph = try TraceBuilder.graph(of: subject.text, items)
        let text = TraceText.tree(graph, language: language == .zh ? .zh : .en)
        try write(text.split(separator: "\n", omittingEmptySubsequences: false).map { "  " + $0 })
    }

    func checks(_ run: DemoRun) throws {
        try heading("六 重放与核验", "6 Replay and verify")
        let mark = { (holds: Bool) in holds ? "✓" : "✗" }
        var box = Box()
        if let replayed = run.replayed {
            box.add(
                mark(run.isIdentical), language("重放与现行一致", "replay is identical"),
                "\(Figures.short(replayed.eventsPerSecond))/s", replayed.report.digest)
        }
        if let verified = run.verified {
            let rate = Double(verified.entries) / max(run.verifySeconds, 1e-6)
            box.add(
                mark(run.isIntact), language("每条记录完好", "every entry is sound"),
                "\(Figures.short(rate))/s", verified.root)
        }
        box.add(
            mark(run.agrees), language("与参照模型一致", "the reference agrees"), "", "")
        try write(box.lines)
    }
}
