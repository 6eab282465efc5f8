extension CEBMessage {
    /// 出口清单回执: the receipt of an export list.
    /// Source: XSD of both editions, `CEB604Message`.
    static let ceb604 = CEBMessage(
        "CEB604", "出口清单回执", document: "InventoryReturn", direction: .export,
        meaning: .receipt(.list), subject: .declaration, times: [.returnTime],
        fields: """
            guid! C36
            agentCode! C0..18
            copNo! C0..30
            preNo! C18
            invtNo! C0..20 old=C18
            ebcCode! C0..18
            ebpCode! C0..18 old=C1..50
            orderNo! C0..60
            statisticsFlag! C1
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
