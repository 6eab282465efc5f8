extension Event {
    /// What is odd about the values of a sound event: identifiers of a wrong shape, check
    /// characters that do not fit, codes that no list has. Findings never refuse an event.
    public func findings() -> [Fault] {
        var findings = EventFindings(data)
        findings.members(of: data)
        return findings.found + subjectFindings()
    }
}

/// The checks of values by the name of their field, the same in every layout.
struct EventFindings {
    private(set) var found: [Fault] = []
    private var trail: Trail

    init(_ data: DataRecord) { trail = Trail(data) }

    mutating func members(of record: DataRecord) {
        for (place, member) in record.members.enumerated() where member.number != 0 {
            switch member.value {
            case .text(let text) where !text.isEmpty:
                let custom = record.layout.traits(member.number).custom
                if custom != .free { value(text, custom: custom, of: record, place: place) }
            case .record(let inner):
                trail.enter(place)
                members(of: inner)
                trail.leave()
            case .list(let items):
                trail.enter(place)
                for (index, item) in items.enumerated() {
                    guard case .record(let inner) = item else { continue }
                    trail.enter(index)
                    members(of: inner)
                    trail.leave()
                }
                trail.leave()
            default: break
            }
        }
    }

    /// What is wrong with a value; nil when nothing is.
    private enum Oddity {
        case unknownCode, shape, checkCharacter
    }

    private mutating func value(
        _ text: String, custom: FieldTraits.Custom, of record: DataRecord, place: Int
    ) {
        guard let oddity = EventFindings.oddity(of: text, custom: custom, in: record) else {
            return
        }
        trail.enter(place)
        let path = trail.path
        trail.leave()
        switch oddity {
        case .unknownCode:
            found.append(Fault(.unknownCode, path, "a code that no list has", "代码表中没有此代码"))
        case .shape:
            found.append(
                Fault(
                    .malformedIdentifier, path, "not of the usual shape", "编号格式不符合规则"))
        case .checkCharacter:
            found.append(
                Fault(
                    .wrongCheckCharacter, path, "the check character is wrong", "校验码不正确"))
        }
    }

    private static func oddity(
        of text: String, custom: FieldTraits.Custom, in record: DataRecord
    ) -> Oddity? {
        switch custom {
        case .free: nil
        case .currency: known(Currency.isKnown(text.utf8Span.span))
        case .listNumber: shape(InvtNo(text))
        case .preNumber: shape(PreNo(text))
        case .commodity: shape(HsCode(text))
        case .district: shape(CustomsDistrict(text))
        case .socialCredit: check(SocialCreditCode(text), length: 18)
        case .customsCode: shape(CustomsCode(text))
        case .enterprise: enterprise(text)
        case .tradeItem: check(Gtin(text), length: nil)
        case .barCode: barCode(text)
        case .identity: identity(text, type: idType(of: record))
        case .unit: known(CodeLists.isUnit(text))
        case .country: known(CodeLists.isCountry(text))
        case .transport: known(CodeLists.transportModes.contains(text))
        case .supervision: known(CodeLists.supervisionModes.contains(text))
        }
    }

    /// The document type beside an identity number; 1 is the resident identity card.
    private static func idType(of record: DataRecord) -> String? {
        record.text("buyerIdType") ?? record.text("payerIdType") ?? record.text("idType")
    }

    private static func identity(_ text: String, type: String?) -> Oddity? {
        guard type == nil || type == "1" else { return nil }
        guard text.utf8.count == 18 || type == "1" else { return nil }
        return check(IdCardNumber(text), length: 18)
    }

    private static func enterprise(_ text: String) -> Oddity? {
        text.utf8.count == 18
            ? check(SocialCreditCode(text), length: 18) : shape(CustomsCode(text))
    }

    /// `无` is what a list says when the goods have no bar code.
    private static func barCode(_ text: String) -> Oddity? {
        switch text.utf8.count {
        case 8, 12, 13, 14:
            text.utf8.allSatisfy(Ascii.isDigit) ? check(Gtin(text), length: nil) : nil
        default: nil
        }
    }

    private static func known(_ isKnown: Bool) -> Oddity? { isKnown ? nil : .unknownCode }

    private static func shape(_ identifier: some Identifier) -> Oddity? {
        identifier.isWellFormed ? nil : .shape
    }

    private static func check(_ identifier: some Identifier, length: Int?) -> Oddity? {
        if identifier.isWellFormed { return nil }
        guard length == nil || identifier.text.utf8.count == length else { return .shape }
        return .checkCharacter
    }
}
