extension CEBMessage {
    /// 运抵单: the arrival of exports at the supervised site.
    /// Source: XSD of both editions, `CEB507Message`.
    static let ceb507 = CEBMessage(
        "CEB507", "运抵单", document: "Arrival", head: "ArrivalHead", lines: "ArrivalList",
        direction: .export, meaning: .fact("move.arrived", stem: nil), subject: .arrival,
        times: [.appTime],
        lineCount: 0...CEBMessage.splitLines,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1?1
            customsCode! C4
            copNo! C0..30 old=C1..30
            preNo C18
            operatorCode! C0..18 old=C1..18
            operatorName! C0..100 old=C1..100
            loctNo C0..10
            ieFlag! C1 =I,E
            trafMode! C1
            billNo C0..37
            domesticTrafNo! C0..100 old=C1..100
            logisticsCode! C0..18 old=C1..18
            logisticsName! C0..100 old=C1..100
            msgCount! I9
            msgSeqNo! I9
            note C0..1000
            """,
        lineFields: """
            gnum! I5
            logisticsNo! C0..32 old=C1..80
            totalPackageNo C0..37
            note C0..1000
            """)
}
