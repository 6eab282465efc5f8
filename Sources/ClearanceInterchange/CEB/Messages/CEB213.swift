extension CEBMessage {
    /// 退货申请单: the request to take exports back.
    /// Source: XSD of 202205 alone, `CEB213Message`.
    static let ceb213 = CEBMessage(
        "CEB213", "退货申请单", document: "InvtRefund", head: "InvtRefundHead", lines: "InvtRefundList",
        direction: .export, meaning: .returnRequest, subject: .goodsReturn, times: [.appTime],
        since: .v202205, lineCount: 1...100,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1
            customsCode! C4
            loctNo C0..10
            ebpCode! C0..18
            ebpName! C0..100
            ebcCode! C0..18
            ebcName! C0..100
            logisticsNo! C0..80
            logisticsCode! C0..18
            logisticsName! C0..100
            coElNo! C0..30
            preNo C0..18
            invtNo! C0..20
            tradeMode C4
            agentCode! C0..18
            agentName! C0..100
            billNo! C0..37
            ieFlag! C0..1 =I
            trafMode! C0..1
            trafName! C0..100
            portCode! C0..4
            reason! C0..500
            country! C0..3
            voyageNo! C0..32
            note C0..500
            """,
        lineFields: """
            gnum! I4
            gcode! C0..10
            gname! C0..250
            gmodel! C0..250
            qty! N
            qty1! N
            unit! C3
            unit1! C3
            qty2 N
            unit2 C3
            note C0..500
            """)
}
