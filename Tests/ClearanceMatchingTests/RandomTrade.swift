import ClearanceEvents
import Seeded

/// Small random worlds: trades that mostly fit, with every disturbance that papers know.
enum RandomTrade {
    static func events(seed: UInt64) -> [Event] {
        var dice = SeededGenerator(seed: seed)
        var scene = Scene()
        // A third of the worlds is calm, so that matches are seen as well.
        let rate = [0, 8, 30][Int(seed % 3)]
        let count = Int.random(in: 1...4, using: &dice)
        for index in 0..<count { trade(index, &scene, &dice, rate: rate) }
        for _ in 0..<(rate == 0 ? 0 : Int.random(in: 0...4, using: &dice)) {
            noise(&scene, &dice)
        }
        return scene.events.shuffled(using: &dice)
    }

    private static func time(_ dice: inout SeededGenerator, day: Int) -> String {
        let civil = (CivilDay("2026-03-01") ?? CivilDay(number: 0)).adding(days: day)
        let hour = Int.random(in: 10...23, using: &dice)
        return "\(civil)T\(hour):\(dice.pick(["00", "30"])):00+08:00"
    }

    private static func appTime(_ dice: inout SeededGenerator, _ rate: Int) -> String? {
        // Few instants, so that natural keys meet.
        guard dice.chance(rate) else { return nil }
        return dice.pick(["20260301100000", "20260302100000", "20260310100000"])
    }

    private static func trade(
        _ index: Int, _ scene: inout Scene, _ dice: inout SeededGenerator, rate: Int
    ) {
        let number = dice.chance(rate) ? "NO0" : "NO\(index)"
        let ebp = dice.chance(rate) ? "EBP2" : "EBP1"
        let type = dice.pick(["I", "I", "I", "E", "B"])
        let isExport = type != "I"
        let due = "129.12"
        let person = dice.pick(["甲", "乙"])
        var order: [String: String?] = [
            "orderType": type, "buyerName": person, "buyerIdNumber": "11010119000101000\(index)",
            "appTime": appTime(&dice, rate), "consignee": person,
        ]
        if dice.chance(40) {
            order["goodsValue"] = "120.12"
            order["freight"] = dice.pick(["9", "10"])
            order["taxTotal"] = dice.pick(["0", "5.5"])
            order["discount"] = dice.pick(["0", "3"])
        }
        if isExport { order["goodsValue"] = "100"; order["freight"] = "29.12" }
        if dice.chance(rate) { order["currency"] = "142" }
        if dice.chance(rate) { order["payTransactionId"] = "T\(index)"; order["payCode"] = "PAY1" }
        if dice.chance(rate) { order["buyerTelephone"] = "1" }
        let at = scene.order(number, ebp: ebp, at: time(&dice, day: 0), order)
        if dice.chance(30) {
            scene.set(at, "items", layout: "orderItem", items(&dice, rate, "itemName"))
        }
        if dice.chance(rate) {
            order["acturalPaid"] = dice.pick(["129.13", due, "120"])
            scene.order(
                number, ebp: ebp, step: dice.pick(["submitted", "amended"]),
                at: time(&dice, day: dice.pick([0, 1, 4])), order)
        }
        money(index, number, ebp, due, person, isExport, &scene, &dice, rate)
        parcels(index, number, person, isExport, &scene, &dice, rate)
        if dice.chance(isExport ? 90 : 40) {
            declare(index, number, ebp, person, &scene, &dice, rate)
        }
        if dice.chance(rate) { verdict("order", "order:\(ebp)/\(number)", number, &scene, &dice) }
        if dice.chance(rate) { decision(number, &scene, &dice) }
    }

    private static func items(
        _ dice: inout SeededGenerator, _ rate: Int, _ name: String
    ) -> [[String: String]] {
        if dice.chance(rate / 4) { return [] }
        let count = dice.chance(rate) ? 2 : 1
        return (1...count).map { line in
            var item = [
                "gnum": String(dice.chance(rate) ? line + 1 : line), "qty": "2", "unit": "007",
                name: "茶",
            ]
            if dice.chance(rate) { item["qty"] = dice.pick(["2.0", "3"]) }
            if dice.chance(rate) { item["unit"] = "011" }
            if dice.chance(rate) { item["itemNo"] = dice.pick(["A", "B"]) }
            if dice.chance(rate) { item[name] = "酒" }
            return item
        }
    }

    private static func money(
        _ index: Int, _ number: String, _ ebp: String, _ due: String, _ person: String,
        _ isExport: Bool, _ scene: inout Scene, _ dice: inout SeededGenerator, _ rate: Int
    ) {
        if isExport && dice.chance(70) {
            scene.proceeds(
                of: number, at: time(&dice, day: 2),
                ["charge": dice.chance(rate) ? "100" : due, "currency": "CNY"])
            return
        }
        if dice.chance(rate) { return }
        let amounts = dice.chance(rate) ? ["60", "69.12"] : [due]
        for (part, amount) in amounts.enumerated() {
            let transaction = dice.chance(rate) ? "T9" : "T\(index)\(part == 0 ? "" : "b")"
            var fields: [String: String?] = [
                "amountPaid": amount, "ebpCode": ebp, "payerName": person,
                "payerIdNumber": "11010119000101000\(index)", "appTime": appTime(&dice, rate),
            ]
            if dice.chance(rate) { fields["amountPaid"] = dice.pick(["129.13", "132.12", "0.01"]) }
            if dice.chance(rate) { fields["currency"] = dice.pick(["142", "USD"]) }
            if dice.chance(rate) { fields["ebpCode"] = nil as String? }
            if dice.chance(rate) { fields["payerName"] = dice.pick(["甲", "乙", nil]) }
            if dice.chance(rate) { fields["payerIdNumber"] = nil as String? }
            let day = dice.chance(rate) ? dice.pick([7, 8, 9]) : 0
            let at = scene.payment(
                transaction, of: number, step: dice.chance(rate) ? "amended" : "submitted",
                at: time(&dice, day: day), fields)
            if dice.chance(rate) { combine(at, number, ebp, &scene, &dice) }
            let subject = "payment:PAY1/\(transaction)"
            if dice.chance(rate) { verdict("payment", subject, number, &scene, &dice) }
            if dice.chance(rate / 2) { refund(subject, number, &scene, &dice) }
            if dice.chance(rate / 2) { evidence(transaction, number, ebp, &scene, &dice) }
        }
    }

    private static func combine(
        _ at: Int, _ number: String, _ ebp: String, _ scene: inout Scene,
        _ dice: inout SeededGenerator
    ) {
        let other = dice.pick(["NO0", "NO1", "NO2", "NO8"])
        var first = ["orderNo": number, "ebpCode": ebp, "amount": "129.12"]
        var second = ["orderNo": other, "amount": "129.12"]
        if dice.chance(30) { second["amount"] = nil }
        if dice.chance(20) { first["amount"] = nil }
        scene.set(
            at, "orders", layout: "paymentOrder", dice.chance(20) ? [first] : [first, second])
        if dice.chance(50) { scene.events[at].data["amountPaid"] = .text("258.24") }
        if dice.chance(50) { scene.events[at].data["orderNo"] = nil }
    }

    private static func refund(
        _ subject: String, _ number: String, _ scene: inout Scene, _ dice: inout SeededGenerator
    ) {
        scene.add(
            "payment.refunded", subject, time(&dice, day: 3),
            [
                "of": subject, "amount": dice.pick(["129.12", "20", "258.24"]), "currency": "CNY",
                "payCode": "PAY1",
                "payTransactionId": String(subject.drop { $0 != "/" }.dropFirst()),
                "orderNo": dice.chance(50) ? number : nil,
            ])
    }

    private static func evidence(
        _ transaction: String, _ number: String, _ ebp: String, _ scene: inout Scene,
        _ dice: inout SeededGenerator
    ) {
        let at = scene.add(
            "payment.evidence", "payment:PAY1/\(transaction)", time(&dice, day: 1),
            [
                "payCode": "PAY1", "payTransactionId": transaction, "totalAmount": "258.24",
                "ebpCode": dice.chance(50) ? ebp : nil,
            ])
        scene.set(
            at, "orders", layout: "evidenceOrder",
            [["orderNo": number], ["orderNo": dice.pick(["NO0", "NO1", "NO7"])]])
    }

    private static func parcels(
        _ index: Int, _ number: String, _ person: String, _ isExport: Bool,
        _ scene: inout Scene, _ dice: inout SeededGenerator, _ rate: Int
    ) {
        if dice.chance(rate) { return }
        for part in 0..<(dice.chance(rate) ? 2 : 1) {
            let waybill = dice.chance(rate) ? "W9" : "W\(index)\(part == 0 ? "" : "b")"
            var fields: [String: String?] = ["consignee": person, "appTime": appTime(&dice, rate)]
            if dice.chance(rate) { fields["consignee"] = dice.pick(["甲", "乙", nil]) }
            if dice.chance(rate) { fields["consigneeTelephone"] = "2" }
            if dice.chance(rate) { fields["consigneeAddress"] = "乙街" }
            let day = dice.chance(rate) ? dice.pick([7, 8, 100, 183, 184, 185, 220]) : 1
            scene.waybill(
                waybill, of: isExport ? nil : number,
                step: dice.chance(rate / 2) ? "amended" : "submitted", at: time(&dice, day: day),
                fields)
            if dice.chance(rate) {
                verdict("waybill", "waybill:LOG1/\(waybill)", number, &scene, &dice)
            }
        }
    }

    private static func declare(
        _ index: Int, _ number: String, _ ebp: String, _ person: String, _ scene: inout Scene,
        _ dice: inout SeededGenerator, _ rate: Int
    ) {
        for attempt in 0..<(dice.chance(rate) ? 2 : 1) {
            var fields: [String: String?] = [
                "ebpCode": ebp, "buyerName": person,
                "buyerIdNumber": "11010119000101000\(index)", "appTime": appTime(&dice, rate),
            ]
            if dice.chance(rate) { fields["ebpCode"] = nil as String? }
            if dice.chance(rate) { fields["ebcCode"] = "EBC2" }
            if dice.chance(rate) { fields["buyerName"] = dice.pick(["甲", "乙"]) }
            if dice.chance(rate) { fields["buyerTelephone"] = "2" }
            let at = scene.list(
                "C\(index)", of: number, waybill: "W\(index)", at: time(&dice, day: 1 + attempt),
                fields)
            if dice.chance(40) {
                scene.set(at, "items", layout: "declarationItem", items(&dice, rate, "gname"))
            }
        }
        guard dice.chance(50) else { return }
        let status = dice.chance(rate) ? "rejected" : "accepted"
        let receipt = scene.receipt(
            "declare.\(status)", "declaration:AG1/C\(index)", at: time(&dice, day: 2),
            [
                "agentCode": "AG1", "copNo": "C\(index)", "preNo": "P\(index)",
                "invtNo": "I\(index)", "message": "CEB622",
            ])
        if status == "rejected" {
            scene.events[receipt].data["codes"] = .list([
                .text(dice.pick(["1332", "1327", "1313", "1320"]))
            ])
        }
        guard dice.chance(rate) else { return }
        scene.receipt(
            "declare.cancelled", "cancel:AG1/X\(index)", at: time(&dice, day: 3),
            ["agentCode": "AG1", "copNo": "X\(index)", "preNo": "P8", "invtNo": "I\(index)"])
    }

    private static func verdict(
        _ family: String, _ subject: String, _ number: String, _ scene: inout Scene,
        _ dice: inout SeededGenerator
    ) {
        let step = dice.pick(["withdrawn", "accepted", "rejected"])
        let parts = subject.drop { $0 != ":" }.dropFirst().split(separator: "/").map(String.init)
        let names =
            [
                "order": ["ebpCode", "orderNo"], "payment": ["payCode", "payTransactionId"],
                "waybill": ["logisticsCode", "logisticsNo"],
            ][family] ?? []
        var fields: [String: String?] = [:]
        for (name, part) in zip(names, parts) { fields[name] = part }
        if family == "payment", step == "withdrawn", dice.chance(60) { fields["orderNo"] = number }
        scene.add("\(family).\(step)", subject, time(&dice, day: dice.pick([0, 1, 5])), fields)
    }

    private static func decision(
        _ number: String, _ scene: inout Scene, _ dice: inout SeededGenerator
    ) {
        let papers = dice.chance(20) ? ["payment:PAY1/T404"] : []
        for _ in 0..<(dice.chance(30) ? 2 : 1) {
            let action = dice.pick(["accept", "force", "reject", "reopen", "split"])
            scene.decide(
                action, about: number, at: time(&dice, day: dice.pick([2, 30])), papers: papers)
        }
    }

    private static func noise(_ scene: inout Scene, _ dice: inout SeededGenerator) {
        let number = dice.pick(["NO0", "NO1", "NO5"])
        switch Int.random(in: 0..<4, using: &dice) {
        case 0: scene.payment("T\(dice.pick(["0", "9", "x"]))", of: number, at: time(&dice, day: 1))
        case 1: scene.waybill("W\(dice.pick(["0", "9"]))", of: number, at: time(&dice, day: 3))
        case 2: scene.order("NO6", step: "drafted", at: time(&dice, day: 0))
        default: scene.proceeds(of: number, at: time(&dice, day: 2))
        }
    }
}
