internal import ClearanceEvents

/// What a value should be beyond its form; a breach is a finding, never a refusal.
///
/// One word in a field line (`Messages/*.swift`), or else the rule that goes with the field's name
/// (``CEBRule/usual(_:form:in:)``).
enum CEBRule: Sendable, Equatable {
    case free
    /// One of the words behind `=`.
    case oneOf([[UInt8]])
    case time, date, digits, integer
    /// Codes of a list.
    case unit, currency, country, traf, wrap, customs, division
    /// Identifiers by their shape or check character.
    case guid, preNo, invtNo, hs, enterprise, platform, owner, barCode
    /// Zero or more; more than zero.
    case amount, positive
}

extension CEBRule {
    /// Reads the word of a field line; a mistake in it is a programmer's error and traps.
    init(_ word: String) {
        if word.hasPrefix("=") {
            self = .oneOf(word.dropFirst().split(separator: ",").map { Array($0.utf8) })
            return
        }
        guard let rule = CEBRule.words[word] else { preconditionFailure("rule \(word)") }
        self = rule
    }

    static let words: [String: CEBRule] = [
        "free": .free, "time": .time, "date": .date, "digits": .digits, "integer": .integer,
        "unit": .unit, "currency": .currency, "country": .country, "traf": .traf, "wrap": .wrap,
        "customs": .customs, "division": .division, "guid": .guid, "preNo": .preNo,
        "invtNo": .invtNo, "hs": .hs, "enterprise": .enterprise, "platform": .platform,
        "owner": .owner, "barCode": .barCode, "amount": .amount, "positive": .positive,
    ]

    /// What is wrong with a value that is not empty; nil when nothing is. Allocates nothing.
    func problem(_ bytes: Span<UInt8>) -> (code: String, message: MessageText)? {
        switch self {
        case .free: return nil
        case .oneOf(let words):
            for word in words where CEBRule.equal(word, bytes) { return nil }
            return ("unknownCode", .code)
        case .time: return Instant(customs: bytes) == nil ? ("malformedTime", .time) : nil
        case .date: return CivilDay(bytes) == nil ? ("malformedDate", .date) : nil
        case .digits: return CEBRule.areDigits(bytes) ? nil : ("unknownCode", .code)
        case .integer: return CEBNumber.integer(bytes) == nil ? ("unknownCode", .code) : nil
        case .unit: return CEBRule.listed(bytes, .units)
        case .currency: return CEBRule.listed(bytes, .currencies)
        case .traf: return CEBRule.listed(bytes, .transportModes)
        case .country: return CEBRule.country(bytes)
        case .wrap: return CEBRule.areDigits(bytes, 1) ? nil : ("unknownCode", .code)
        case .customs: return CEBRule.shaped(CustomsDistrict.isWellFormed(bytes))
        case .division: return CEBRule.division(bytes)
        case .guid: return CEBRule.isGuid(bytes) ? nil : ("malformedIdentifier", .guid)
        case .preNo: return CEBRule.shaped(PreNo.isWellFormed(bytes))
        case .invtNo: return CEBRule.shaped(InvtNo.isWellFormed(bytes))
        case .hs: return CEBRule.commodity(bytes)
        case .enterprise: return CEBRule.enterprise(bytes)
        case .platform: return bytes.count == 18 ? CEBRule.enterprise(bytes) : nil
        case .owner: return CEBRule.equal(CEBRule.no, bytes) ? nil : CEBRule.enterprise(bytes)
        case .barCode: return CEBRule.barCode(bytes)
        case .amount: return CEBRule.sign(bytes) < 0 ? ("negative", .negative) : nil
        case .positive: return CEBRule.sign(bytes) <= 0 ? ("notPositive", .notPositive) : nil
        }
    }
}

extension MessageText {
    static let code = MessageText(zh: "不在代码表内", en: "not in the code list")
    static let time = MessageText(zh: "不是合法的时间", en: "not a point in time")
    static let date = MessageText(zh: "不是合法的日期", en: "not a date")
    static let shape = MessageText(zh: "编号格式不符合规则", en: "not of the usual shape")
    static let check = MessageText(zh: "校验码不正确", en: "the check character is wrong")
    static let guid = MessageText(
        zh: "应为 36 位字符，英文字母大写", en: "should be 36 characters, letters upper case")
    static let commodity = MessageText(
        zh: "应为 10 位数字，前两位为 01 至 97 章", en: "should be ten digits of a chapter from 01 to 97")
    static let negative = MessageText(zh: "不应小于零", en: "should not be below zero")
    static let notPositive = MessageText(zh: "应大于零", en: "should be above zero")
    static let division = MessageText(
        zh: "应为 6 位行政区划代码", en: "should be the six digits of a division")
    static let country = MessageText(
        zh: "应为 3 位数字代码或字母代码表内的代码", en: "should be three digits or a listed code of letters")
}
