import ClearanceEvents

@testable import ClearanceProjections

/// What the suites of credit share: an enterprise, days and grades.
protocol CreditCases {}

extension CreditCases {
    static var me: String { "enterprise:4601960001" }

    /// An enterprise with its roles; nil roles make no registration.
    func enterprise(broker: Bool? = false) -> Life {
        var life = Life()
        if let broker {
            life.say(
                "record.enterprise", Self.me, "2014-01-01T09:00:00",
                [
                    "action": "create", "name": "某公司", "uscc": "91410100MA40000000",
                    "customsCode": "4601960001", "agency": "customs", "validFrom": "2014-01-01",
                ], ["roles": .list([.text(broker ? "broker" : "ecommerce")])])
        }
        return life
    }

    func day(_ text: String) -> CivilDay {
        guard let day = CivilDay(text) else { preconditionFailure("no day \(text)") }
        return day
    }

    func grade(_ life: Life, _ text: String) -> GradeAnswer {
        CreditRules.grade(life.row(CreditFold()), subject: Self.me, on: day(text))
    }
}

extension Life {
    mutating func count(year: Int, _ documents: String) {
        say(
            "record.count", CreditGradeTests.me, "\(year + 1)-01-05T09:00:00",
            ["what": "documentsLastYear", "value": documents, "by": "customs"],
            ["year": .number("\(year)")])
    }

    mutating func penalty(
        _ number: String, _ decided: String, _ fine: String, intent: String? = "intentional",
        selfDisclosed: Bool = false
    ) {
        var party = ["subject": CreditGradeTests.me, "role": "principal", "amount": fine]
        party["intent"] = intent
        say(
            "record.penalty", "case:customs/\(number)", decided + "T15:00:00",
            [
                "agency": "customs", "decisionNo": number, "kind": "fine", "law": "条例第15条",
                "decidedOn": decided,
            ],
            [
                "parties": Life.records("party", [party]),
                "selfDisclosed": .bool(selfDisclosed),
            ])
    }
}
