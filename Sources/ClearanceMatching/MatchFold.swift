public import ClearanceEvents

/// 三单比对 as a fold: gathers what the papers of one consignment say (`specs/matching.md`).
///
/// Drafts, progress receipts and everything that is no paper leave no trace. Outcomes are made from
/// the row by ``MatchDecider``. Cost: about a microsecond a paper.
public struct MatchFold: KeyedFold {
    public typealias Group = Consignments
    public typealias Row = MatchRow

    public static var name: String { "match" }
    public static var version: UInt16 { 1 }

    private let readers = PaperReaders()

    public init() {}

    public func begin() -> MatchRow { MatchRow() }

    public func apply(_ event: EventView, to row: inout MatchRow) {
        let code = event.type.code
        switch code >> 8 {
        case 0x01: applyOrder(event, code & 0xFF, to: &row)
        case 0x02: applyPayment(event, code & 0xFF, to: &row)
        case 0x03: applyWaybill(event, code & 0xFF, to: &row)
        case 0x04: applyProceeds(event, code & 0xFF, to: &row)
        case 0x06: applyList(event, to: &row)
        case 0x0F where event.type == .matchDecided: applyDecision(event, to: &row)
        default: break
        }
    }

    /// Control totals that do not depend on the day: the papers of this row's orders by family and
    /// currency, with the sum of their amounts.
    ///
    /// A payment counts once for each order that it names, a waybill that names no order in every
    /// row where it stands. Cost: linear in the papers, times the orders.
    public func totals(of row: MatchRow, into sink: inout TotalsSink) {
        var numbers: [NameToken] = []
        for stream in row.orders {
            guard let live = stream.lastLive else { continue }
            numbers.add(live.facts.number)
            add("order", live.facts.currency, live.facts.due, to: &sink)
        }
        guard !numbers.isEmpty else { return }
        for stream in row.payments {
            for line in stream.liveLines {
                let facts = stream.versions[line].facts
                for share in facts.shares where numbers.contains(share.number) {
                    add("payment", facts.currency, share.amount, to: &sink)
                }
                if facts.shares.isEmpty, numbers.contains(facts.number) {
                    add("payment", facts.currency, facts.amount, to: &sink)
                }
            }
        }
        for stream in row.waybills {
            guard let number = stream.lastLive?.facts.number else { continue }
            if number == Tokens.none || numbers.contains(number) {
                add("waybill", .none, nil, to: &sink)
            }
        }
        for stream in row.proceeds {
            guard let facts = stream.lastLive?.facts, numbers.contains(facts.number) else {
                continue
            }
            add("proceeds", facts.currency, facts.charge, to: &sink)
        }
    }

    private func add(
        _ family: String, _ currency: ShortCode, _ amount: Int64?, to sink: inout TotalsSink
    ) {
        let cell = Array("papers/\(family)/\(currency.text)".utf8)
        sink.add(cell, Total(count: 1, first: Int128(amount ?? 0)))
    }

    // MARK: - Families

    private func applyOrder(_ event: EventView, _ step: UInt16, to row: inout MatchRow) {
        guard let step = PaperStep(rawValue: step) else { return }
        let place = row.orders.place(of: event.subject)
        let reader = readers.order
        row.orders[place].take(event, step, own: reader.appTime) { reader.facts(of: event) }
    }

    private func applyPayment(_ event: EventView, _ step: UInt16, to row: inout MatchRow) {
        if event.type == .paymentRefunded { return applyRefund(event, to: &row) }
        if event.type == .paymentEvidence { return applyEvidence(event, to: &row) }
        guard let step = PaperStep(rawValue: step) else { return }
        let place = row.payments.place(of: event.subject)
        let reader = readers.payment
        let line = step == .withdrawn ? Tokens.of(event.data.text(reader.orderNo)) : Tokens.none
        row.payments[place].take(event, step, own: reader.appTime, line: line) {
            reader.facts(of: event)
        }
    }

    private func applyWaybill(_ event: EventView, _ step: UInt16, to row: inout MatchRow) {
        guard let step = PaperStep(rawValue: step) else { return }
        let place = row.waybills.place(of: event.subject)
        let reader = readers.waybill
        row.waybills[place].take(event, step, own: reader.appTime) { reader.facts(of: event) }
    }

    private func applyProceeds(_ event: EventView, _ step: UInt16, to row: inout MatchRow) {
        guard let step = PaperStep(rawValue: step) else { return }
        let place = row.proceeds.place(of: event.subject)
        let reader = readers.proceeds
        row.proceeds[place].take(event, step, own: reader.appTime) { reader.facts(of: event) }
    }

    private func applyList(_ event: EventView, to row: inout MatchRow) {
        switch event.type {
        case .declareSubmitted, .declareAmended:
            guard let version = readers.list.version(of: event) else { return }
            var index = row.lists.count
            while index > 0, ListVersion.precedes(version, row.lists[index - 1]) { index -= 1 }
            row.lists.insert(version, at: index)
        case .declareWithdrawn:
            row.notices.insertSorted(readers.list.withdrawal(event))
        case .declareAccepted:
            row.notices.insertSorted(readers.receipt.notice(.accepted, event))
        case .declareRejected:
            row.notices.insertSorted(readers.receipt.notice(.rejected, event))
        case .declareCancelled:
            row.notices.insertSorted(readers.receipt.notice(.cancelled, event))
        default: break
        }
    }

    private func applyRefund(_ event: EventView, to row: inout MatchRow) {
        let refund = readers.payment.refund(event)
        row.refunds.insert(refund, before: PaymentRefund.precedes)
    }

    private func applyEvidence(_ event: EventView, to row: inout MatchRow) {
        let evidence = readers.payment.evidence(event)
        row.evidence.insert(evidence, before: PaymentEvidence.precedes)
    }

    private func applyDecision(_ event: EventView, to row: inout MatchRow) {
        guard let decision = readers.decision.decision(event) else { return }
        row.decisions.insert(decision, before: ManualDecision.precedes)
    }
}

/// The six types that every paper has; drafts count nowhere.
enum PaperStep: UInt16 {
    case submitted = 2
    case amended = 3
    case withdrawn = 4
    case accepted = 5
    case rejected = 6
}

extension PaperStream {
    /// Adds one event of the paper.
    mutating func take(
        _ event: EventView, _ step: PaperStep, own field: FieldRef,
        line: NameToken = Tokens.none, facts: () -> Facts
    ) {
        switch step {
        case .submitted, .amended:
            add(
                PaperVersion(
                    own: event.ownTime(field), identity: event.identity,
                    isFirst: step == .submitted, facts: facts()))
        case .withdrawn: add(PaperEnding(own: event.ownTime(field), line: line))
        case .accepted, .rejected:
            add(PaperReceipt(time: event.time, isRejection: step == .rejected))
        }
    }

    /// The newest live version.
    var lastLive: PaperVersion<Facts>? {
        versions.indices.last { isLive($0) }.map { versions[$0] }
    }
}

extension EventView {
    /// Own time of a paper: `appTime`, else the event's `time`.
    func ownTime(_ appTime: FieldRef) -> Int64 { data.time(appTime)?.microseconds ?? time }
}

extension Array {
    /// Inserts behind all elements that do not come after the new one.
    mutating func insert(_ element: Element, before precedes: (Element, Element) -> Bool) {
        var index = count
        while index > 0, precedes(element, self[index - 1]) { index -= 1 }
        insert(element, at: index)
    }
}
