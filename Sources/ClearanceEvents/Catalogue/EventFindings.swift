extension Event {
    /// What is odd about the values of a sound event: identifiers of a wrong shape, check
    /// characters that do not fit, codes that no list has. Findings never refuse an event.
    public func findings() -> [Fault] {
        var findings = EventFindings(data)
        findings.members(of: data.cursor, layout: data.layout)
        return findings.found + subjectFindings()
    }
}

/// The checks of values by the name of their field, the same in every layout.
struct EventFindings {
    private(set) var found: [Fault] = []
    private let data: DataRecord

    init(_ data: DataRecord) { self.data = data }

    mutating func members(of record: DataCursor, layout: RecordLayout) {
        var cursor = record
        while cursor.next() {
            if cursor.number == 0 { return }
            switch cursor.kind {
            case .text where !cursor.text.isEmpty:
                let custom = layout.traits(cursor.number).custom
                if custom != .free { value(cursor, custom: custom, of: record, layout) }
            case .record:
                members(of: cursor.inside, layout: layout.inner(cursor.number))
            case .list:
                let inner = layout.inner(cursor.number)
                var items = cursor.inside
                while items.next() {
                    if items.kind == .record { members(of: items.inside, layout: inner) }
                }
            default: break
            }
        }
    }

    /// What is wrong with a value; nil when nothing is.
    private enum Oddity {
        case unknownCode, shape, checkCharacter
    }

    private mutating func value(
        _ value: DataCursor, custom: FieldTraits.Custom, of record: DataCursor,
        _ layout: RecordLayout
    ) {
        let oddity =
            custom == .identity
            ? EventFindings.identity(value.text, of: record, layout)
            : EventFindings.oddity(of: value.text, custom: custom)
        guard let oddity else { return }
        let path = data.path(to: value.index)
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

    private static func oddity(of text: Span<UInt8>, custom: FieldTraits.Custom) -> Oddity? {
        switch custom {
        case .free, .identity: nil
        case .currency: known(Currency.isKnown(text))
        case .listNumber: shape(InvtNo.isWellFormed(text))
        case .preNumber: shape(PreNo.isWellFormed(text))
        case .commodity: shape(HsCode.isWellFormed(text))
        case .district: shape(CustomsDistrict.isWellFormed(text))
        case .socialCredit: check(SocialCreditCode.isWellFormed(text), of: text, length: 18)
        case .customsCode: shape(CustomsCode.isWellFormed(text))
        case .enterprise: enterprise(text)
        case .tradeItem: check(Gtin.isWellFormed(text), of: text, length: text.count)
        case .barCode: barCode(text)
        case .unit: known(CodeLists.isUnit(text))
        case .country: known(CodeLists.isCountry(text))
        case .transport: known(CodeLists.transportModes.number(of: text) != 0)
        case .supervision: known(CodeLists.supervisionModes.number(of: text) != 0)
        }
    }

    /// The document type beside an identity number says what it is; 1 is the resident identity
    /// card.
    private static func identity(
        _ text: Span<UInt8>, of record: DataCursor, _ layout: RecordLayout
    ) -> Oddity? {
        let fields = layout.identity
        var type = EventFindings.text(fields.buyerIdType, "buyerIdType", of: record)
        if type == nil {
            type = EventFindings.text(fields.payerIdType, "payerIdType", of: record)
        }
        if type == nil { type = EventFindings.text(fields.idType, "idType", of: record) }
        if let type {
            guard LinkScan.equals(type, "1") else { return nil }
        } else if text.count != 18 {
            return nil
        }
        return check(IdCardNumber.isWellFormed(text), of: text, length: 18)
    }

    /// The text of a member that the layout may not know.
    @_lifetime(copy record)
    private static func text(
        _ number: UInt16, _ name: String, of record: DataCursor
    ) -> Span<UInt8>? {
        var cursor = record
        let isThere =
            number == 0 ? cursor.next(unknown: name.utf8Span.span) : cursor.next(number: number)
        return isThere && cursor.kind.isText ? cursor.text : nil
    }

    private static func enterprise(_ text: Span<UInt8>) -> Oddity? {
        text.count == 18
            ? check(SocialCreditCode.isWellFormed(text), of: text, length: 18)
            : shape(CustomsCode.isWellFormed(text))
    }

    /// `无` is what a list says when the goods have no bar code.
    private static func barCode(_ text: Span<UInt8>) -> Oddity? {
        switch text.count {
        case 8, 12, 13, 14:
            Ascii.areDigits(text)
                ? check(Gtin.isWellFormed(text), of: text, length: text.count) : nil
        default: nil
        }
    }

    private static func known(_ isKnown: Bool) -> Oddity? { isKnown ? nil : .unknownCode }

    private static func shape(_ isWellFormed: Bool) -> Oddity? { isWellFormed ? nil : .shape }

    private static func check(
        _ isWellFormed: Bool, of text: Span<UInt8>, length: Int
    ) -> Oddity? {
        if isWellFormed { return nil }
        return text.count == length ? .checkCharacter : .shape
    }
}
