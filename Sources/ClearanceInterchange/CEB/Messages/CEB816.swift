extension CEBMessage {
    /// 电子税单: the electronic tax bill.
    /// Source: XSD of both editions, `CEB816Message`.
    static let ceb816 = CEBMessage(
        "CEB816", "电子税单", document: "Tax", head: "TaxHeadRd", lines: "TaxListRd", meaning: .tax,
        subject: .tax, times: [.returnTime], documents: CEBMessage.unboundedDocuments,
        lineCount: 1...99, keepsTrailing: true,
        fields: """
            guid! C36
            returnTime! C17
            invtNo! C1..18
            taxNo! C1..50
            customsTax! N
            valueAddedTax! N
            consumptionTax! N
            status! C1 =1,2,3
            entDutyNo C0..50
            note C0..1000
            assureCode C0..64
            ebcCode C0..64
            logisticsCode C0..64
            agentCode C1..18
            customsCode C4
            """,
        lineFields: """
            gnum! I
            gcode! C10
            taxPrice! N
            customsTax! N
            valueAddedTax! N
            consumptionTax! N
            """)
}
