extension CEBMessage {
    /// 入库明细单: the arrival of imports at the supervised site.
    /// Source: XSD of both editions, `CEB711Message`.
    static let ceb711 = CEBMessage(
        "CEB711", "入库明细单", document: "Delivery", head: "DeliveryHead", lines: "DeliveryList",
        meaning: .fact("move.arrived", stem: nil), subject: .arrival, times: [.appTime],
        needsSignature: true,
        documents: 1, lineCount: 1...CEBMessage.splitLines,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1..3
            customsCode! C4
            copNo C0..20
            preNo C0..18
            rkdNo C0..18
            operatorCode! C1..18
            operatorName! C1..100
            ieFlag! C1 =I,E
            trafMode! C1
            trafNo! C1..100
            voyageNo! C1..32
            billNo! C1..37
            logisticsCode! C1..18
            logisticsName! C1..100
            unloadLocation C0..100
            note C0..1000
            """,
        lineFields: """
            gnum! I
            logisticsNo! C1..60
            note C0..1000
            """)
}
