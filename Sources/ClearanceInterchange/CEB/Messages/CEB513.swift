extension CEBMessage {
    /// 运单状态: the status of an import waybill.
    /// Source: XSD of both editions, `CEB513Message`.
    static let ceb513 = CEBMessage(
        "CEB513", "运单状态", document: "LogisticsStatus",
        meaning: .waybillStatus, subject: .waybill, times: [.logisticsTime, .appTime],
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1..3
            logisticsCode! C1..18
            logisticsName! C1..100
            logisticsNo! C1..60
            logisticsStatus! C1
            logisticsTime! C14
            note C0..1000
            """)
}
