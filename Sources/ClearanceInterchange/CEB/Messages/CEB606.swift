extension CEBMessage {
    /// 撤销申请单回执: the receipt of a request to cancel an export list.
    /// Source: XSD of both editions, `CEB606Message`.
    static let ceb606 = CEBMessage(
        "CEB606", "撤销申请单回执", document: "InvtCancelReturn", direction: .export,
        meaning: .receipt(.cancel), subject: .cancel, times: [.returnTime],
        fields: """
            guid! C36
            agentCode! C0..18
            copNo! C0..30
            preNo! C18
            invtNo! C0..20 old=C18
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
