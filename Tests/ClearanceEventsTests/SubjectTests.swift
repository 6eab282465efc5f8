import ClearanceEvents
import Testing

@Suite struct SubjectTests {
    @Test(
        "Well-formed subjects are accepted",
        arguments: [
            "order:EBP1/NO1", "order:~EBC/NO1", "declaration:A/C", "declaration:EBC/~NO1",
            "waybill:L/W@2026-03-01", "person:@", "proceeds:E/N", "proceeds:E/N/P",
            "clock:beijing", "order:EBP/%E8%AE%A2", "list:464420261E000000001",
        ])
    func accepted(_ text: String) {
        #expect(Subject(text).isWellFormed)
    }

    @Test(
        "Malformed subjects are told",
        arguments: [
            "", "order", "order:", "order:NO1", "order:A/", "order:A/B/C", "Order:A/B",
            "thing:A", "order:A /B", "order:A/订单", "order:A/%e8", "order:A/%E", "order:A/B:C",
            "list:~X", "waybill:L/W@", "waybill:L/W@2026-02-30", "person:@@", "list:a@b",
        ])
    func refused(_ text: String) {
        #expect(!Subject(text).isWellFormed)
        #expect(Subject(text).parts.isEmpty)
    }

    @Test("A part may have 128 bytes once encoded and not one more")
    func bound() {
        let longest = String(repeating: "A", count: 128)
        #expect(Subject.list(longest)?.isWellFormed == true)
        #expect(Subject.list(longest + "A") == nil)
        #expect(Subject.list(String(repeating: "单", count: 14)) != nil)
        #expect(Subject.list(String(repeating: "单", count: 15)) == nil)
        #expect(!Subject("list:" + longest + "A").isWellFormed)
    }

    @Test("What is built is well-formed and parses back to the same parts")
    func roundTrip() {
        for number in ["A/1", "订单 1", "~tilde", "a:b@c%d", "é", "plain-1_2.3"] {
            let subject = Subject.of(.order, "EBP", number)
            #expect(subject?.isWellFormed == true, "\(number)")
            #expect(subject?.parts.map(\.text) == ["EBP", number])
            #expect(subject?.parts.contains { $0.isSubstitute } == false)
        }
        #expect(Subject.of(.tax, "  T1 ")?.text == "tax:T1")
        #expect(Subject.of(.tax, "e\u{301}")?.text == "tax:%C3%A9")
        #expect(Subject.of(.tax, "") == nil && Subject.of(.tax, nil) == nil)
    }

    @Test("An export order without platform is named by its enterprise")
    func exportOrder() {
        for platform in [nil, "", "无"] {
            let subject = Subject.order(platform: platform, enterprise: "EBC", orderNo: "N")
            #expect(subject?.text == "order:~EBC/N")
            #expect(subject?.parts.first?.isSubstitute == true)
        }
        #expect(
            Subject.order(platform: "EBP", enterprise: "EBC", orderNo: "N")?.text == "order:EBP/N")
        #expect(Subject.order(platform: nil, enterprise: nil, orderNo: "N") == nil)
    }

    @Test("A list takes the first rung of its ladder that holds")
    func ladder() {
        #expect(
            Subject.declaration(agentCode: "A", copNo: "C", preNo: "P")?.text == "declaration:A/C")
        #expect(Subject.declaration(agentCode: "A", copNo: nil, preNo: "P")?.text == "pre:P")
        #expect(Subject.declaration(agentCode: nil, copNo: "C", invtNo: "I")?.text == "list:I")
        #expect(
            Subject.declaration(agentCode: nil, copNo: nil, ebcCode: "E", orderNo: "N")?.text
                == "declaration:E/~N")
    }

    @Test("A waybill's life is a date and no part of its number")
    func life() {
        let subject = Subject("waybill:L/W@2026-03-01")
        #expect(subject.parts.map(\.text) == ["L", "W"])
        #expect(subject.life == CivilDay("2026-03-01"))
        #expect(subject.display == "运单 L / W")
    }
}
