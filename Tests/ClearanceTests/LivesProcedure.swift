import ClearanceEvents
import ClearanceLedger
import ClearanceProjections

/// A procedure's state in the members of `show procedure`.
struct LivesProcedure {
    let state: ProcedureState
    let events: [StoredEvent]
    /// The last Beijing day that has ended.
    let reached: CivilDay?

    var json: LivesJSON {
        .object([
            "phase": .text(state.live?.phase.rawValue ?? "none"),
            "holds": .texts(state.live?.openHolds.map(\.rawValue) ?? []),
            "attempts": .list(state.attempts.map(LivesProcedure.attempt)),
            "steps": .list(steps),
            "cancels": .list(state.cancels.map(LivesProcedure.cancel)),
            "returns": .list(
                state.returns.map {
                    .object([
                        "subject": .text($0.subject), "phase": .text($0.phase.rawValue),
                        "arrived": LivesProcedure.time($0.arrivedAt),
                    ])
                }),
            "taxes": .list(
                state.taxes.map {
                    .object([
                        "subject": .text($0.subject), "phase": .text($0.phase.rawValue),
                        "total": .optional($0.total.map(FixedDecimal.text(of:))),
                        "paid": LivesProcedure.time($0.paidAt),
                    ])
                }),
            "deadlines": .list(deadlines),
            "findings": .list(
                state.findings.map {
                    .object([
                        "code": .text($0.code.rawValue), "severity": .text($0.severity.rawValue),
                        "subject": .text($0.about),
                    ])
                }),
        ])
    }

    private static func time(_ time: Int64?) -> LivesJSON {
        .optional(time.map { Instant(microseconds: $0).rfc3339 })
    }

    private static func attempt(_ attempt: ListAttempt) -> LivesJSON {
        func number(_ text: some StringProtocol) -> LivesJSON {
            text.isEmpty ? .null : .text(String(text))
        }
        return .object([
            "copNo": number(attempt.cop.split(separator: "/").last ?? ""),
            "preNo": number(attempt.pre), "invtNo": number(attempt.invt),
            "phase": .text(attempt.phase.rawValue), "submitted": time(attempt.submittedAt),
            "accepted": time(attempt.acceptedAt), "released": time(attempt.releasedAt),
            "closed": time(attempt.closedAt),
        ])
    }

    private static func cancel(_ cancel: ProcedureState.Cancel) -> LivesJSON {
        let phase =
            cancel.approvedAt != nil
            ? "approved" : (cancel.refusedAt == nil ? "requested" : "refused")
        return .object(["subject": .text(cancel.subject), "phase": .text(phase)])
    }

    /// What was said of the list itself and of what refers to it, in canonical order.
    private var steps: [LivesJSON] {
        let names = Set(StepKind.allCases.map(\.typeName))
        return events.map(\.event).filter { event in
            let scheme = event.subject.prefix { $0 != ":" }
            return names.contains(event.type.name)
                && !["order", "payment", "proceeds"].contains(scheme)
        }.map { event in
            .object([
                "time": .text(event.time.rfc3339), "type": .text(event.type.name),
                "code": .optional(event.data.text("returnStatus")),
            ])
        }
    }

    private var deadlines: [LivesJSON] {
        guard let released = state.live?.releasedAt else { return [] }
        let start = Instant(microseconds: released).beijingDay
        let days = [
            ReturnState.requestDays, TaxBillState.firstDueDay, ReturnState.arrivalDays,
            TaxBillState.lastDueDay,
        ]
        return days.map { count in
            let last = start.adding(days: count)
            return .object([
                "day": .text(last.description),
                "passed": .flag(reached.map { $0 >= last } ?? false),
            ])
        }
    }
}
