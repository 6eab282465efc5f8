extension CEBMessage {
    /// 入库明细单回执: the receipt of an arrival of imports.
    /// Source: XSD of both editions, `CEB712Message`.
    static let ceb712 = CEBMessage(
        "CEB712", "入库明细单回执", document: "DeliveryReturn", meaning: .receipt(.other),
        subject: .arrival, times: [.returnTime],
        fields: """
            guid! C36
            customsCode C4
            operatorCode C1..18
            copNo C0..20
            preNo C0..18
            rkdNo C0..18
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C1..1000
            """)
}
