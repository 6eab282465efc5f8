extension CEBMessage {
    /// 进口清单: the import list.
    /// Source: XSD of both editions, `CEB621Message`.
    static let ceb621 = CEBMessage(
        "CEB621", "进口清单", document: "Inventory", head: "InventoryHead", lines: "InventoryList",
        meaning: .list, subject: .declaration, times: [.appTime], needsSignature: true,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1..3
            orderNo! C1..60
            ebpCode! C1..18
            ebpName! C1..100
            ebcCode! C1..18
            ebcName! C1..100
            logisticsNo! C1..60
            logisticsCode! C1..18
            logisticsName! C1..100
            copNo C0..20
            preNo C0..18
            assureCode! C1..30
            emsNo C0..30
            invtNo C0..18
            ieFlag! C1 =I
            declTime! C8
            customsCode! C4
            portCode! C4
            ieDate C8
            buyerIdType! C1
            buyerIdNumber! C1..60
            buyerName! C1..60
            buyerTelephone! C1..30
            consigneeAddress! C1..200
            agentCode! C1..18
            agentName! C1..100
            areaCode C0..18
            areaName C0..100
            tradeMode! C4
            trafMode! C1
            trafNo C0..100
            voyageNo C0..32
            billNo C0..37
            loctNo C0..10
            licenseNo C0..19
            country! C3
            freight! N
            insuredFee! N
            currency! C3=142
            wrapType C1
            packNo! I9
            grossWeight! N
            netWeight! N
            note C0..1000
            """,
        lineFields: """
            gnum! I
            itemRecordNo C0..30
            itemNo C0..20 old=C0..30
            itemName C0..250
            gcode! C10
            gname! C1..250
            gmodel! C1..510
            barCode C0..50
            country! C3
            tradeCountry C1..3 old=C3
            currency! C3=142
            qty! N
            unit! C3
            qty1! N
            unit1! C3
            qty2 N
            unit2 C3
            price! N
            totalPrice! N
            note C0..1000
            """)
}
