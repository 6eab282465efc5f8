extension CEBMessage {
    /// 物流运单回执: the receipt of an import waybill.
    /// Source: XSD of both editions, `CEB512Message`.
    static let ceb512 = CEBMessage(
        "CEB512", "物流运单回执", document: "LogisticsReturn",
        meaning: .receipt(.paper("waybill")), subject: .waybill, times: [.returnTime],
        fields: """
            guid! C36
            logisticsCode! C1..18
            logisticsNo! C1..60
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C1..1000
            """)
}
