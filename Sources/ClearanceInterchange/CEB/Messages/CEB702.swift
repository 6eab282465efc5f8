extension CEBMessage {
    /// 汇总申请单回执: the receipt of a request to sum lists up.
    /// Source: XSD of both editions, `CEB702Message`.
    static let ceb702 = CEBMessage(
        "CEB702", "汇总申请单回执", document: "SummaryReturn", direction: .export,
        meaning: .receipt(.summary), subject: .summary, times: [.returnTime],
        fields: """
            guid! C36
            agentCode! C0..18
            ebcCode! C0..18
            copNo! C0..30
            preNo! C18
            sumNo C18
            msgSeqNo! I9
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
