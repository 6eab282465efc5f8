public import ClearanceEvents

extension CreditRules {
    /// The sets of customs in the order of their time (`specs/credit.md`, rule-set timeline).
    public static let customs: [CreditRules] = [c225, c237, c251, c282]

    /// The set of customs that is in force on a Beijing day; nil before 2014-12-01.
    public static func customs(on day: CivilDay) -> CreditRules? {
        customs.first { $0.isInForce(on: day) }
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDay {
        guard let result = CivilDay(year: year, month: month, day: day) else {
            preconditionFailure("no such day")
        }
        return result
    }

    private static let oldGrades = [
        "dishonest", "generalCredit", "generalCertified", "advancedCertified",
    ]

    /// GACC Order 225.
    public static let c225 = CreditRules(
        id: "C225", instrument: "GACC Order 225", validFrom: day(2014, 12, 1),
        validTo: day(2018, 4, 30), grades: oldGrades, regular: "generalCredit",
        dishonest: "dishonest",
        triggers: [
            Trigger(
                id: "C225-2a", subject: .others,
                ratio: Ratio(
                    numerator: 1, denominator: 1000, repeats: 2, repeatAmount: 100_000),
                join: .either, amount: 1_000_000,
                text: Text(
                    zh: "违规次数超过上年度单证千分之一且两次以上罚款超过十万元，或累计罚款超过一百万元",
                    en: "more than 1/1000 of last year's documents with two fines above 100,000,"
                        + " or fines above 1,000,000"),
                source: "S9, S10", status: .confirmed),
            Trigger(
                id: "C225-2b", subject: .broker,
                ratio: Ratio(numerator: 5, denominator: 10_000), join: .either,
                amount: 100_000,
                text: Text(
                    zh: "违规次数超过上年度单证万分之五，或累计罚款超过十万元",
                    en: "more than 5/10000 of last year's documents, or fines above 100,000"),
                source: "S9, S10", status: .confirmed),
        ],
        exclusions: [], selfDisclosureLimit: nil, selfDisclosureDoubt: 0, repairMonths: nil,
        lapseMonths: 12,
        notComputed: ["C225-1", "C225-3", "C225-4", "C225-5", "C225-6", "C225-certified"],
        source: "S9, S10; the lapse after one year: GACC 32/2018", status: .confirmed)

    /// GACC Order 237.
    public static let c237 = CreditRules(
        id: "C237", instrument: "GACC Order 237", validFrom: day(2018, 5, 1),
        validTo: day(2021, 10, 31), grades: oldGrades, regular: "generalCredit",
        dishonest: "dishonest",
        triggers: ratioAndAmount(
            "C237-2", source: "S8, S11; GACC 32/2018", brokerStatus: .provisional),
        exclusions: [], selfDisclosureLimit: 50_000, selfDisclosureDoubt: 500_000,
        repairMonths: nil, lapseMonths: 24,
        notComputed: ["C237-1", "C237-3", "C237-4", "C237-5", "C237-6", "C237-certified"],
        source: "S8, S11", status: .confirmed)

    /// GACC Order 251, with announcement 170/2023 on top of it.
    public static let c251 = CreditRules(
        id: "C251", instrument: "GACC Order 251", validFrom: day(2021, 11, 1),
        validTo: day(2026, 3, 31), grades: ["dishonest", "regular", "advancedCertified"],
        regular: "regular", dishonest: "dishonest",
        triggers: ratioAndAmount("C251-22-2", source: "S1, S4", brokerStatus: .provisional),
        exclusions: [
            Exclusion(
                id: "C251+170", from: day(2023, 12, 1), to: day(2025, 12, 31),
                source: "GACC Announcement 170/2023")
        ],
        selfDisclosureLimit: 50_000, selfDisclosureDoubt: 500_000, repairMonths: 6,
        lapseMonths: 24,
        notComputed: [
            "C251-22-1", "C251-22-3", "C251-22-4", "C251-22-5", "C251-23", "C251-aeo",
        ],
        source: "S1, S2, S2b, S3, S4", status: .confirmed)

    /// GACC Order 282. Its numbers were not found: the triggers are those of C251, provisional.
    public static let c282 = CreditRules(
        id: "C282", instrument: "GACC Order 282", validFrom: day(2026, 4, 1), validTo: nil,
        grades: ["seriouslyDishonest", "dishonest", "regular", "certified", "advancedCertified"],
        regular: "regular", dishonest: "dishonest",
        triggers: ratioAndAmount("C282-2", source: "copied from C251", brokerStatus: .provisional)
            .map(\.asProvisional),
        exclusions: [], selfDisclosureLimit: 50_000, selfDisclosureDoubt: 500_000,
        repairMonths: 6, lapseMonths: 24,
        notComputed: [
            "C282-22-1", "C282-22-3", "C282-22-4", "C282-22-5", "C282-23", "C282-aeo",
        ],
        source: "S6, S7; triggers copied from C251", status: .provisional)

    /// Ratio and amount together; the amount alone where N is 0 or not known.
    private static func ratioAndAmount(
        _ id: String, source: String, brokerStatus: Status
    ) -> [Trigger] {
        let alone = Text(
            zh: "上年度单证数为零或无法计算，累计罚款超过限额",
            en: "no documents last year or none known, and fines above the limit")
        return [
            Trigger(
                id: id + "a", subject: .others, ratio: Ratio(numerator: 1, denominator: 1000),
                join: .both, amount: 1_000_000,
                text: Text(
                    zh: "违规次数超过上年度单证千分之一且累计罚款超过一百万元",
                    en: "more than 1/1000 of last year's documents and fines above 1,000,000"),
                source: source, status: .confirmed),
            Trigger(
                id: id + "b", subject: .broker,
                ratio: Ratio(numerator: 5, denominator: 10_000), join: .both,
                amount: 300_000,
                text: Text(
                    zh: "违规次数超过上年度单证万分之五且累计罚款超过三十万元",
                    en: "more than 5/10000 of last year's documents and fines above 300,000"),
                source: source, status: brokerStatus),
            Trigger(
                id: id + "c", subject: .others, ratio: nil, join: .both, amount: 1_000_000,
                text: alone, source: source, status: .provisional),
            Trigger(
                id: id + "c", subject: .broker, ratio: nil, join: .both, amount: 300_000,
                text: alone, source: source, status: .provisional),
        ]
    }
}

extension CreditRules.Trigger {
    var asProvisional: CreditRules.Trigger {
        CreditRules.Trigger(
            id: id, subject: subject, ratio: ratio, join: join, amount: amount, text: text,
            source: source, status: .provisional)
    }
}
