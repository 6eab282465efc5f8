import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import Seeded
import Testing

/// 9610 exports from the list to the customs entry, told by messages alone: 603, 607, 507, 509,
/// 701, 792.
@Suite struct ExportChainTests {
    /// Two lists on one bill: each parcel is one thing, and everything on the bill is about both.
    @Test("An export is one thing from its list to the customs entry, whatever order it comes in")
    func chain() throws {
        let events = try ExportMessages.all.flatMap { name, text in
            try CustomsTraceKit.events(text, file: name)
        }
        #expect(events.count == ExportMessages.all.count)
        var digests: Set<String> = []
        for seed in 1...4 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let order = seed == 1 ? events : events.shuffled(using: &generator)
            let kept = try LivesLedger(order, batch: 3)
            let view = try kept.ledger.view()
            for number in 1...2 {
                var things: Set<Digest16> = []
                for alias in ExportMessages.names(of: number) {
                    let found = try view.things(Consignments.self, subject: alias)
                    #expect(found.count == 1, "seed \(seed), \(alias)")
                    things.formUnion(found)
                }
                #expect(things.count == 1, "seed \(seed)")
                let thing = try #require(things.first)
                let told = try view.events(Consignments.self, thing: thing).map {
                    $0.event.type.name
                }
                #expect(told.sorted() == ExportMessages.types(of: number), "seed \(seed)")
            }
            for alias in ExportMessages.shared {
                let found = try view.things(Consignments.self, subject: alias)
                #expect(found.count == 2, "seed \(seed), \(alias)")
            }
            digests.insert(try kept.digest())
        }
        #expect(digests.count == 1)
    }
}

/// The messages of two exports under one bill, as the parties and customs send them.
enum ExportMessages {
    /// The type of every event of one of the two lists, in alphabetical order.
    static func types(of number: Int) -> [String] {
        [
            "declare.accepted", "declare.manifest", "declare.submitted",
            "declare.summaryDeclared", "declare.summaryRequested", "move.arrived",
            "move.departed", "order.submitted", "proceeds.submitted", "receipt.progress",
            "receipt.progress", "receipt.progress", "release.closed",
            "release.granted", "waybill.submitted",
        ]
    }

    /// What a person may call one of the two exports.
    static func names(of number: Int) -> [String] {
        [
            "order:~46019600E1/X\(number)", "waybill:46019800L1/W\(number)",
            "declaration:46019600A1/C\(number)", "pre:B2026010200000000\(number)",
            "list:46012026E00000000\(number)", "proceeds:46019600E1/X\(number)",
        ]
    }

    /// What both are part of.
    static let shared = [
        "manifest:46019600A1/M1", "summary:46019600A1/S1", "summary:46019600A1/~S20260110000000001",
        "customsEntry:460120260000000001", "bill:AWB1",
    ]

    private static func papers(_ number: Int) -> [(String, String)] {
        let order = request(
            "CEB303", "Order",
            head: "OrderHead",
            [
                ("orderType", "E"), ("orderNo", "X\(number)"), ("ebpCode", "无"), ("ebpName", "无"),
                ("ebcCode", "46019600E1"), ("ebcName", "外贸企业"), ("goodsValue", "20"),
                ("freight", "0"), ("currency", "142"),
            ],
            lines: "OrderList",
            [
                [
                    ("gnum", "1"), ("itemNo", "K1"), ("itemName", "杯子"), ("unit", "011"),
                    ("currency", "142"), ("qty", "2"), ("price", "10"), ("totalPrice", "20"),
                ]
            ])
        let waybill = request(
            "CEB505", "Logistics", head: nil,
            [
                ("logisticsCode", "46019800L1"), ("logisticsName", "物流"),
                ("logisticsNo", "W\(number)"), ("freight", "0"), ("insuredFee", "0"),
                ("currency", "142"), ("grossWeight", "1.2"), ("packNo", "1"),
                ("goodsInfo", "杯子"),
            ])
        let proceeds = request(
            "CEB403", "Receipts", head: nil,
            [
                ("ebpCode", "无"), ("ebpName", "无"), ("ebcCode", "46019600E1"),
                ("ebcName", "外贸企业"), ("orderNo", "X\(number)"), ("payName", "现金支付"),
                ("charge", "20"), ("currency", "142"), ("accountingDate", "20260101120000"),
            ])
        return [
            ("CEB303-\(number)", order), ("CEB505-\(number)", waybill),
            ("CEB403-\(number)", proceeds), ("CEB603-\(number)", list(number)),
        ] + ["120", "800", "899"].map { ("CEB604-\(number)-\($0)", receipt(number, $0)) }
    }

    private static func list(_ number: Int) -> String {
        request(
            "CEB603", "Inventory", head: "InventoryHead",
            [
                ("customsCode", "4601"), ("ebpCode", "无"), ("ebpName", "无"),
                ("orderNo", "X\(number)"), ("logisticsCode", "46019800L1"),
                ("logisticsName", "物流"), ("logisticsNo", "W\(number)"), ("copNo", "C\(number)"),
                ("ieFlag", "E"), ("portCode", "4601"), ("ieDate", "20260103"),
                ("statisticsFlag", "B"), ("agentCode", "46019600A1"), ("agentName", "报关"),
                ("ebcCode", "46019600E1"), ("ebcName", "外贸企业"), ("ownerCode", "NO"),
                ("ownerName", "生产企业"), ("tradeMode", "9610"), ("trafMode", "5"),
                ("country", "502"), ("POD", "3001"), ("freight", "0"), ("fCurrency", "142"),
                ("fFlag", "3"), ("insuredFee", "0"), ("iCurrency", "142"), ("iFlag", "3"),
                ("wrapType", "2"), ("packNo", "1"), ("grossWeight", "1.2"), ("netWeight", "1"),
            ],
            lines: "InventoryList",
            [
                [
                    ("gnum", "1"), ("itemNo", "K1"), ("gcode", "6911101900"), ("gname", "杯子"),
                    ("gmodel", "瓷"), ("barCode", "无"), ("country", "502"), ("currency", "142"),
                    ("qty", "2"), ("qty1", "1"), ("unit", "011"), ("unit1", "035"), ("price", "10"),
                    ("totalPrice", "20"),
                ]
            ])
    }

    private static func receipt(_ number: Int, _ status: String) -> String {
        answer(
            "CEB604", "InventoryReturn",
            [
                ("agentCode", "46019600A1"), ("copNo", "C\(number)"),
                ("preNo", "B2026010200000000\(number)"),
                ("invtNo", "46012026E00000000\(number)"), ("ebcCode", "46019600E1"),
                ("ebpCode", "无"), ("orderNo", "X\(number)"), ("statisticsFlag", "B"),
                ("returnStatus", status), ("returnTime", "20260102100000\(status)"),
                ("returnInfo", "回执"),
            ])
    }

    /// In the order in which they are sent.
    static let all: [(String, String)] =
        papers(1) + papers(2) + [
            ("CEB607", manifest), ("CEB608", split("CEB608", "WayBillReturn", manifestNames)),
            ("CEB507", arrival), ("CEB508", split("CEB508", "ArrivalReturn", arrivalNames)),
            ("CEB509", departure), ("CEB510", split("CEB510", "DepartureReturn", departureNames)),
            ("CEB701", summary), ("CEB702", split("CEB702", "SummaryReturn", summaryNames)),
            ("CEB792", result),
        ]

    private static let manifestNames = [
        ("agentCode", "46019600A1"), ("logisticsCode", "46019800L1"), ("copNo", "M1"),
        ("preNo", "Z20260103000000001"), ("billNo", "AWB1"),
    ]
    private static let arrivalNames = [
        ("operatorCode", "46019700O1"), ("logisticsCode", "46019800L1"),
        ("preNo", "Y20260103000000001"), ("copNo", "R1"), ("billNo", "AWB1"),
    ]
    private static let departureNames = [
        ("logisticsCode", "46019800L1"), ("copNo", "D1"), ("preNo", "L20260104000000001"),
    ]
    private static let summaryNames = [
        ("agentCode", "46019600A1"), ("ebcCode", "46019600E1"), ("copNo", "S1"),
        ("preNo", "H20260110000000001"), ("sumNo", "S20260110000000001"),
    ]

    private static let manifest = request(
        "CEB607", "WayBill", head: "WayBillHead",
        [
            ("customsCode", "4601"), ("copNo", "M1"), ("agentCode", "46019600A1"),
            ("agentName", "报关"), ("trafMode", "5"), ("trafName", "CA1"), ("voyageNo", "1"),
            ("billNo", "AWB1"), ("grossWeight", "2.4"), ("logisticsCode", "46019800L1"),
            ("logisticsName", "物流"), ("msgCount", "1"), ("msgSeqNo", "1"),
        ],
        lines: "WayBillList",
        (1...2).map {
            [
                ("gnum", "\($0)"), ("logisticsNo", "W\($0)"),
                ("invtNo", "46012026E00000000\($0)"),
            ]
        })

    /// Without a list of parcels: all of the bill has arrived.
    private static let arrival = request(
        "CEB507", "Arrival", head: "ArrivalHead",
        [
            ("customsCode", "4601"), ("copNo", "R1"), ("operatorCode", "46019700O1"),
            ("operatorName", "监管场所"), ("ieFlag", "E"), ("trafMode", "5"), ("billNo", "AWB1"),
            ("domesticTrafNo", "琼A00000"), ("logisticsCode", "46019800L1"),
            ("logisticsName", "物流"), ("msgCount", "1"), ("msgSeqNo", "1"),
        ])

    private static let departure = request(
        "CEB509", "Departure", head: "DepartureHead",
        [
            ("customsCode", "4601"), ("copNo", "D1"), ("logisticsCode", "46019800L1"),
            ("logisticsName", "物流"), ("trafMode", "5"), ("billNo", "AWB1"),
            ("leaveTime", "20260104080000"), ("msgCount", "1"), ("msgSeqNo", "1"),
        ],
        lines: "DepartureList",
        (1...2).map { [("gnum", "\($0)"), ("logisticsNo", "W\($0)")] })

    private static let summary = request(
        "CEB701", "SummaryApply", head: "SummaryApplyHead",
        [
            ("customsCode", "4601"), ("copNo", "S1"), ("agentCode", "46019600A1"),
            ("agentName", "报关"), ("ebcCode", "46019600E1"), ("ebcName", "外贸企业"),
            ("declAgentCode", "46019600A1"), ("declAgentName", "报关"), ("summaryFlag", "1"),
            ("itemNameFlag", "1"), ("msgCount", "1"), ("msgSeqNo", "1"),
        ],
        lines: "SummaryApplyList", (1...2).map { [("invtNo", "46012026E00000000\($0)")] })

    private static let result = answer(
        "CEB792", "SummaryResult", head: "SummaryResultHead",
        [
            ("customsCode", "4601"), ("sumNo", "S20260110000000001"),
            ("opDate", "20260111090000000"), ("declSeqNo", "D20260111000000001"),
            ("entryId", "460120260000000001"), ("decState", "A"), ("agentCode", "46019600A1"),
            ("agentName", "报关"), ("ebcCode", "46019600E1"), ("ebcName", "外贸企业"),
            ("declAgentCode", "46019600A1"), ("declAgentName", "报关"), ("grossWeight", "2.4"),
            ("netWeight", "2"), ("msgCount", "1"), ("msgSeqNo", "1"),
        ],
        lines: "SummaryResultList",
        (1...2).map {
            [
                ("invtNo", "46012026E00000000\($0)"), ("logisticsNo", "W\($0)"),
                ("gseqno", "1"), ("gnum", "1"), ("gcode", "6911101900"),
            ]
        })

    // MARK: XML

    private static let guid = "00000000-0000-0000-0000-000000000001"

    /// What an enterprise declares on the third of January.
    private static func request(
        _ number: String, _ document: String, head: String?, _ fields: [(String, String)],
        lines: String = "", _ items: [[(String, String)]] = []
    ) -> String {
        let own = [("appType", "1"), ("appTime", "20260103090000"), ("appStatus", "2")]
        return message(
            number, document, head: head, own + fields, lines: lines, items,
            tail: "<BaseTransfer><copCode>46019600A1</copCode><copName>报关</copName>"
                + "<dxpMode>DXP</dxpMode><dxpId>DXPENT0000000001</dxpId></BaseTransfer>")
    }

    /// The receipt 399 of a document that may be split.
    private static func split(
        _ number: String, _ document: String, _ names: [(String, String)]
    ) -> String {
        answer(
            number, document,
            names + [
                ("msgSeqNo", "1"), ("returnStatus", "399"), ("returnTime", "20260103120000000"),
                ("returnInfo", "海关审结"),
            ])
    }

    private static func answer(
        _ number: String, _ document: String, head: String? = nil,
        _ fields: [(String, String)], lines: String = "", _ items: [[(String, String)]] = []
    ) -> String {
        message(number, document, head: head, fields, lines: lines, items, tail: "")
    }

    private static func message(
        _ number: String, _ document: String, head: String?, _ fields: [(String, String)],
        lines: String, _ items: [[(String, String)]], tail: String
    ) -> String {
        var body = elements([("guid", guid)] + fields)
        if let head { body = "<\(head)>\(body)</\(head)>" }
        body += items.map { "<\(lines)>\(elements($0))</\(lines)>" }.joined()
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
            + "<\(number)Message xmlns=\"http://www.chinaport.gov.cn/ceb\" guid=\"\(guid)\" "
            + "version=\"1.0\"><\(document)>\(body)</\(document)>\(tail)</\(number)Message>"
    }

    private static func elements(_ fields: [(String, String)]) -> String {
        fields.map { "<\($0.0)>\($0.1)</\($0.0)>" }.joined()
    }
}
