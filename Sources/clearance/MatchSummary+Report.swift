import ClearanceInterchange
import ClearanceMatching

extension MatchSummary {
    /// Outcomes by name.
    var named: [String: Int] {
        Dictionary(uniqueKeysWithValues: outcomes.map { ($0.key.name, $0.value) })
    }

    /// The members of the JSON object, names in the order of the outcome table.
    func write(to writer: inout JSONWriter) {
        writer.member("papers", papers)
        writer.member("orders", orders)
        writer.member(object: "outcomes") { writer in
            for outcome in MatchOutcome.allCases {
                if let count = outcomes[outcome] { writer.member(outcome.name, count) }
            }
        }
        writer.member(object: "orphans") { writer in
            for kind in MatchFilter.orphans {
                if let count = orphans[kind] { writer.member(kind.name, count) }
            }
        }
    }

    /// The summary as text: a bar for every outcome.
    func lines(_ language: Language) -> [String] {
        var box = Box(
            header: [language("结论", "outcome"), language("订单", "orders"), "%", ""],
            right: [1, 2])
        let greatest = Double(outcomes.values.max() ?? 0)
        for outcome in MatchOutcome.allCases.reversed() {
            guard let count = outcomes[outcome] else { continue }
            let text = MatchTexts.text(of: outcome)
            box.add(
                "\(outcome.name)  \(language(text.zh, text.en))", Figures.grouped(count),
                Figures.percent(count, of: orders),
                Figures.bar(Double(count), of: greatest, columns: 30))
        }
        var lines = outcomes.isEmpty ? [] : box.lines
        if !orphans.isEmpty {
            var box = Box(
                header: [language("孤单", "orphans"), language("单证", "papers")], right: [1])
            for kind in MatchFilter.orphans {
                guard let count = orphans[kind] else { continue }
                let text = MatchTexts.text(of: kind)
                box.add(
                    "\(kind.name)  \(language(text.zh, text.en))", Figures.grouped(count))
            }
            lines += box.lines
        }
        lines.append(
            language(
                "\(Figures.grouped(orders)) 个订单，\(Figures.grouped(papers)) 份单证",
                "\(Figures.grouped(orders)) orders, \(Figures.grouped(papers)) papers"))
        return lines
    }
}
