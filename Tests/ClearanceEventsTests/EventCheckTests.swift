import ClearanceEvents
import Testing

@Suite struct EventCheckTests {
    private let order: [String: DataValue] = [
        "orderNo": .text("NO1"), "ebpCode": .text("EBP1"), "acturalPaid": .text("129.12"),
        "currency": .text("CNY"),
    ]

    private func faults(
        _ type: String = "order.submitted", _ subject: String = "order:EBP1/NO1",
        _ changes: [String: DataValue?] = [:], profile: EventProfile = .open
    ) -> [String] {
        var data = type == "order.submitted" ? order : [:]
        for (name, value) in changes { data[name] = value }
        return Encoded.event(type, subject, data).faults(profile: profile).map {
            "\($0.code.rawValue) \($0.path)"
        }
    }

    @Test("A minimal order is sound")
    func sound() {
        #expect(faults() == [])
        #expect(faults("declare.accepted", "declaration:A/C") == [])
        #expect(faults("clock.day", "clock:beijing", ["date": .text("2026-03-01")]) == [])
    }

    @Test("Each mandatory field of an order is missed, and one of a group suffices")
    func missing() {
        #expect(faults(changes("orderNo", nil)) == ["missingField data.orderNo"])
        #expect(faults(changes("currency", .text(""))) == ["missingField data.currency"])
        #expect(faults(changes("currency", .null)) == ["missingField data.currency"])
        #expect(faults(changes("acturalPaid", nil)) == ["missingField data.acturalPaid"])
        #expect(
            faults("order.submitted", "order:EBP1/NO1", ["ebpCode": nil, "ebcCode": .text("E")])
                == [])
    }

    @Test(
        "An import order states what was paid, an export order what the goods are worth",
        arguments: ["I", nil, "E", "B", "W"] as [String?])
    func amounts(type: String?) {
        var changes: [String: DataValue?] = ["orderType": type.map { .text($0) }]
        let demanded = type == nil || type == "I" ? "acturalPaid" : "goodsValue"
        let other = demanded == "acturalPaid" ? "goodsValue" : "acturalPaid"
        changes["acturalPaid"] = .some(nil)
        changes[demanded] = .text("1")
        #expect(faults("order.submitted", "order:EBP1/NO1", changes) == [])
        changes[demanded] = .some(nil)
        changes[other] = .text("1")
        #expect(
            faults("order.submitted", "order:EBP1/NO1", changes) == [
                "missingField data.\(demanded)"
            ])
        #expect(
            faults(
                "order.withdrawn", "order:EBP1/NO1",
                [
                    "orderNo": .text("NO1"), "ebpCode": .text("EBP1"),
                    "orderType": type.map { .text($0) },
                ]) == [])
    }

    @Test("A value of another kind is told by its place")
    func kinds() {
        #expect(faults(changes("acturalPaid", .number("1"))) == ["wrongKind data.acturalPaid"])
        #expect(
            faults(changes("orderNo", .record(DataRecord(Catalogue.extras))))
                == ["wrongKind data.orderNo"])
        #expect(faults(changes("items", .text("x"))) == ["wrongKind data.items"])
        #expect(faults(changes("items", .list([.text("x")]))) == ["wrongKind data.items[0]"])
        #expect(faults(changes("instalments", .number("2"))) == [])
        #expect(faults(changes("instalments", .text("2"))) == [])
        #expect(
            faults(changes("instalments", .text("2.5"))) == ["malformedInteger data.instalments"])
    }

    @Test("Decimals, dates and times are parsed")
    func forms() {
        for bad in ["1e3", "1,000", "+1", ".5", "1.", "123456789012345", "0.123456"] {
            #expect(
                faults(changes("acturalPaid", .text(bad))) == ["malformedDecimal data.acturalPaid"],
                "\(bad)")
        }
        for good in ["0", "-1", "12345678901234.12345"] {
            #expect(faults(changes("acturalPaid", .text(good))) == [], "\(good)")
        }
        #expect(
            faults("clock.day", "clock:beijing", ["date": .text("2026-02-29")])
                == ["malformedDate data.date"])
        #expect(
            faults(changes("appTime", .text("20260230000000"))) == ["malformedTime data.appTime"])
        #expect(faults(changes("appTime", .text("20260228000000"))) == [])
    }

    @Test("A text may be as long as its field says, in characters")
    func lengths() {
        let longest = String(repeating: "单", count: 60)
        #expect(faults(changes("orderNo", .text(longest))) == [])
        #expect(faults(changes("orderNo", .text(longest + "单"))) == ["tooLong data.orderNo"])
    }

    @Test("Malformed subjects are told, in the envelope and inside")
    func subjects() {
        #expect(faults("order.submitted", "order:NO1") == ["malformedSubject subject"])
        #expect(
            faults(
                "match.decided", "order:EBP1/NO1",
                ["action": .text("accept"), "papers": .list([.text("x")])])
                == ["malformedSubject data.papers[0]"])
        #expect(
            faults("match.decided", "order:EBP1/NO1", ["action": .text("maybe")])
                == ["unknownChoice data.action"])
    }

    @Test("A declaration demands what its form demands; without form it is a list")
    func conditions() {
        #expect(
            faults("declare.submitted", "bonded:1", ["number": .text("1")])
                == ["missingField data.copNo"])
        #expect(
            faults(
                "declare.submitted", "bonded:1",
                ["form": .text("bondedList"), "direction": .text("in")])
                == ["missingField data.emsNo", "missingField data.line"])
        #expect(
            faults("declare.submitted", "declaration:A/C", ["copNo": .text("C")]) == [])
    }

    @Test("A receipt's inspection needs its status only; a planned one needs who and what")
    func inspection() {
        #expect(faults("inspect.ordered", "list:I1", ["returnStatus": .text("500")]) == [])
        #expect(
            faults("inspect.ordered", "list:I1")
                == ["missingField data.by", "missingField data.parts"])
        #expect(
            faults(
                "inspect.ordered", "list:I1",
                ["by": .text("risk"), "parts": .list([.text("customs")])]) == [])
    }

    @Test("The ceb profile demands what the message's schema demands")
    func profile() {
        let found = faults(
            "order.submitted", "order:EBP1/NO1", ["message": .text("CEB311")], profile: .ceb)
        #expect(found.contains("missingField data.buyerName"))
        #expect(found.contains("missingField data.consigneeAddress"))
        #expect(!found.contains("missingField data.note"))
        #expect(faults("order.submitted", "order:EBP1/NO1", ["message": .text("CEB311")]) == [])
    }

    @Test("Records deeper than the limit are refused, at the limit they are kept")
    func depth() {
        var value = DataValue.text("x")
        for level in 1...EventLimits.depth {
            let found = faults(changes("custom", value))
            #expect(found.isEmpty == (level <= EventLimits.depth), "level \(level)")
            var record = DataRecord(Catalogue.extras)
            record["inner"] = value
            value = .record(record)
        }
        #expect(faults(changes("custom", value)).count == 1)
    }

    @Test("A person is named by an identity number in the data")
    func person() {
        let data: [String: DataValue] = [
            "year": .text("2026"), "used": .text("1"), "by": .text("customs"),
            "at": .text("20260301000000"),
        ]
        #expect(faults("record.quota", "person:@", data) == ["missingField data.idNumber"])
    }

    @Test("Odd values are findings, never faults, and no text of theirs is repeated")
    func findings() {
        var data = order
        data["currency"] = .text("XXX")
        data["buyerIdType"] = .text("1")
        data["buyerIdNumber"] = .text("110101190001010007")
        data["ebcCode"] = .text("E1")
        let event = Encoded.event("order.submitted", "order:EBP1/NO1", data)
        #expect(event.faults() == [])
        let found = event.findings()
        #expect(
            Set(found.map { "\($0.code.rawValue) \($0.path)" }) == [
                "unknownCode data.currency", "wrongCheckCharacter data.buyerIdNumber",
                "malformedIdentifier data.ebcCode",
            ])
        #expect(!found.contains { $0.description.contains("110101") })
    }

    @Test(
        "A subject that names another number than the data is a finding at that number",
        arguments: [
            ("order:EBP1/NO1", []), ("order:EBP1/NO2", ["orderNo"]),
            ("order:EBP2/NO2", ["ebpCode", "orderNo"]), ("order:~EBC1/NO1", []),
            ("order:~EBC2/NO1", ["ebcCode"]), ("payment:PAY1/NO1", []), ("enterprise:X", []),
            ("clock:beijing", []), ("order:NO2", ["ebpCode"]), ("declaration:EBC1/~NO1", []),
            ("declaration:EBC1/~NO2", ["orderNo"]), ("declaration:EBC1/NO2", []),
        ] as [(String, [String])])
    func subjectMismatch(subject: String, fields: [String]) {
        var data = order
        data["ebcCode"] = .text("EBC1")
        let found = Encoded.event("order.submitted", subject, data).findings()
        let mismatches = found.filter { $0.code == .subjectMismatch }
        #expect(mismatches.map(\.path) == fields.map { "data.\($0)" })
    }

    @Test("A number is compared as a subject writes it, and a waybill's without its day")
    func encodedSubject() {
        var data = order
        data["orderNo"] = .text(" 单/1 ")
        var event = Encoded.event("order.submitted", "order:EBP1/%E5%8D%95%2F1", data)
        #expect(event.findings() == [])
        event.subject = "order:EBP1/%E5%8D%95%2F2"
        #expect(event.findings().map(\.code) == [.subjectMismatch])
        let waybill = Encoded.event(
            "waybill.submitted", "waybill:4601960003/W1@2026-03-01",
            ["logisticsCode": .text("4601960003"), "logisticsNo": .text("W1")])
        #expect(waybill.findings() == [])
    }

    private func changes(_ name: String, _ value: DataValue?) -> [String: DataValue?] {
        [name: value]
    }

    private func faults(_ changes: [String: DataValue?]) -> [String] {
        faults("order.submitted", "order:EBP1/NO1", changes)
    }
}
