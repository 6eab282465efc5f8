extension CEBMessage {
    /// 运抵单回执: the receipt of an arrival.
    /// Source: XSD of both editions, `CEB508Message`.
    static let ceb508 = CEBMessage(
        "CEB508", "运抵单回执", document: "ArrivalReturn", direction: .export, meaning: .receipt(.other),
        subject: .arrival, times: [.returnTime],
        fields: """
            guid! C36
            operatorCode! C0..18
            logisticsCode! C0..18
            preNo! C18
            copNo! C0..30
            billNo! C0..37
            msgSeqNo! I9
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
