extension CEBMessage {
    /// 物流运单: the export waybill.
    /// Source: XSD of both editions, `CEB505Message`.
    static let ceb505 = CEBMessage(
        "CEB505", "物流运单", document: "Logistics", direction: .export, meaning: .paper("waybill"),
        subject: .waybill, times: [.appTime],
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1?2
            logisticsCode! C0..18 old=C1..18
            logisticsName! C0..100 old=C1..100
            logisticsNo! C0..32 old=C1..80
            freight! N
            insuredFee! N
            currency! C3
            grossWeight! N
            packNo! I9
            goodsInfo! C0..200 old=C1..200
            ebcCode C0..18
            ebcName C0..100
            ebcTelephone C0..50
            note C0..1000
            """)
}
