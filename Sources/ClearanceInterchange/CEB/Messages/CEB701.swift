extension CEBMessage {
    /// 汇总申请单: the request to sum export lists up.
    /// Source: XSD of both editions, `CEB701Message`.
    static let ceb701 = CEBMessage(
        "CEB701", "汇总申请单", document: "SummaryApply", head: "SummaryApplyHead",
        lines: "SummaryApplyList", direction: .export,
        meaning: .fact("declare.summaryRequested", stem: "declare.summary"),
        subject: .summary, times: [.appTime], lineCount: 0...CEBMessage.splitLines,
        olderLineCount: 1...100,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1?2
            customsCode! C4
            copNo! C0..30 old=C1..30
            preNo C0..18
            sumNo C0..18
            agentCode! C0..18 old=C1..18
            agentName! C0..100 old=C1..100
            ebcCode! C0..18 old=C1..18
            ebcName! C0..100 old=C1..100
            declAgentCode! C0..18 old=C1..18
            declAgentName! C0..100 old=C1..100
            startTime C14
            endTime C14
            loctNo C0..10
            summaryFlag! C1
            itemNameFlag! C1
            msgCount! I9
            msgSeqNo! I9
            note C0..1000
            """,
        lineFields: """
            invtNo! C0..20 old=C18
            """)
}
