import ClearanceEvents

extension LifeTeller {
    /// The refund of the tax of a shipment, and its settlement in foreign exchange.
    mutating func money(_ voyage: Voyage, _ cargo: [Cargo], entered: Instant) {
        let value = cargo.reduce(0) { $0 + $1.plan.goods }
        let entry = voyage.entryId(entered)
        let claimed = entered.adding(days: dice.number(3...20))
        let lines = cargo.enumerated().map { place, item in
            DataRecord.of("refundLine") { line in
                line.put("entryId", entry)
                line.put("item", String(place + 1))
                line.put("qty", String(item.plan.pieces))
                line.put("base", Money.text(item.plan.goods))
                line.put("rate", "0.13")
                line.put("amount", Money.text(Money.rounded(item.plan.goods * 13, 100)))
            }
        }
        let total = cargo.reduce(0) { $0 + Money.rounded($1.plan.goods * 13, 100) }
        claim(
            "RF" + voyage.serial, kind: "refund", seller: voyage.seller, lines: lines,
            total: total, at: claimed)
        let received = entered.adding(days: dice.number(5...60))
        forex(
            "FX" + voyage.serial, seller: voyage.seller, amount: value,
            evidence: cargo.map { ("list:" + $0.invtNo, $0.plan.goods) }, currency: "CNY",
            at: received)
    }

    /// A claim, its acceptance and payment; two of a hundred are denied.
    mutating func claim(
        _ number: String, kind: String, seller: Enterprise, lines: [DataRecord], total: Int,
        at: Instant
    ) {
        let subject = "refund:" + number
        add(
            scribe.plain(
                "refund.claimed", subject: subject, at: at, source: "urn:world:taxpayer",
                id: "claim-" + number
            ) { data in
                data.put("kind", kind)
                data.put("period", String(at.beijingDay.description.prefix(7)))
                data.put("sequence", number)
                data.put("ebcCode", seller.code)
                data.put("lines", records: lines)
            })
        let isDenied = dice.chance(0.02)
        let steps = [(2, "accepted"), (dice.number(6...20), isDenied ? "denied" : "paid")]
        for (days, step) in steps {
            let when = at.adding(days: days)
            add(
                scribe.plain(
                    "refund." + step, subject: subject, at: when, source: "urn:world:taxOffice",
                    id: "\(step)-\(number)"
                ) { data in
                    data.put("on", when.beijingDay.description)
                    data.put("amount", Money.text(total))
                    data.put("currency", "CNY")
                    if step == "denied" { data.put("reason", "单证不符") }
                })
        }
    }

    /// Money received from abroad against exports.
    mutating func forex(
        _ number: String, seller: Enterprise, amount: Int, evidence: [(String, Int)],
        currency: String, at: Instant
    ) {
        add(
            scribe.plain(
                "settle.forex", subject: "settlement:BANK99/\(number)", at: at,
                source: "urn:world:bank", id: "forex-" + number
            ) { data in
                data.put("direction", "receive")
                data.put("amount", Money.text(amount))
                data.put("currency", currency)
                data.put("bank", "BANK99")
                data.put("payer", "TEST BUYERS ABROAD")
                data.put("payee", seller.name)
                data.put("declaredGross", Money.text(amount))
                data.put("on", at.beijingDay.description)
                data.put(
                    "evidence",
                    records: evidence.map { subject, part in
                        DataRecord.of("settlementEvidence") { item in
                            item.put("subject", subject)
                            item.put("amount", Money.text(part))
                            item.put("currency", currency)
                        }
                    })
            })
    }
}
