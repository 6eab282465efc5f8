extension CEBMessage {
    /// 退货申请单回执: the receipt of a request to return imports.
    /// Source: XSD of both editions, `CEB626Message`.
    static let ceb626 = CEBMessage(
        "CEB626", "退货申请单回执", document: "InvtRefundReturn", meaning: .receipt(.goodsReturn),
        subject: .goodsReturn, times: [.returnTime],
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
