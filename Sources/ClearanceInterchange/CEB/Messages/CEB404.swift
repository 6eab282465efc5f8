extension CEBMessage {
    /// 收款单回执: the receipt of an export's proceeds.
    /// Source: XSD of both editions, `CEB404Message`.
    static let ceb404 = CEBMessage(
        "CEB404", "收款单回执", document: "ReceiptsReturn", direction: .export,
        meaning: .receipt(.paper("proceeds")), subject: .proceeds, times: [.returnTime],
        fields: """
            guid! C36
            ebcCode! C0..18
            orderNo! C0..60
            payNo C0..60
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
