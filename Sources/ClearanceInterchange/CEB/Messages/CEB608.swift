extension CEBMessage {
    /// 清单总分单回执: the receipt of the lists under one bill.
    /// Source: XSD of both editions, `CEB608Message`.
    static let ceb608 = CEBMessage(
        "CEB608", "清单总分单回执", document: "WayBillReturn", direction: .export,
        meaning: .receipt(.other), subject: .manifest, times: [.returnTime],
        fields: """
            guid! C36
            agentCode! C0..18
            logisticsCode! C0..18
            copNo! C0..30
            preNo! C18
            billNo! C0..37
            msgSeqNo! I9
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
