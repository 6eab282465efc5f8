import ClearanceEvents

/// What was found for one order so far.
struct ReferenceFinding {
    var codes: [(code: String, kind: String, outcome: String)] = []
    var notes: Set<String> = []
    var papers: Set<String> = []
    var payments: [(live: ReferenceLive, share: Int128?, orders: Int)] = []
    var waybills: [ReferenceLive] = []
    var proceeds: [ReferenceLive] = []
    var list: ReferencePaper?
    var ambiguous: [(family: String, name: String)] = []
    var isReused = false
    var shareFaults: [Int128] = []
    var customs: [String] = []

    mutating func add(_ outcome: String, _ kind: String, code: String? = nil) {
        codes.append((code ?? kind, kind, outcome))
    }
}

extension ReferenceTable {
    /// Kinds in the order of the outcome table.
    static let precedence: [(outcome: String, kinds: [String])] = [
        ("identity", ["conflictingDuplicate", "numberReused", "ambiguous", "danglingReference"]),
        ("void", ["voided", "rejected", "reversed", "superseded", "staleDecision"]),
        ("missing", ["missingOrder", "missingPayment", "missingWaybill", "itemsAbsent"]),
        ("waiting", ["pending", "partial"]),
        ("amountMismatch", ["currencyMismatch", "amountScope", "amountOver", "amountUnder"]),
        ("partyMismatch", ["buyerPayerMismatch", "buyerMismatch", "consigneeMismatch"]),
        ("itemMismatch", ["lineCountMismatch", "quantityMismatch", "goodsMismatch"]),
        ("contactMismatch", ["phoneMismatch", "addressMismatch"]),
        (
            "ruleMismatch",
            ["orderTotal", "paymentReference", "waybillReference", "enterpriseReference"]
        ),
    ]

    func result() -> ReferenceResult {
        let orders = self.orders()
        var meeting = ReferenceMeeting(table: self, orders: orders)
        meeting.meet()
        let outcomes = orders.map { conclude($0, meeting: meeting) }
        return ReferenceResult(
            orders: outcomes, orphans: meeting.orphans.mapValues { $0.sorted() })
    }

    func isPast(_ order: ReferenceOrder) -> Bool {
        guard let day else { return false }
        return day >= order.paper.day.adding(days: rules.waitingDays)
    }

    private func conclude(
        _ order: ReferenceOrder, meeting: ReferenceMeeting
    ) -> ReferenceOutcome {
        var found = meeting.found[order.subject] ?? ReferenceFinding()
        let identities: [(String, ReferenceLive)] =
            [
                (
                    "order",
                    ReferenceLive(
                        paper: order.paper, name: order.subject,
                        isConflicting: isConflicting(order.paper))
                )
            ]
            + found.payments.map { ("payment", $0.live) } + found.waybills.map { ("waybill", $0) }
            + found.proceeds.map { ("proceeds", $0) }
        for (_, live) in identities {
            found.papers.insert(live.name)
            if live.isConflicting { found.add("identity", "conflictingDuplicate") }
        }
        if let list = found.list {
            found.papers.insert(list.subject)
            if isConflicting(list) { found.add("identity", "conflictingDuplicate") }
        }
        if found.isReused { found.add("identity", "numberReused") }
        for paper in found.ambiguous {
            let others = [
                "payment": found.payments.count, "waybill": found.waybills.count,
                "proceeds": found.proceeds.count,
            ]
            if others[paper.family] == 0 { found.add("identity", "ambiguous") }
        }
        var isManual = false
        if let fate = order.fate {
            found.add("void", fate)
        } else {
            presence(order, &found)
            amounts(order, &found)
            refunds(order, &found)
            parties(order, &found)
            references(order, &found)
            list(order, &found)
            isManual = decisions(order, &found)
        }
        let meant = [
            "1332": "amountMismatch", "1327": "partyMismatch", "13127": "partyMismatch",
            "130126": "partyMismatch", "1320": "itemMismatch", "1322": "itemMismatch",
            "13035": "ruleMismatch",
        ]
        for code in found.customs {
            guard let outcome = meant[code] else { continue }
            if !found.codes.contains(where: { $0.outcome == outcome }) {
                found.notes.insert("customsSays")
            }
        }
        return outcome(order, found, isManual: isManual)
    }

    private func outcome(
        _ order: ReferenceOrder, _ found: ReferenceFinding, isManual: Bool
    ) -> ReferenceOutcome {
        var outcome = "matched"
        var kind = "exact"
        if !found.notes.isDisjoint(with: ["split", "combined", "shareUnknown", "parcels"]) {
            kind = "group"
        }
        if found.notes.contains("tolerance") { kind = "withinTolerance" }
        if !found.notes.isDisjoint(with: ["latePayment", "lateWaybill"]) { kind = "late" }
        if isManual {
            kind = "manual"
        } else {
            for (name, kinds) in ReferenceTable.precedence {
                let here = found.codes.filter { $0.outcome == name }
                guard let first = kinds.first(where: { one in here.contains { $0.kind == one } })
                else { continue }
                outcome = name
                kind = first
                break
            }
        }
        let codes = Set(found.codes.map(\.code)).union(found.notes).sorted()
        let others = found.papers.subtracting([order.subject]).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        return ReferenceOutcome(
            subject: order.subject, outcome: outcome, kind: kind, codes: codes,
            papers: [order.subject] + others, declared: found.list != nil)
    }

    // MARK: - Rules

    private func presence(_ order: ReferenceOrder, _ found: inout ReferenceFinding) {
        func expect(_ waiting: String, _ missing: String) {
            if isPast(order) {
                found.add("missing", missing)
            } else {
                found.add("waiting", "pending", code: waiting)
            }
        }
        let isPaid = !found.payments.isEmpty || (order.isExport && !found.proceeds.isEmpty)
        if !isPaid && !found.ambiguous.contains(where: { $0.family != "waybill" }) {
            if order.isExport {
                found.add("waiting", "pending", code: "awaitingProceeds")
            } else {
                expect("awaitingPayment", "missingPayment")
            }
        }
        if found.waybills.isEmpty && !found.ambiguous.contains(where: { $0.family == "waybill" }) {
            expect("awaitingWaybill", "missingWaybill")
        }
        if order.paper.records("items")?.isEmpty == true { expect("awaitingItems", "itemsAbsent") }
        let deadline = order.paper.day.adding(days: rules.waitingDays)
        if found.payments.contains(where: { $0.live.paper.day > deadline }) {
            found.notes.insert("latePayment")
        }
        if found.waybills.contains(where: { $0.paper.day > deadline }) {
            found.notes.insert("lateWaybill")
        }
        if Set(found.payments.map(\.live.name)).count > 1 { found.notes.insert("split") }
        if order.isExport && found.proceeds.count > 1 { found.notes.insert("split") }
        if found.payments.contains(where: { $0.orders > 1 }) { found.notes.insert("combined") }
        if found.payments.contains(where: { $0.share == nil }) {
            found.notes.insert("shareUnknown")
        }
        if found.waybills.count > 1 { found.notes.insert("parcels") }
    }

    private func parties(_ order: ReferenceOrder, _ found: inout ReferenceFinding) {
        func differ(
            _ left: String, _ other: ReferencePaper, _ right: String
        ) -> Bool {
            guard let one = order.paper.person(left), let two = other.person(right) else {
                return false
            }
            return one != two
        }
        for payment in found.payments where rules.buyerIsPayer {
            if differ("buyerIdNumber", payment.live.paper, "payerIdNumber")
                || differ("buyerName", payment.live.paper, "payerName")
            {
                found.add("partyMismatch", "buyerPayerMismatch")
            }
        }
        for waybill in found.waybills.map(\.paper) {
            if differ("consignee", waybill, "consignee") {
                found.add("partyMismatch", "consigneeMismatch")
            }
            if differ("consigneeTelephone", waybill, "consigneeTelephone") {
                found.add("contactMismatch", "phoneMismatch")
            }
            if differ("consigneeAddress", waybill, "consigneeAddress") {
                found.add("contactMismatch", "addressMismatch")
            }
        }
        guard let list = found.list else { return }
        if differ("buyerIdNumber", list, "buyerIdNumber")
            || differ("buyerName", list, "buyerName")
        {
            found.add("partyMismatch", "buyerMismatch")
        }
        if differ("buyerTelephone", list, "buyerTelephone") {
            found.add("contactMismatch", "phoneMismatch")
        }
    }

    private func references(_ order: ReferenceOrder, _ found: inout ReferenceFinding) {
        for field in ["payTransactionId", "payCode"] {
            let named = order.paper.text(field)
            if !named.isEmpty, !found.payments.isEmpty,
                !found.payments.contains(where: { $0.live.paper.text(field) == named })
            {
                found.add("ruleMismatch", "paymentReference")
            }
        }
        guard let list = found.list else { return }
        let enterprises = [list.text("ebcCode"), order.paper.text("ebcCode")]
        if !enterprises.contains(""), enterprises[0] != enterprises[1] {
            found.add("ruleMismatch", "enterpriseReference")
        }
        if !list.text("logisticsNo").isEmpty, !found.waybills.isEmpty,
            !found.waybills.contains(where: {
                $0.paper.text("logisticsNo") == list.text("logisticsNo")
                    && $0.paper.text("logisticsCode") == list.text("logisticsCode")
            })
        {
            found.add("ruleMismatch", "waybillReference")
        }
    }

    private func list(_ order: ReferenceOrder, _ found: inout ReferenceFinding) {
        guard let own = order.paper.records("items"), let other = found.list?.records("items"),
            !own.isEmpty, !other.isEmpty
        else { return }
        if own.count != other.count { found.add("itemMismatch", "lineCountMismatch") }
        for (index, line) in own.enumerated() {
            let number = line.text("gnum") ?? String(index + 1)
            let pair = other.enumerated().first {
                ($0.element.text("gnum") ?? String($0.offset + 1)) == number
            }?.element
            guard let pair else {
                found.add("itemMismatch", "goodsMismatch")
                continue
            }
            func differ(_ left: String, _ right: String) -> Bool? {
                guard let one = line.text(left), let two = pair.text(right), !one.isEmpty,
                    !two.isEmpty
                else { return nil }
                if let one = FixedDecimal(one), let two = FixedDecimal(two), left == "qty" {
                    return one != two
                }
                return one != two
            }
            if differ("qty", "qty") == true || differ("unit", "unit") == true {
                found.add("itemMismatch", "quantityMismatch")
            }
            if differ("itemNo", "itemNo") ?? differ("itemName", "gname") ?? false {
                found.add("itemMismatch", "goodsMismatch")
            }
        }
    }
}
