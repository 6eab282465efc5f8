import ClearanceEvents

/// Reads declaration lists.
struct ListReader: Sendable {
    private let appTime = Catalogue.field("declaration.appTime")
    private let form = Catalogue.field("declaration.form")
    private let orderNo = Catalogue.field("declaration.orderNo")
    private let ebpCode = Catalogue.field("declaration.ebpCode")
    private let ebcCode = Catalogue.field("declaration.ebcCode")
    private let logisticsCode = Catalogue.field("declaration.logisticsCode")
    private let logisticsNo = Catalogue.field("declaration.logisticsNo")
    private let agentCode = Catalogue.field("declaration.agentCode")
    private let copNo = Catalogue.field("declaration.copNo")
    private let preNo = Catalogue.field("declaration.preNo")
    private let invtNo = Catalogue.field("declaration.invtNo")
    private let buyerName = Catalogue.field("declaration.buyerName")
    private let buyerIdNumber = Catalogue.field("declaration.buyerIdNumber")
    private let buyerTelephone = Catalogue.field("declaration.buyerTelephone")
    private let items = Catalogue.field("declaration.items")
    private let item = LineReader(layout: "declarationItem", names: "gname")

    /// The version that an event gives; nil when it is no list but another form.
    func version(of event: EventView) -> ListVersion? {
        guard isList(event) else { return nil }
        let data = event.data
        var facts = ListFacts()
        facts.platform = Tokens.platform(data.text(ebpCode))
        facts.enterprise = Tokens.of(data.text(ebcCode))
        facts.number = Tokens.of(data.text(orderNo))
        let carrier = data.text(logisticsCode)
        let waybill = data.text(logisticsNo)
        facts.carrier = Tokens.of(carrier)
        facts.waybill = Tokens.of(waybill)
        if waybill.count > 0 {
            facts.waybillText = [UInt8](carrier) + [UInt8(ascii: "/")] + [UInt8](waybill)
        }
        facts.buyer = PersonMarks(
            name: event.mark(buyerName), id: event.mark(buyerIdNumber),
            phone: event.mark(buyerTelephone))
        facts.lines = item.lines(of: data, items)
        return ListVersion(
            own: event.ownTime(appTime), identity: event.identity,
            subject: [UInt8](event.subject), names: names(of: event), facts: facts)
    }

    func withdrawal(_ event: EventView) -> ListNotice {
        ListNotice(
            time: event.ownTime(appTime), verdict: .withdrawn, names: names(of: event), codes: [])
    }

    private func isList(_ event: EventView) -> Bool {
        let text = event.data.text(form)
        return text.count == 0 || text.compared(to: Array("list".utf8)) == 0
    }

    private func names(of event: EventView) -> [NameToken] {
        let data = event.data
        return ListNames.of(
            event, agent: data.text(agentCode), copNo: data.text(copNo),
            preNo: data.text(preNo), invtNo: data.text(invtNo))
    }
}

/// Reads what customs answered to a list.
struct ReceiptReader: Sendable {
    private let agentCode = Catalogue.field("receipt.agentCode")
    private let copNo = Catalogue.field("receipt.copNo")
    private let preNo = Catalogue.field("receipt.preNo")
    private let invtNo = Catalogue.field("receipt.invtNo")
    private let codes = Catalogue.field("receipt.codes")

    func notice(_ verdict: ListNotice.Verdict, _ event: EventView) -> ListNotice {
        let data = event.data
        var found: [ShortCode] = []
        if verdict == .rejected { data.forEachText(codes) { found.append(ShortCode($0)) } }
        // The copNo and preNo of a receipt about a cancellation are the cancellation's own.
        let isOwn = verdict != .cancelled
        let none = data.text(copNo).extracting(0..<0)
        return ListNotice(
            time: event.time, verdict: verdict,
            names: ListNames.of(
                event, agent: data.text(agentCode), copNo: isOwn ? data.text(copNo) : none,
                preNo: isOwn ? data.text(preNo) : none, invtNo: data.text(invtNo)),
            codes: found)
    }
}

/// The names under which a list is known, as tokens of their subjects.
enum ListNames {
    static func of(
        _ event: EventView, agent: Span<UInt8>, copNo: Span<UInt8>, preNo: Span<UInt8>,
        invtNo: Span<UInt8>
    ) -> [NameToken] {
        var names = [Tokens.of(event.subject)]
        if copNo.count > 0, agent.count > 0 {
            names.add(
                token("declaration:") { hash in
                    hash.feed(agent)
                    hash.feed(byte: UInt8(ascii: "/"))
                    hash.feed(copNo)
                })
        }
        if preNo.count > 0 { names.add(token("pre:") { $0.feed(preNo) }) }
        if invtNo.count > 0 { names.add(token("list:") { $0.feed(invtNo) }) }
        names.sort()
        return names
    }

    private static func token(
        _ scheme: String, _ feed: (inout SipHash128) -> Void
    ) -> NameToken {
        var hash = SipHash128(key: .published)
        hash.feed(scheme)
        feed(&hash)
        return hash.finish().low
    }
}

extension Array where Element == NameToken {
    mutating func add(_ token: NameToken) {
        if !contains(token) { append(token) }
    }
}
