extension CEBMessage {
    /// 电子税单状态: the status of an electronic tax bill.
    /// Source: XSD of both editions, `CEB818Message`.
    static let ceb818 = CEBMessage(
        "CEB818", "电子税单状态", document: "Tax", head: "TaxHeadStatus", meaning: .tax, subject: .tax,
        times: [.returnTime], documents: CEBMessage.unboundedDocuments, keepsTrailing: true,
        fields: """
            guid! C36
            returnTime! C17
            invtNo! C1..18
            taxNo! C1..50
            status! C1 =1,2,3
            entDutyNo C0..50
            assureCode C0..64
            """)
}
