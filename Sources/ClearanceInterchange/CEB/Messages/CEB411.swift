extension CEBMessage {
    /// 支付凭证: the import payment.
    /// Source: XSD of both editions, `CEB411Message`.
    static let ceb411 = CEBMessage(
        "CEB411", "支付凭证", document: "Payment", head: "PaymentHead",
        meaning: .paper("payment"), subject: .payment, times: [.payTime, .appTime],
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1..3
            payCode! C1..18
            payName! C1..100
            payTransactionId! C1..60
            orderNo! C1..60
            ebpCode! C1..18
            ebpName! C1..100
            payerIdType! C1
            payerIdNumber! C1..60
            payerName! C1..60
            telephone C0..60
            amountPaid! N
            currency! C3=142
            payTime! C14
            note C0..1000
            """)
}
