extension CEBMessage {
    /// 撤销申请单: the request to cancel an import list.
    /// Source: XSD of both editions, `CEB623Message`.
    static let ceb623 = CEBMessage(
        "CEB623", "撤销申请单", document: "InvtCancel",
        meaning: .fact("declare.cancelRequested", stem: "declare.cancel"),
        subject: .cancel, times: [.appTime], needsSignature: true,
        fields: """
            guid! C36
            appType! C1 =1
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
            """)
}
