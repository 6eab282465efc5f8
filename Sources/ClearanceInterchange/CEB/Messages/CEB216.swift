extension CEBMessage {
    /// 理货明细单回执: the receipt of a tally of exports that came back.
    /// Source: XSD of 202205 alone, `CEB216Message`.
    static let ceb216 = CEBMessage(
        "CEB216", "理货明细单回执", document: "InvtRefundDetailReturn", direction: .export,
        meaning: .receipt(.other), subject: .tallySheet, times: [.returnTime], since: .v202205,
        fields: """
            guid! C36
            operatorCode! C0..18
            logisticsCode! C0..18
            logisticsNo! C0..80
            coElNo! C0..30
            preNo C0..18
            returnStatus! C0..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
