import ClearanceEvents
import Seeded
import Testing

@testable import ClearanceProjections

@Suite struct CreditRecordTests: CreditCases {
    @Test("The recorded grade stands beside the computed one, and a difference is told")
    func recorded() {
        var life = enterprise()
        life.count(year: 2022, "100")
        life.penalty("P1", "2023-03-01", "2000000")
        life.say(
            "record.grade", Self.me, "2021-11-01T09:00:00",
            [
                "agency": "customs", "scheme": "C251", "grade": "regular", "stage": "decided",
                "decidedOn": "2021-11-01", "effectiveFrom": "2021-11-01",
            ])
        let answer = grade(life, "2023-05-01")
        #expect(answer.recorded == "regular")
        #expect(answer.computed == "dishonest")
        #expect(answer.differs)
        #expect(answer.since == "2021-11-01")
        #expect(grade(life, "2021-10-31").recorded == nil)
    }

    @Test("Notified changes nothing, suspended keeps the grade, revoked takes the decision out")
    func stages() {
        var life = enterprise()
        func say(_ stage: String, _ grade: String, _ on: String) {
            life.say(
                "record.grade", Self.me, on + "T09:00:00",
                [
                    "agency": "customs", "scheme": "C251", "grade": grade, "stage": stage,
                    "decidedOn": on, "effectiveFrom": on, "decisionNo": "G1",
                ])
        }
        say("decided", "advancedCertified", "2022-01-01")
        say("notified", "dishonest", "2022-02-01")
        #expect(grade(life, "2022-02-01").recorded == "advancedCertified")
        say("suspended", "advancedCertified", "2022-03-01")
        #expect(grade(life, "2022-03-01").stage == "suspended")
        say("resumed", "advancedCertified", "2022-04-01")
        #expect(grade(life, "2022-04-01").stage == "decided")
        say("revoked", "advancedCertified", "2022-05-01")
        #expect(grade(life, "2022-05-01").recorded == nil)
        #expect(grade(life, "2022-04-30").recorded == "advancedCertified")
    }

    @Test("Before the first order there is no rule set, and other agencies are not computed")
    func outside() {
        let life = enterprise()
        #expect(grade(life, "2014-11-30").ruleSet == nil)
        #expect(grade(life, "2014-12-01").ruleSet == "C225")
        let tax = CreditRules.grade(
            life.row(CreditFold()), subject: Self.me, agency: "tax", on: day("2024-01-01"))
        #expect(tax.computed == nil)
        #expect(tax.unknown == ["ruleSetNotComputed"])
    }

    @Test("A penalty of several parties counts with each one's share")
    func shares() {
        var life = enterprise()
        life.count(year: 2022, "100")
        let parties = Life.records(
            "party",
            [
                ["subject": Self.me, "role": "principal", "share": "0.6", "intent": "negligent"],
                ["subject": "enterprise:OTHER", "role": "broker", "share": "0.4"],
            ])
        life.say(
            "record.penalty", "case:customs/P1", "2023-03-01T09:00:00",
            [
                "agency": "customs", "decisionNo": "P1", "kind": "fine", "law": "L",
                "decidedOn": "2023-03-01", "amount": "2000000",
            ], ["parties": parties])
        let answer = grade(life, "2023-05-01")
        #expect(answer.fired.first?.a == "1200000")
        let alias = CreditRules.grade(
            life.row(CreditFold()), subject: "enterprise:91410100MA40000000",
            on: day("2023-05-01"))
        #expect(alias == answer)
    }

    @Test("Rule sets follow each other without gap or overlap and have their own hash")
    func sets() {
        let sets = CreditRules.customs
        for (first, second) in zip(sets, sets.dropFirst()) {
            #expect(first.validTo?.adding(days: 1) == second.validFrom)
        }
        #expect(Set(sets.map(\.hash)).count == sets.count)
        #expect(CreditRules.c251.hash == CreditRules.c251.hash)
        #expect(CreditRules.c282.triggers.allSatisfy { $0.status == .provisional })
    }

    @Test("A row is equal after writing and reading, and whatever the order of arrival")
    func rows() throws {
        var life = enterprise()
        life.count(year: 2022, "100")
        life.penalty("P1", "2023-03-01", "2000000", selfDisclosed: true)
        life.say(
            "record.penaltyPaid", "case:customs/P1", "2023-09-01T09:00:00",
            ["decisionNo": "P1", "paidOn": "2023-09-01", "amount": "2000000"])
        life.say(
            "record.listing", Self.me, "2023-09-01T09:00:00",
            [
                "list": "abnormal", "action": "add", "reason": "失联", "authority": "customs",
                "validFrom": "2023-09-01",
            ])
        let row = life.row(CreditFold())
        var writer = ByteWriter()
        row.encode(into: &writer)
        let bytes = writer.bytes
        var reader = ByteReader(bytes.span)
        let read = try EnterpriseRow(from: &reader)
        #expect(read == row)
        let isAtEnd = reader.isAtEnd
        #expect(isAtEnd)
        var random = SeededGenerator(seed: 7)
        for _ in 0..<10 { #expect(life.shuffled(&random).row(CreditFold()) == row) }
    }

    @Test("The registry says what holds on the day")
    func registry() {
        var life = enterprise(broker: true)
        life.say(
            "record.credential", Self.me, "2020-01-01T09:00:00",
            [
                "kind": "AEO", "number": "A1", "issuer": "customs", "validFrom": "2020-01-01",
                "validTo": "2020-12-31",
            ])
        life.say(
            "record.listing", Self.me, "2023-09-01T09:00:00",
            [
                "list": "negative", "action": "add", "reason": "R", "authority": "zone",
                "validFrom": "2023-09-01",
            ])
        life.say(
            "record.listing", Self.me, "2023-12-01T09:00:00",
            [
                "list": "negative", "action": "remove", "reason": "R", "authority": "zone",
                "validFrom": "2023-12-01",
            ])
        let row = life.row(CreditFold())
        let answer = RegistryAnswer(row, subject: Self.me, on: day("2023-10-01"))
        #expect(answer.name == "某公司")
        #expect(answer.roles == ["broker"])
        #expect(answer.codes == ["4601960001", "91410100MA40000000"])
        #expect(answer.credentials.map(\.isValid) == [false])
        #expect(answer.listings.map(\.list) == ["negative"])
        #expect(row.isBarred(role: "broker", on: day("2023-10-01")))
        #expect(!row.isBarred(role: "broker", on: day("2023-12-01")))
        #expect(!row.isBarred(role: "broker", on: day("2023-08-31")))
    }
}
