extension CEBMessage {
    /// 离境单回执: the receipt of a departure.
    /// Source: XSD of both editions, `CEB510Message`.
    static let ceb510 = CEBMessage(
        "CEB510", "离境单回执", document: "DepartureReturn", direction: .export,
        meaning: .receipt(.other), subject: .departure, times: [.returnTime],
        fields: """
            guid! C36
            logisticsCode! C0..18
            copNo! C0..30
            preNo! C18
            msgSeqNo! I9
            returnStatus! C1..10 old=C0..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
