import ClearanceEvents
import ClearanceProjections

extension CustomsDesk {
    /// Why a version cannot be taken; nil when it can.
    func refusal(of document: Event, _ card: DeskCard) -> SubmissionOutcome.Kind? {
        let type = document.data.text("appType") ?? "1"
        if type == "1", card.isOpen { return card.fits(document) ? nil : .partTwice }
        let sent = DeskCard.sent(document)
        if let last = card.sent, card.stands, sent.microseconds < last.microseconds {
            return .older
        }
        if type == "1" { return card.stands ? .alreadyExists : refusalByList(document, card) }
        guard card.stands || card.isRejected else { return .unknown }
        if card.kind.isBoundByList, isDeclared(document, card.kind) { return .afterDeclaration }
        let isFixed = [.list, .cancelRequest, .returnRequest].contains(card.kind)
        if isFixed, card.isEntered { return .stateForbids }
        return type == "2" ? refusalByList(document, card) : nil
    }

    private func isDeclared(_ paper: Event, _ kind: DeskKind) -> Bool {
        lists.contains {
            kind == .waybill ? $0.value.isOnWaybill(paper) : $0.value.isOfOrder(paper)
        }
    }

    /// The lists that stand, by name.
    var lists: [(key: String, value: DeskCard)] {
        cards.filter { $0.value.kind == .list && $0.value.stands }.sorted { $0.key < $1.key }
    }

    /// X14 to X16: what the lists that are there say against a document.
    private func refusalByList(
        _ document: Event, _ card: DeskCard
    ) -> SubmissionOutcome.Kind? {
        switch card.kind {
        case .list:
            let isDeclared = lists.contains {
                $0.value.document?.subject != document.subject && $0.value.isOfOrder(document)
                    && $0.value.isOnWaybill(document)
            }
            return isDeclared ? .alreadyExists : nil
        case .cancelRequest, .returnRequest:
            let number = document.data.text("invtNo")
            let list = cards.values.first { $0.kind == .list && $0.invtNo == number }
            guard let list, number != nil else { return .listUnknown }
            return card.kind == .cancelRequest
                ? refusalToCancel(document, list) : refusalToReturn(document, list)
        default: return nil
        }
    }

    private func refusalToCancel(
        _ document: Event, _ list: DeskCard
    ) -> SubmissionOutcome.Kind? {
        if !others(like: document, .cancelRequest).isEmpty { return .alreadyCancelled }
        return list.stands && !list.isReleased ? nil : .stateForbids
    }

    private func refusalToReturn(
        _ document: Event, _ list: DeskCard
    ) -> SubmissionOutcome.Kind? {
        let listed = list.lines
        let others = others(like: document, .returnRequest)
        var refusal: SubmissionOutcome.Kind?
        for (line, quantity) in DeskCard.lines(document) {
            guard let had = listed[line] else { return .lineUnknown }
            let sum = others.reduce(quantity) { $0 + ($1.lines[line] ?? 0) }
            if sum > had { refusal = .quantityExceeded }
        }
        return refusal
    }

    /// Other standing requests about the same list.
    private func others(like document: Event, _ kind: DeskKind) -> [DeskCard] {
        cards.values.filter {
            $0.kind == kind && $0.stands && $0.document?.subject != document.subject
                && $0.document?.data.text("invtNo") == document.data.text("invtNo")
        }
    }
}
