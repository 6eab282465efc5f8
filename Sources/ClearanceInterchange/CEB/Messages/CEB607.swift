extension CEBMessage {
    /// 清单总分单: the lists under one bill of lading.
    /// Source: XSD of both editions, `CEB607Message`.
    static let ceb607 = CEBMessage(
        "CEB607", "清单总分单", document: "WayBill", head: "WayBillHead", lines: "WayBillList",
        direction: .export, meaning: .fact("declare.manifest", stem: "declare.manifest"),
        subject: .manifest,
        times: [.appTime], lineCount: 1...CEBMessage.splitLines, olderLineCount: 1...100,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1
            customsCode! C4
            copNo! C0..30 old=C1..30
            preNo C18
            agentCode! C0..18 old=C1..18
            agentName! C0..100 old=C1..100
            loctNo C0..10
            trafMode! C1
            trafName! C0..100 old=C1..100
            voyageNo! C0..32 old=C1..32
            billNo! C0..37 old=C1..37
            domesticTrafNo C0..100
            grossWeight! N
            logisticsCode! C0..18 old=C1..18
            logisticsName! C0..100 old=C1..100
            msgCount! I9
            msgSeqNo! I9
            note C0..1000
            """,
        lineFields: """
            gnum! I5
            totalPackageNo C0..60
            logisticsNo! C0..32 old=C1..80
            invtNo C0..20 old=C18
            note C0..1000
            """)
}
