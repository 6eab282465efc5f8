extension CEBMessage {
    /// 电子订单回执: the receipt of an export order.
    /// Source: XSD of both editions, `CEB304Message`.
    static let ceb304 = CEBMessage(
        "CEB304", "电子订单回执", document: "OrderReturn", direction: .export,
        meaning: .receipt(.paper("order")), subject: .order, times: [.returnTime],
        fields: """
            guid! C36
            ebpCode! C0..18 old=C1..50
            ebcCode! C0..18
            orderNo! C0..60
            returnStatus! C1..10
            returnTime! C17
            returnInfo! C0..1000
            """)
}
