import ClearanceEvents

extension TraceBuilder {
    /// What is not known (`specs/traceability.md`, gaps), in a fixed order.
    func gaps(_ intervals: [TraceInterval]) -> [TraceGraph.Gap] {
        var gaps: [TraceGraph.Gap] = []
        for interval in intervals where interval.holder == nil {
            gaps.append(gap("noHolder", held, interval.from, interval.until))
        }
        gaps += missingPapers()
        for attempt in state.attempts where !attempt.phase.isEnd {
            let list = id(of: attempt)
            // An import departs under transit too, before its release: only exports leave by it.
            let departed = attempt.ieDirection == .export ? state.departedAt : nil
            if attempt.releasedAt == nil, let delivered = state.deliveredAt ?? departed {
                gaps.append(gap("noRelease", list, delivered, nil))
            }
            if let released = attempt.releasedAt, isSilent(after: released) {
                gaps.append(gap("noDelivery", list, released, nil))
            }
        }
        for (id, node) in draft.nodes.sorted(by: { $0.key < $1.key })
        where node.kind == .goods && node.place == nil {
            gaps.append(gap("noOrigin", id, nil, nil))
        }
        return gaps
    }

    /// The node that is held.
    private var held: String { draft.ids(.waybill).first ?? state.live.map(id(of:)) ?? "" }

    private func isSilent(after time: Int64) -> Bool {
        !items.contains { _, event in
            event.time.microseconds >= time && event.type != .moveArrived
                && (event.type.code >> 8 == 0x0C || event.type.code >> 8 == 0x09)
        }
    }

    private func missingPapers() -> [TraceGraph.Gap] {
        let isExport = state.live?.ieDirection == .export
        var gaps: [TraceGraph.Gap] = []
        let anchor = state.live.map(id(of:)) ?? draft.ids(.order).first ?? held
        let wanted: [(TraceKind, String, Bool)] = [
            (.order, "noOrder", true), (.payment, "noPayment", !isExport),
            (.waybill, "noWaybill", true),
        ]
        for (kind, code, isNeeded) in wanted where isNeeded && draft.ids(kind).isEmpty {
            gaps.append(gap(code, anchor, nil, nil))
        }
        if state.attempts.allSatisfy({ $0.paper == nil }) {
            gaps.append(gap("noList", anchor, nil, nil))
        }
        return gaps
    }

    private func gap(
        _ code: String, _ node: String, _ from: Int64?, _ until: Int64?
    ) -> TraceGraph.Gap {
        let (zh, en) = TraceBuilder.gapTexts[code] ?? (code, code)
        return TraceGraph.Gap(
            node: node, from: TraceBuilder.text(from), until: TraceBuilder.text(until),
            code: code, message: ["zh": zh, "en": en])
    }

    private static let gapTexts: [String: (String, String)] = [
        "noHolder": ("无人占有", "nobody is known to hold it"),
        "noRelease": ("未放行即交付或离境", "delivered or departed without a release"),
        "noDelivery": ("放行后无记录", "released, and nothing is known afterwards"),
        "noOrigin": ("原产地不明", "no country of origin"),
        "noOrder": ("缺订单", "no order"), "noPayment": ("缺支付单", "no payment"),
        "noWaybill": ("缺运单", "no waybill"), "noList": ("缺清单", "no list paper"),
    ]
}
