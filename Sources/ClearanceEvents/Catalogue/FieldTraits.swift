/// The few facts of a field that encoding and hashing ask for, event by event.
///
/// A definition holds texts and lists; copying one would count references at every field.
struct FieldTraits: Sendable {
    /// How two values are compared.
    enum Form: Sendable {
        case text, decimal, date, time, currency
    }

    let section: Section
    let mark: MarkNormalisation?
    let isTransport: Bool
    let form: Form

    init(_ field: FieldDefinition) {
        section = field.section
        mark = field.mark
        isTransport = field.isTransport
        form =
            switch field.kind {
            case .decimal, .integer: .decimal
            case .date: .date
            case .time: .time
            case .currency: .currency
            default: .text
            }
    }
}

/// The numbers of the fields that make a natural key; 0 for one that a layout lacks.
struct IdentityFields: Sendable {
    let returnStatus, returnTime, returnInfo, message: UInt16
    let appType, appTime, msgSeqNo, orderNo: UInt16
    let taxNo, status, date, idNumber: UInt16

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
    }
}
