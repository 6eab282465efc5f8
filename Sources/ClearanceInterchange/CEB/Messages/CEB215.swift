extension CEBMessage {
    /// 理货明细单: the tally of exports that came back.
    /// Source: XSD of 202205 alone, `CEB215Message`.
    static let ceb215 = CEBMessage(
        "CEB215", "理货明细单", document: "InvtRefundDetail", direction: .export,
        meaning: .fact("return.tallied", stem: "return.tally"), subject: .tallySheet,
        times: [.appTime], since: .v202205,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1
            customsCode! C4
            operatorCode! C0..18
            operatorName! C0..100
            logisticsCode! C0..18
            logisticsName! C0..100
            logisticsNo! C0..80
            invtNo C0..20
            coElNo! C0..20
            preNo C0..18
            billNo! C0..37
            ieFlag! C1 =I
            trafMode! C1
            trafName! C0..100
            voyageNo! C0..32
            location C0..250
            note C0..250
            """)
}
