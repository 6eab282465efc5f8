extension CEBMessage {
    /// 撤销申请单: the request to cancel an export list.
    /// Source: XSD of both editions, `CEB605Message`.
    static let ceb605 = CEBMessage(
        "CEB605", "撤销申请单", document: "InvtCancel", direction: .export,
        meaning: .fact("declare.cancelRequested", stem: "declare.cancel"), subject: .cancel,
        times: [.appTime],
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1
            customsCode! C4
            copNo! C0..30 old=C1..30
            preNo C18
            invtNo! C0..20 old=C18
            reason! C0..1000 old=C1..1000
            agentCode! C0..18 old=C1..18
            agentName! C0..100 old=C1..100
            ebcCode! C0..18 old=C1..18
            ebcName! C0..100 old=C1..100
            note C0..1000
            """)
}
