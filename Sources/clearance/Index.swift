import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceProjections

/// `clearance index`: monthly series, indices and release times.
struct Index: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "指数 · Monthly series: counts, values, unit-value indices, release times.",
        discussion: """
            Months are Beijing months; a figure belongs to the position that it was asked of.

            Example:
              clearance index ledger --from 2026-01 --to 2026-06 --by direction,hs2 --format csv
            """)

    @OptionGroup var ledger: LedgerArgument

    @Option(help: ArgumentHelp("First month, YYYY-MM.", valueName: "month"))
    var from: MonthArgument?

    @Option(help: ArgumentHelp("Last month, YYYY-MM.", valueName: "month"))
    var to: MonthArgument?

    @Option(
        help: ArgumentHelp(
            "Keys, comma separated: direction, mode, hs2, country, customs, zone, class.",
            valueName: "keys"))
    var by: String?

    @Option(help: "text, json or csv.")
    var format: Format?

    @OptionGroup var options: AnswerOptions

    enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

    func validate() throws {
        if let from, let to, to < from { throw ValidationError("--to lies before --from") }
        if options.json, let format, format != .json {
            throw ValidationError("--json and --format \(format) exclude each other")
        }
        _ = try keys()
    }

    func run() throws {
        var answer = try Answer(ledger.path, options, command: "index")
        var query = MonthlySeries.Query()
        query.by = try keys()
        query.from = from?.first.monthNumber
        query.to = to?.first.monthNumber
        query.vintage = answer.position
        query.dayReached = try answer.dayReached()
        var series = MonthlySeries(query)
        try answer.view.forEachTotal(of: ProcedureFold.self) { cell, total in
            series.add(Array(owning: cell), total)
            return true
        }
        let points = series.points()
        answer.restsOnProvisional = true
        switch format ?? (options.json ? .json : .text) {
        case .json:
            try answer.print { writer in
                writer.member(array: "series") { writer in
                    for point in points { Index.tree(point).write(to: &writer) }
                }
            }
        case .csv: try printTable(points)
        case .text: try printText(points, answer)
        }
    }

    private func keys() throws -> [SeriesKey] {
        guard let by else { return SeriesKey.usual }
        if by.isEmpty { return [] }
        var keys: [SeriesKey] = []
        for name in by.split(separator: ",", omittingEmptySubsequences: false) {
            guard let key = SeriesKey(rawValue: String(name)), key != .currency else {
                throw ValidationError("no key is named \(name)")
            }
            if !keys.contains(key) { keys.append(key) }
        }
        return keys
    }

    private static func tree(_ point: SeriesPoint) -> Tree {
        var members: [Tree.Member] = [
            .init("name", .text(point.name)), .init("period", .text(point.period)),
            .init("value", .optional(point.value)), .init("unit", .text(point.unit)),
            .init(
                "by",
                .record(
                    point.by.map {
                        .init($0.key.rawValue, $0.code.isEmpty ? .null : .text($0.code))
                    })),
            .init("scope", .text(point.scope)), .init("source", .text(point.source)),
            .init("status", .text(point.status.rawValue)),
            .init("vintage", .number(point.vintage)), .init("n", .number(point.n)),
        ]
        if let reason = point.reason { members.append(.init("reason", .text(reason))) }
        return .record(members)
    }

    /// CSV: a header and a line for every figure; keys that a series has not are empty.
    private func printTable(_ points: [SeriesPoint]) throws {
        var names: [SeriesKey] = []
        for point in points {
            for value in point.by where !names.contains(value.key) {
                names.append(value.key)
            }
        }
        let head = ["name", "period", "value", "unit"] + names.map(\.rawValue)
        try Output.line(
            (head + ["scope", "source", "status", "vintage", "n"]).joined(separator: ","))
        for point in points {
            let codes = names.map { key in point.by.first { $0.key == key }?.code ?? "" }
            let cells =
                [point.name, point.period, point.value ?? "", point.unit] + codes
                + [
                    point.scope, point.source, point.status.rawValue, "\(point.vintage)",
                    "\(point.n)",
                ]
            try Output.line(cells.map(Index.quoted).joined(separator: ","))
        }
    }

    private static func quoted(_ cell: String) -> String {
        guard cell.contains(where: { ",\"\n\r".contains($0) }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }

    private func printText(_ points: [SeriesPoint], _ answer: Answer) throws {
        let language = options.language
        var box = Box(
            header: [
                language("指标", "series"), language("分组", "keys"), language("月份", "month"),
                language("数值", "value"), language("单位", "unit"), "n",
                language("状态", "status"),
            ], right: [3, 5])
        for point in points {
            box.add(
                point.name, point.by.map { $0.code.isEmpty ? "–" : $0.code }.joined(separator: " "),
                point.period, point.value ?? "–", point.unit, "\(point.n)", point.status.rawValue)
        }
        if points.isEmpty {
            try Output.line(language("没有放行或结关的清单", "no list was released or closed"))
        } else {
            try box.print()
        }
        try answer.printFoot()
    }
}
