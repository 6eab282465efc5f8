extension CEBMessage {
    /// 物流运单回执: the receipt of an export waybill.
    /// Source: XSD of both editions, `CEB506Message`.
    static let ceb506 = CEBMessage(
        "CEB506", "物流运单回执", document: "LogisticsReturn", direction: .export,
        meaning: .receipt(.paper("waybill")), subject: .waybill, times: [.returnTime],
        fields: """
            guid! C36
            logisticsCode! C0..18
            logisticsNo! C0..32 old=C0..80
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
