extension CEBMessage {
    /// 运单状态回执: the receipt of a waybill status.
    /// Source: XSD of both editions, `CEB514Message`.
    static let ceb514 = CEBMessage(
        "CEB514", "运单状态回执", document: "LogisticsStatusReturn",
        meaning: .receipt(.other), subject: .waybill, times: [.returnTime],
        fields: """
            guid! C36
            logisticsCode! C1..18
            logisticsNo! C1..60
            logisticsStatus! C1
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C1..1000
            """)
}
