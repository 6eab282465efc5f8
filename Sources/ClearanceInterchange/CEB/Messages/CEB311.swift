extension CEBMessage {
    /// 电子订单: the import order.
    /// Source: XSD of both editions, `CEB311Message`.
    static let ceb311 = CEBMessage(
        "CEB311", "电子订单", document: "Order", head: "OrderHead", lines: "OrderList",
        meaning: .paper("order"), subject: .order, times: [.appTime],
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1..3
            orderType! C1 =I
            orderNo! C1..60
            ebpCode! C1..18
            ebpName! C1..100
            ebcCode! C1..18
            ebcName! C1..100
            goodsValue! N
            freight! N
            discount! N
            taxTotal! N
            acturalPaid! N
            currency! C3=142
            buyerRegNo! C1..60
            buyerName! C1..60
            buyerTelephone! C1..30
            buyerIdType! C1
            buyerIdNumber! C1..60
            payCode C0..18
            payName C0..100
            payTransactionId C0..60
            batchNumbers C0..100
            consignee! C1..100
            consigneeTelephone! C1..50
            consigneeAddress! C1..200
            consigneeDistrict C6
            note C0..1000
            """,
        lineFields: """
            gnum! I
            itemNo C0..30
            itemName! C1..250
            gmodel! C1..510
            itemDescribe C0..1000
            barCode C0..50
            unit! C3
            qty! N
            price! N
            totalPrice! N
            currency! C3=142
            country! C3
            note C0..1000
            """)
}
