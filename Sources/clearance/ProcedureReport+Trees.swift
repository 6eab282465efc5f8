import ClearanceEvents
import ClearanceInterchange
import ClearanceProjections

extension ProcedureReport {
    static func time(_ time: Int64?) -> Tree {
        .optional(time.map { Instant(microseconds: $0).rfc3339 })
    }

    private static func number(_ text: some StringProtocol) -> Tree {
        text.isEmpty ? .null : .text(String(text))
    }

    static func attempt(_ attempt: ListAttempt) -> Tree {
        let cop = attempt.cop.split(separator: "/", maxSplits: 1).last ?? ""
        return .record([
            .init("copNo", number(cop)), .init("preNo", number(attempt.pre)),
            .init("invtNo", number(attempt.invt)), .init("phase", .text(attempt.phase.rawValue)),
            .init("submitted", time(attempt.submittedAt)),
            .init("accepted", time(attempt.acceptedAt)),
            .init("released", time(attempt.releasedAt)),
            .init("closed", time(attempt.closedAt)),
        ])
    }

    static func step(_ step: Step) -> Tree {
        .record([
            .init("time", .text(step.time)), .init("type", .text(step.type)),
            .init("phase", .text(step.phase)), .init("position", .number(step.position)),
            .init("code", .optional(step.code)), .init("text", .optional(step.text)),
        ])
    }

    static func cancel(_ cancel: ProcedureState.Cancel) -> Tree {
        let phase =
            cancel.approvedAt != nil
            ? "approved" : (cancel.refusedAt == nil ? "requested" : "refused")
        return .record([
            .init("subject", .text(cancel.subject)), .init("phase", .text(phase)),
            .init("list", number(cancel.invt)), .init("requested", time(cancel.requestedAt)),
            .init("approved", time(cancel.approvedAt)), .init("refused", time(cancel.refusedAt)),
        ])
    }

    static func goodsReturn(_ item: ReturnState) -> Tree {
        .record([
            .init("subject", .text(item.subject)), .init("phase", .text(item.phase.rawValue)),
            .init("list", number(item.invt)), .init("requested", time(item.requestedAt)),
            .init("accepted", time(item.acceptedAt)), .init("arrived", time(item.arrivedAt)),
            .init("quantities", quantities(item.requested)),
            .init("arrivedQuantities", quantities(item.arrived)),
        ])
    }

    private static func quantities(_ quantities: [Int: FixedDecimal]) -> Tree {
        .list(
            quantities.sorted { $0.key < $1.key }.map { line, quantity in
                .record([.init("gnum", .number(line)), .init("quantity", .text(quantity.text))])
            })
    }

    static func tax(_ bill: TaxBillState) -> Tree {
        .record([
            .init("subject", .text(bill.subject)), .init("phase", .text(bill.phase.rawValue)),
            .init("list", number(bill.invt)), .init("entDutyNo", number(bill.dutyNo)),
            .init("customsTax", .optional(bill.sums?.customsTax.text)),
            .init("valueAddedTax", .optional(bill.sums?.valueAddedTax.text)),
            .init("consumptionTax", .optional(bill.sums?.consumptionTax.text)),
            .init("total", .optional(bill.total.map(FixedDecimal.text(of:)))),
            .init("assessed", time(bill.assessedAt)), .init("paid", time(bill.paidAt)),
        ])
    }

    static func deadline(_ deadline: Deadline) -> Tree {
        .record([
            .init("code", .text(deadline.code)), .init("day", .text(deadline.day.description)),
            .init("passed", .flag(deadline.passed)),
        ])
    }

    static func finding(_ finding: Broken) -> Tree {
        .record([
            .init("code", .text(finding.code)), .init("severity", .text(finding.severity)),
            .init("subject", finding.subject.isEmpty ? .null : .text(finding.subject)),
            .init("positions", .list(finding.positions.map { .number($0) })),
            .init("message", .message(zh: finding.message.zh, en: finding.message.en)),
        ])
    }
}
