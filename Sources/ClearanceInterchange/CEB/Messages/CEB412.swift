extension CEBMessage {
    /// 支付凭证回执: the receipt of an import payment.
    /// Source: XSD of both editions, `CEB412Message`.
    static let ceb412 = CEBMessage(
        "CEB412", "支付凭证回执", document: "PaymentReturn",
        meaning: .receipt(.paper("payment")), subject: .payment, times: [.returnTime],
        fields: """
            guid! C36
            payCode! C1..18
            payTransactionId! C1..60
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C1..1000
            """)
}
