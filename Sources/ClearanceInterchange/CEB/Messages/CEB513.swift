extension CEBMessage {
    /// 运单状态: the status of an import waybill.
    /// Source: XSD of both editions, `CEB513Message`.
    static let ceb513 = CEBMessage(
        "CEB513", "运单状态", document: "LogisticsStatus",
        meaning: .waybillStatus, subject: .waybill, times: ["logisticsTime", "appTime"],
        fields: """
            guid! C36
            appType! C1 =1,2,3
            appTime! C14 time
            appStatus! C1..3 =1,2
            logisticsCode! C1..18
            logisticsName! C1..100
            logisticsNo! C1..60
            logisticsStatus! C1 =S
            logisticsTime! C14 time
            note C0..1000
            """)
}
