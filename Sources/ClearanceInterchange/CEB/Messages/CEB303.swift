extension CEBMessage {
    /// 电子订单: the export order.
    /// Source: XSD of both editions, `CEB303Message`.
    static let ceb303 = CEBMessage(
        "CEB303", "电子订单", document: "Order", head: "OrderHead", lines: "OrderList",
        direction: .export, meaning: .paper("order"), subject: .order, times: [.appTime],
        lineCount: 1...100,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1?1 old=C1?2
            orderType! C1 =E,B,W
            orderNo! C0..60 old=C1..60
            ebpCode! C0..18 old=C1..50
            ebpName! C0..100 old=C1..100
            ebcCode! C0..18 old=C1..18
            ebcName! C0..100 old=C1..100
            goodsValue! N
            freight! N?0
            currency! C3
            note C0..1000
            """,
        lineFields: """
            gnum! I5
            itemNo! C0..30 old=C1..30
            itemName! C0..250 old=C1..250
            itemDescribe C0..1000
            barCode C0..50
            unit! C3
            currency! C3
            qty! N
            price! N
            totalPrice! N
            note C0..1000
            """)
}
