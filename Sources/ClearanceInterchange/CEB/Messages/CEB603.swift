extension CEBMessage {
    /// 出口清单: the export list.
    /// Source: XSD of both editions, `CEB603Message`.
    static let ceb603 = CEBMessage(
        "CEB603", "出口清单", document: "Inventory", head: "InventoryHead", lines: "InventoryList",
        direction: .export, meaning: .list, subject: .declaration, times: [.appTime],
        lineCount: 1...100,
        fields: """
            guid! C36
            appType! C1
            appTime! C14
            appStatus! C1
            customsCode! C4
            ebpCode! C0..18 old=C1..50
            ebpName! C0..100 old=C1..100
            orderNo! C0..60 old=C1..60
            logisticsCode! C0..18 old=C1..18
            logisticsName! C0..100 old=C1..100
            logisticsNo! C0..32 old=C1..80
            copNo! C0..30 old=C1..30
            preNo C18
            invtNo C0..20 old=C18
            ieFlag! C1 =E
            portCode! C4
            ieDate! C8
            statisticsFlag! C1
            agentCode! C0..18 old=C1..18
            agentName! C0..100 old=C1..100
            ebcCode! C0..18 old=C1..18
            ebcName! C0..100 old=C1..100
            ownerCode! C0..18 old=C1..18
            ownerName! C0..100 old=C1..100
            iacCode C0..18
            iacName C0..100
            emsNo C0..30
            tradeMode! C4
            trafMode! C1
            trafName C0..100
            voyageNo C0..32
            billNo C0..37
            totalPackageNo C0..37 old=C0..60
            loctNo C0..10
            licenseNo C0..19
            country! C3
            POD! C3..4
            freight! N
            fCurrency! C3
            fFlag! C1=3 old=C1
            insuredFee! N
            iCurrency! C3
            iFlag! C1=3 old=C1
            wrapType! C1
            packNo! I9
            grossWeight! N
            netWeight! N
            note C0..1000
            """,
        lineFields: """
            gnum! I5
            itemNo! C0..20 old=C1..20
            itemRecordNo C0..30
            itemName C0..250
            gcode! C10
            gname! C0..250 old=C1..250
            gmodel! C0..250 old=C1..250
            barCode! C0..50 old=C1..50
            country! C3
            currency! C3
            qty! N
            qty1! N
            qty2 N
            unit! C3
            unit1! C3
            unit2 C0..3 old=C3
            price! N
            totalPrice! N
            note C0..1000
            """)
}
