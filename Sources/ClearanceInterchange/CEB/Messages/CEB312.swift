extension CEBMessage {
    /// 电子订单回执: the receipt of an import order.
    /// Source: XSD of both editions, `CEB312Message`.
    static let ceb312 = CEBMessage(
        "CEB312", "电子订单回执", document: "OrderReturn",
        meaning: .receipt(.paper("order")), subject: .order, times: [.returnTime],
        fields: """
            guid! C36
            ebpCode! C1..18
            ebcCode! C1..18
            orderNo! C1..60
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C1..1000
            """)
}
