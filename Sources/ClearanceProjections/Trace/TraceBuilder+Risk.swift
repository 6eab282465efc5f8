import ClearanceEvents

extension TraceBuilder {
    /// Open risk cases, alerts and recalls about things of the trade.
    mutating func addRisk(_ event: Event, _ position: UInt64) {
        guard event.type.code >> 8 == 0x0D else { return }
        let isClosing = event.type == .riskClosed || event.type == .riskRecallClosed
        let id = event.subject
        let time = event.time.microseconds
        draft.note(id, .risk, label: event.data.text("category") ?? "", at: time, position)
        if isClosing { draft.change(id) { $0.until = time } }
        if let level = event.data.text("level") { draft.change(id) { $0.risk = level } }
        for subject in event.data.texts("about") + event.data.texts("lots") {
            let about = node(of: subject)
            draft.note(about, kind(of: about))
            draft.join(about, id, "riskOf", since: time, position)
        }
    }

    /// The risk of a thing is the highest open level about it or about one of its ancestors over
    /// certain edges.
    mutating func spreadRisk() {
        var levels: [String: String] = [:]
        for key in draft.edges.keys where key.kind == "riskOf" {
            guard let risk = draft.nodes[key.to], risk.until == nil, let level = risk.risk else {
                continue
            }
            levels[key.from] = highest(levels[key.from], level)
        }
        var changed = !levels.isEmpty
        while changed {
            changed = false
            for (key, edge) in draft.edges where edge.isCertain && key.kind != "riskOf" {
                guard let level = levels[key.from], draft.nodes[key.to]?.kind.endsWalk == false
                else { continue }
                let new = highest(levels[key.to], level)
                if new != levels[key.to] {
                    levels[key.to] = new
                    changed = true
                }
            }
        }
        for (id, level) in levels { draft.change(id) { $0.risk = level } }
    }

    private func highest(_ left: String?, _ right: String) -> String {
        guard let left else { return right }
        let (first, second) = (rank(left), rank(right))
        if first != second { return first > second ? left : right }
        return max(left, right)
    }

    /// Words by their order; recall levels are graver the smaller they are.
    private func rank(_ level: String) -> Int {
        switch level.lowercased() {
        case "critical", "1", "一级": 4
        case "high", "2", "二级": 3
        case "medium", "3", "三级": 2
        case "low": 1
        default: 0
        }
    }
}
