extension CEBMessage {
    /// 离境单: the departure of exports from the country.
    /// Source: XSD of both editions, `CEB509Message`.
    static let ceb509 = CEBMessage(
        "CEB509", "离境单", document: "Departure", head: "DepartureHead", lines: "DepartureList",
        direction: .export, meaning: .fact("move.departed", stem: nil), subject: .departure,
        times: [.leaveTime, .appTime], lineCount: 1...CEBMessage.splitLines,
        olderLineCount: 1...100,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1
            customsCode! C4
            copNo! C0..30 old=C1..30
            preNo C18
            logisticsCode! C0..18 old=C1..18
            logisticsName! C0..100 old=C1..100
            trafMode! C1
            trafName C0..100
            voyageNo C0..32
            billNo C0..37
            leaveTime! C14
            msgCount! I9
            msgSeqNo! I9
            note C0..1000
            """,
        lineFields: """
            gnum! I5
            totalPackageNo C0..37
            logisticsNo! C0..32 old=C1..80
            note C0..1000
            """)
}
