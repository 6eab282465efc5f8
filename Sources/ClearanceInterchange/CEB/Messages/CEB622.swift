extension CEBMessage {
    /// 进口清单回执: the receipt of an import list.
    /// Source: XSD of both editions, `CEB622Message`.
    static let ceb622 = CEBMessage(
        "CEB622", "进口清单回执", document: "InventoryReturn",
        meaning: .receipt(.list), subject: .declaration, times: [.returnTime],
        fields: """
            guid! C36
            customsCode C4
            ebpCode C1..18
            ebcCode C1..18
            agentCode C1..18
            copNo! C1..20
            preNo! C18
            invtNo C18
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C1..1000
            """)
}
