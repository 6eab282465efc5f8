extension CEBMessage {
    /// 收款单: the receipt of money for an export order.
    /// Source: XSD of both editions, `CEB403Message`.
    static let ceb403 = CEBMessage(
        "CEB403", "收款单", document: "Receipts", direction: .export, meaning: .paper("proceeds"),
        subject: .proceeds, times: [.accountingDate, .appTime],
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1?1 old=C1?2
            ebpCode! C0..18 old=C1..50
            ebpName! C0..100 old=C1..100
            ebcCode! C0..18 old=C1..18
            ebcName! C0..100 old=C1..100
            orderNo! C0..60 old=C1..60
            payCode C0..18
            payName! C0..100 old=C1..100
            payNo C0..60
            charge! N
            currency! C3
            accountingDate! C14
            note C0..1000
            """)
}
