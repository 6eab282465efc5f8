extension CEBMessage {
    /// 撤销申请单回执: the receipt of a request to cancel an import list.
    /// Source: XSD of both editions, `CEB624Message`.
    static let ceb624 = CEBMessage(
        "CEB624", "撤销申请单回执", document: "InvtCancelReturn", meaning: .receipt(.cancel),
        subject: .cancel, times: [.returnTime],
        fields: """
            guid! C36
            customsCode C4
            agentCode C1..18
            ebpCode C1..18
            ebcCode C1..18
            copNo! C1..20
            preNo! C18
            invtNo C18
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C1..1000
            """)
}
