extension CEBMessage {
    /// 物流运单: the import waybill.
    /// Source: XSD of both editions, `CEB511Message`.
    static let ceb511 = CEBMessage(
        "CEB511", "物流运单", document: "Logistics", head: "LogisticsHead",
        meaning: .paper("waybill"), subject: .waybill, times: [.appTime],
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1..3
            logisticsCode! C1..18
            logisticsName! C1..100
            logisticsNo! C1..60
            billNo C0..37
            orderNo! C1..60
            freight N
            insuredFee N
            currency! C3=142
            weight! N
            packNo! I9
            goodsInfo C0..200
            consignee! C1..100
            consigneeAddress! C1..200
            consigneeTelephone! C1..50
            note C0..1000
            """)
}
