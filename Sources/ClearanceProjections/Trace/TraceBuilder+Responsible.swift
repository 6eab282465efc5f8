import ClearanceEvents

extension TraceBuilder {
    /// Who answers, by time and then in the order of the roles (`specs/traceability.md`).
    func responsible(_ intervals: [TraceInterval]) -> [TraceGraph.Responsible] {
        var found: [(time: Int64, rank: Int, item: TraceGraph.Responsible)] = []
        func add(
            _ rank: Int, _ role: String, _ rule: String, _ code: String?, _ time: Int64,
            _ events: [UInt64]
        ) {
            guard let code, !code.isEmpty, let party = Subject.of(.enterprise, code)?.text else {
                return
            }
            let item = TraceGraph.Responsible(
                party: party, role: role, from: TraceBuilder.text(time), until: nil, rule: rule,
                events: events)
            guard !found.contains(where: { $0.item.party == party && $0.item.role == role })
            else { return }
            found.append((time, rank, item))
        }
        for (position, event) in items where event.type.code & 0xFF == 2 {
            let time = event.time.microseconds
            let data = event.data
            switch event.type.code >> 8 {
            case 1:
                add(0, "seller", "T6", data.text("ebcCode"), time, [position])
                add(1, "platform", "T7", data.text("ebpCode"), time, [position])
            case 2: add(2, "payment", "T8", data.text("payCode"), time, [position])
            case 3: add(3, "carrier", "T8", data.text("logisticsCode"), time, [position])
            case 6 where data.text("agentCode") != nil || data.text("ebcCode") != nil:
                add(0, "seller", "T6", data.text("ebcCode"), time, [position])
                add(1, "platform", "T7", data.text("ebpCode"), time, [position])
                add(3, "carrier", "T8", data.text("logisticsCode"), time, [position])
                add(4, "declarant", "T9", data.text("agentCode"), time, [position])
                add(5, "withholder", "T10", withholder(data), time, [position])
                add(6, "guarantor", "T11", data.text("assureCode"), time, [position])
                if isFood(data) {
                    add(8, "importer", "T13", data.text("ebcCode"), time, [position])
                }
            default: break
            }
        }
        for interval in intervals where interval.rule == "T12" {
            guard let holder = interval.holder else { continue }
            let item = TraceGraph.Responsible(
                party: holder, role: "custodian", from: TraceBuilder.text(interval.from),
                until: TraceBuilder.text(interval.until), rule: "T12", events: interval.events)
            found.append((interval.from, 7, item))
        }
        return found.sorted { left, right in
            (left.time, left.rank, left.item.party) < (right.time, right.rank, right.item.party)
        }.map(\.item)
    }

    /// Imports alone are taxed by withholding: the platform, else the carrier, else the broker.
    private func withholder(_ data: DataRecord) -> String? {
        guard data.text("ieFlag") == "I" else { return nil }
        return ["ebpCode", "logisticsCode", "agentCode"].compactMap { data.text($0) }
            .first { !$0.isEmpty }
    }

    /// Chapters 2 to 22 of the tariff are food and drink.
    private func isFood(_ data: DataRecord) -> Bool {
        guard data.text("ieFlag") == "I" else { return false }
        return data.records("items").contains { line in
            guard let chapter = Int(line.text("gcode")?.prefix(2) ?? "") else { return false }
            return (2...22).contains(chapter)
        }
    }
}
