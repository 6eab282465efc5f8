/// The few facts of a field that checking, encoding and hashing ask for, event by event.
///
/// A definition holds texts and lists; copying one would count references at every field.
struct FieldTraits: Sendable {
    /// How two values are compared.
    enum Form: Sendable {
        case text, decimal, date, time, currency
    }

    /// What a value must be.
    enum Check: Sendable {
        case text, choice, decimal, integer, date, time, bool, subject, record, list, texts
        case subjects, any
    }

    /// What a value should be: looked at by the name of the field, the same in every layout.
    enum Custom: Sendable {
        case free, currency, listNumber, preNumber, commodity, district, socialCredit, customsCode
        case enterprise, tradeItem, barCode, identity, unit, country, transport, supervision
    }

    let section: Section
    let mark: MarkNormalisation?
    let isTransport: Bool
    let form: Form
    let check: Check
    let custom: Custom
    /// Whether an item of the list may be a text.
    let isShort: Bool
    /// The longest accepted text, in characters.
    let maxLength: Int

    init(_ field: FieldDefinition) {
        section = field.section
        mark = field.mark
        isTransport = field.isTransport
        isShort = field.isShort
        maxLength = field.maxLength ?? .max
        form =
            switch field.kind {
            case .decimal, .integer: .decimal
            case .date: .date
            case .time: .time
            case .currency: .currency
            default: .text
            }
        check = FieldTraits.check(field.kind)
        custom = field.kind == .currency ? .currency : FieldTraits.custom(field)
    }

    private static func check(_ kind: FieldKind) -> Check {
        switch kind {
        case .text, .code, .currency: .text
        case .choice: .choice
        case .decimal: .decimal
        case .integer: .integer
        case .date: .date
        case .time: .time
        case .bool: .bool
        case .subject: .subject
        case .record: .record
        case .list: .list
        case .texts: .texts
        case .subjects: .subjects
        case .any: .any
        }
    }

    private static func custom(_ field: FieldDefinition) -> Custom {
        switch field.name {
        case "invtNo": .listNumber
        case "preNo": .preNumber
        case "gcode": .commodity
        case "customsCode": field.maxLength == 4 ? .district : .customsCode
        case "portCode": .district
        case "uscc": .socialCredit
        case "ebcCode", "agentCode", "logisticsCode", "payCode", "operatorCode", "areaCode":
            .enterprise
        case "gtin": .tradeItem
        case "barCode": .barCode
        case "buyerIdNumber", "payerIdNumber", "idNumber": .identity
        case "unit", "unit1", "unit2": .unit
        case "country", "tradeCountry", "origin": .country
        case "trafMode": .transport
        case "tradeMode": .supervision
        default: .free
        }
    }
}

/// The numbers of the fields that natural keys and checks ask for; 0 for one that a layout lacks.
struct IdentityFields: Sendable {
    let returnStatus, returnTime, returnInfo, message: UInt16
    let appType, appTime, msgSeqNo, orderNo: UInt16
    let taxNo, status, date, idNumber, part: UInt16
    let buyerIdType, payerIdType, idType: UInt16

    init(_ number: (String) -> UInt16) {
        returnStatus = number("returnStatus")
        returnTime = number("returnTime")
        returnInfo = number("returnInfo")
        message = number("message")
        appType = number("appType")
        appTime = number("appTime")
        msgSeqNo = number("msgSeqNo")
        orderNo = number("orderNo")
        taxNo = number("taxNo")
        status = number("status")
        date = number("date")
        idNumber = number("idNumber")
        part = number("part")
        buyerIdType = number("buyerIdType")
        payerIdType = number("payerIdType")
        idType = number("idType")
    }
}
