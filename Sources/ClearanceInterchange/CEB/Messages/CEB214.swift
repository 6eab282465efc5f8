extension CEBMessage {
    /// 退货申请单回执: the receipt of a request to take exports back.
    /// Source: XSD of 202205 alone, `CEB214Message`.
    static let ceb214 = CEBMessage(
        "CEB214", "退货申请单回执", document: "RefundReturn", direction: .export,
        meaning: .receipt(.goodsReturn), subject: .goodsReturn, times: [.returnTime],
        since: .v202205,
        fields: """
            guid! C36
            ebpCode C0..18
            ebcCode C0..18
            agentCode! C0..18
            coElNo! C0..30
            preNo C0..18
            invtNo! C0..20
            returnStatus! C0..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
