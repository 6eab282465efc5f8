/// Head fields that are asked for in every document: their places are looked up once a message,
/// not once a document.
enum CEBKey: Int, CaseIterable, Sendable {
    case accountingDate
    case agentCode
    case appStatus
    case appTime
    case appType
    case copNo
    case decState
    case declSeqNo
    case ebpCode
    case leaveTime
    case logisticsCode
    case logisticsNo
    case logisticsTime
    case msgSeqNo
    case opDate
    case orderNo
    case payCode
    case payTime
    case payTransactionId
    case returnInfo
    case returnStatus
    case returnTime
    case status

    /// The element's name.
    var name: String { String(describing: self) }
}
