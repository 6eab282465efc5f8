extension CEBMessage {
    /// 退货申请单: the request to return imports.
    /// Source: XSD of both editions, `CEB625Message`.
    static let ceb625 = CEBMessage(
        "CEB625", "退货申请单", document: "InvtRefund", head: "InvtRefundHead", lines: "InvtRefundList",
        meaning: .returnRequest, subject: .goodsReturn, times: [.appTime], needsSignature: true,
        lineCount: 1...99,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1..3
            customsCode! C4
            orderNo! C1..60
            ebpCode! C1..18
            ebpName! C1..100
            ebcCode! C1..18
            ebcName! C1..100
            logisticsNo! C1..60
            logisticsCode! C1..18
            logisticsName! C1..100
            copNo C0..20
            preNo C0..18
            invtNo! C1..18
            buyerIdType! C1
            buyerIdNumber! C1..60
            buyerName! C1..60
            buyerTelephone! C1..30
            agentCode! C1..18
            agentName! C1..100
            reason! C1..1000
            note C0..1000
            """,
        lineFields: """
            gnum! I
            gcode! C10
            gname! C1..250
            qty! N
            unit! C3
            note C0..1000
            """)
}
