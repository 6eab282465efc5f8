public import ClearanceEvents

/// How long the law wants records of some kinds kept: dated data with its source.
public struct RetentionRule: Sendable, Equatable {
    /// Whether the text of the source was read.
    public enum Status: String, Sendable { case confirmed, provisional }

    /// The stable name, e.g. `retention.customs`.
    public let id: String
    /// The families of event types, the upper byte of their numbers.
    public let families: Set<UInt16>
    /// Months from the last fact about the record's subject.
    public let months: Int
    /// The first day on which the rule holds.
    public let validFrom: CivilDay
    public let status: Status
    /// Law and article.
    public let source: String
    public let chinese: String
    public let english: String

    /// A rule; the host may hand other ones over than ``standard``.
    public init(
        id: String, families: Set<UInt16>, months: Int, validFrom: CivilDay, status: Status,
        source: String, chinese: String, english: String
    ) {
        self.id = id
        self.families = families
        self.months = months
        self.validFrom = validFrom
        self.status = status
        self.source = source
        self.chinese = chinese
        self.english = english
    }

    /// The rules of this version. What no rule names need not be kept.
    public static let standard: [RetentionRule] = [
        RetentionRule(
            id: "retention.transaction", families: [0x01, 0x03, 0x09, 0x0C, 0x12], months: 36,
            validFrom: CivilDay(number: 17_897), status: .confirmed,
            source: "电子商务法 art. 31", chinese: "交易信息自交易完成之日起保存不少于三年",
            english: "transaction data are kept for three years after completion"),
        RetentionRule(
            id: "retention.customs",
            families: [0x05, 0x06, 0x07, 0x08, 0x0A, 0x0B, 0x0D, 0x0F, 0x11], months: 36,
            validFrom: CivilDay(number: 9_864), status: .confirmed,
            source: "海关法 art. 45; 海关稽查条例 art. 2",
            chinese: "报关单证和有关资料自放行或者海关监管期限结束之日起保存三年",
            english: "books, declarations and data are kept for three years after release"),
        RetentionRule(
            id: "retention.payment", families: [0x02, 0x04], months: 120,
            validFrom: CivilDay(number: 20_089), status: .provisional,
            source: "反洗钱法 art. 34", chinese: "客户身份资料和交易记录保存十年",
            english: "identity and transaction records of payments are kept for ten years"),
    ]
}

extension [RetentionRule] {
    /// The rule for a type on a day, the one that keeps longest; nil when none holds yet. Without a
    /// day every rule holds.
    func rule(for type: EventType, on day: CivilDay?) -> RetentionRule? {
        let family = type.code >> 8
        return filter { rule in
            rule.families.contains(family) && (day.map { rule.validFrom <= $0 } ?? true)
        }.max { $0.months < $1.months }
    }
}
