extension CEBMessage {
    /// 汇总结果单: the customs entry that lists were summed up into.
    /// Source: XSD of both editions, `CEB792Message`.
    static let ceb792 = CEBMessage(
        "CEB792", "汇总结果单", document: "SummaryResult", head: "SummaryResultHead",
        lines: "SummaryResultList", direction: .export, meaning: .summaryResult, subject: .summary,
        times: [.opDate], lineCount: 0...CEBMessage.splitLines, olderLineCount: 0...100,
        fields: """
            guid! C36
            customsCode! C4
            sumNo! C18
            opDate! C17
            declSeqNo! C18
            decTmpNo C18
            decPreNo C18
            entryId C18
            decState! C1..3
            agentCode! C0..18
            agentName! C0..100
            ebcCode! C0..18
            ebcName! C0..100
            declAgentCode! C0..18
            declAgentName! C0..100
            grossWeight! N
            netWeight! N
            msgCount! I9
            msgSeqNo! I9
            note C0..1000
            """,
        lineFields: """
            invtNo! C0..20 old=C18
            logisticsNo! C0..32 old=C0..80
            gseqno! I5 old=-
            gnum! I5
            gcode! C10
            """)
}
