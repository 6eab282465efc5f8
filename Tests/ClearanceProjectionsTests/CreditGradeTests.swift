import ClearanceEvents
import Testing

@testable import ClearanceProjections

@Suite struct CreditGradeTests: CreditCases {
    @Test("The same broker is dishonest under C225 by the amount alone and not under C237 or C251")
    func joins() {
        for (decided, set, computed) in [
            ("2017-06-10", "C225", "dishonest"), ("2019-06-10", "C237", "generalCredit"),
            ("2022-06-10", "C251", "regular"),
        ] {
            var life = enterprise(broker: true)
            life.count(year: day(decided).parts.year - 1, "10000")
            life.penalty("P1", decided, "150000")
            let answer = grade(life, decided)
            #expect(answer.ruleSet == set)
            #expect(answer.computed == computed)
            #expect(answer.fired.map(\.rule) == (set == "C225" ? ["C225-2b"] : []))
        }
    }

    @Test("The ratio is strict: exactly 1/1000 is not above it, one document less is")
    func ratio() {
        for (documents, computed) in [("2000", "regular"), ("1999", "dishonest")] {
            var life = enterprise()
            life.count(year: 2022, documents)
            life.penalty("P1", "2023-03-01", "1000000")
            life.penalty("P2", "2023-04-01", "1000000")
            #expect(grade(life, "2023-05-01").computed == computed)
        }
    }

    @Test(
        "The sum is strict, a cent above the limit is above it",
        arguments: [
            (false, "1000000", "regular"), (false, "1000000.01", "dishonest"),
            (true, "300000", "regular"), (true, "300000.01", "dishonest"),
            (false, "999999.99", "regular"), (true, "299999.99", "regular"),
        ])
    func amountAlone(_ broker: Bool, _ fine: String, _ computed: String) {
        var life = enterprise(broker: broker)
        life.count(year: 2022, "0")
        life.penalty("P1", "2023-03-01", fine)
        let answer = grade(life, "2023-05-01")
        #expect(answer.computed == computed)
        if computed == "dishonest" { #expect(answer.fired.map(\.rule) == ["C251-22-2c"]) }
    }

    @Test("Without a report of documents the amount alone decides and coverage says so")
    func unknownDocuments() {
        var life = enterprise()
        life.penalty("P1", "2023-03-01", "1000000.01")
        let answer = grade(life, "2023-05-01")
        #expect(answer.computed == "dishonest")
        #expect(answer.coverage == "ledger")
        #expect(answer.provisional)
        #expect(answer.unknown.contains("documentsLastYear"))
        #expect(answer.fired.first?.documents == nil)
    }

    @Test("C225 needs two fines above 100,000 besides the ratio")
    func repeats() {
        for (second, computed) in [("100000", "generalCredit"), ("100000.01", "dishonest")] {
            var life = enterprise()
            life.count(year: 2016, "1000")
            life.penalty("P1", "2017-03-01", "200000")
            life.penalty("P2", "2017-04-01", second)
            #expect(grade(life, "2017-04-01").computed == computed)
        }
    }

    @Test("The window holds a decision of eleven months and leaves one of twelve months out")
    func window() {
        var life = enterprise()
        life.count(year: 2022, "100")
        life.count(year: 2023, "100")
        life.penalty("P1", "2022-03-10", "600000")
        life.penalty("P2", "2023-03-10", "600000")
        #expect(grade(life, "2023-03-10").computed == "regular")
        var inside = enterprise()
        inside.count(year: 2022, "100")
        inside.penalty("P1", "2022-03-11", "600000")
        inside.penalty("P2", "2023-03-10", "600000")
        #expect(grade(inside, "2023-03-10").computed == "dishonest")
    }

    @Test("A revoked penalty does not count, and before its revocation is known it does")
    func revoked() {
        var life = enterprise()
        life.count(year: 2022, "100")
        life.penalty("P1", "2023-03-01", "2000000")
        #expect(grade(life, "2023-05-01").computed == "dishonest")
        life.say(
            "record.penaltyRevoked", "case:customs/P1", "2023-09-01T09:00:00",
            ["decisionNo": "P1", "reason": "复议撤销"])
        let answer = grade(life, "2023-05-01")
        #expect(answer.computed == "regular")
        #expect(answer.leftOut.map(\.rule) == ["revoked"])
    }

    @Test("A change on review replaces the fine for every day")
    func changed() {
        var life = enterprise()
        life.count(year: 2022, "100")
        life.penalty("P1", "2023-03-01", "2000000")
        life.say(
            "record.penaltyChanged", "case:customs/P1", "2023-09-01T09:00:00",
            ["decisionNo": "P1", "newAmount": "900000", "by": "review"])
        #expect(grade(life, "2023-05-01").computed == "regular")
    }

    @Test("C251 ends with 31 March 2026 and C282 is provisional from 1 April, 00:00 in Beijing")
    func switchOver() {
        var life = enterprise()
        life.count(year: 2025, "100")
        life.penalty("P1", "2026-02-01", "2000000", intent: "intentional")
        let before = grade(life, "2026-03-31")
        #expect(before.ruleSet == "C251")
        #expect(before.computed == "dishonest")
        let after = grade(life, "2026-04-01")
        #expect(after.ruleSet == "C282")
        #expect(after.status == "provisional")
        #expect(after.provisional)
        #expect(after.computed == "dishonest")
        #expect(Life.time("2026-03-31T23:59:59").beijingDay == day("2026-03-31"))
        #expect(Life.time("2026-04-01T00:00:00").beijingDay == day("2026-04-01"))
    }

    @Test(
        "Announcement 170 leaves unintended breaches of others than brokers out",
        arguments: [
            (false, "2023-11-30", "none", "dishonest"), (false, "2023-12-01", "none", "regular"),
            (false, "2025-12-31", "negligent", "regular"),
            (false, "2026-01-01", "none", "dishonest"),
            (false, "2024-06-01", "intentional", "dishonest"),
            (true, "2024-06-01", "none", "dishonest"),
        ])
    func announcement(_ broker: Bool, _ decided: String, _ intent: String, _ computed: String) {
        var life = enterprise(broker: broker)
        life.count(year: day(decided).parts.year - 1, "100")
        life.penalty("P1", decided, "2000000", intent: intent)
        let answer = grade(life, decided)
        #expect(answer.computed == computed)
        #expect(answer.ruleSet == (computed == "regular" ? "C251+170" : "C251"))
    }

    @Test("Without an intent the penalty counts and the doubt is named")
    func unknownIntent() {
        var life = enterprise()
        life.count(year: 2023, "100")
        life.penalty("P1", "2024-06-01", "2000000", intent: nil)
        let answer = grade(life, "2024-06-01")
        #expect(answer.computed == "dishonest")
        #expect(answer.unknown.contains("intent"))
        #expect(answer.provisional)
    }

    @Test("Self-disclosure up to 50,000 is no record; up to 500,000 the limit is in doubt")
    func selfDisclosed() {
        for (fine, left, doubt) in [
            ("50000", true, false), ("50000.01", false, true), ("500000", false, true),
            ("500000.01", false, false),
        ] {
            var life = enterprise()
            life.count(year: 2022, "100")
            life.penalty("P1", "2023-03-01", fine, selfDisclosed: true)
            let answer = grade(life, "2023-05-01")
            #expect(answer.leftOut.map(\.rule) == (left ? ["K8"] : []))
            #expect(answer.unknown.contains("selfDisclosureLimit") == doubt)
        }
    }

    @Test("Repair may be asked for six months after the decision, clamped to the month's end")
    func repairTerm() {
        var life = enterprise()
        life.count(year: 2024, "100")
        life.penalty("P1", "2025-08-31", "2000000", intent: "intentional")
        #expect(grade(life, "2025-09-01").mayApplyFrom == "2026-02-28")
        var leap = enterprise()
        leap.count(year: 2022, "100")
        leap.penalty("P1", "2023-08-31", "2000000", intent: "intentional")
        #expect(grade(leap, "2023-09-01").mayApplyFrom == "2024-02-29")
    }

    @Test("A granted repair ends the spell, until a new decision")
    func repaired() {
        var life = enterprise()
        for year in 2022...2024 { life.count(year: year, "100") }
        life.penalty("P1", "2023-03-01", "2000000", intent: "intentional")
        life.say(
            "record.repair", Self.me, "2023-10-01T09:00:00",
            ["agency": "customs", "step": "granted", "of": "grade", "on": "2023-10-01"])
        #expect(grade(life, "2023-09-30").computed == "dishonest")
        #expect(grade(life, "2023-10-01").computed == "regular")
        #expect(grade(life, "2024-01-01").computed == "regular")
        life.penalty("P2", "2024-01-15", "10000", intent: "intentional")
        #expect(grade(life, "2024-01-14").computed == "regular")
        #expect(grade(life, "2024-01-15").computed == "dishonest")
    }

    @Test("Twenty-four months after the last firing the grade ends by itself")
    func lapse() {
        var life = enterprise()
        life.count(year: 2021, "100")
        life.count(year: 2022, "100000000")
        life.penalty("P1", "2022-03-01", "2000000")
        #expect(grade(life, "2024-02-29").computed == "dishonest")
        #expect(grade(life, "2024-03-01").computed == "regular")
    }
}
