/// Small papers for the tests, with impossible identities only.
enum Papers {
    static let order = #"""
        {"specversion":"1.0","id":"o-1","source":"urn:clearance:test",\#
        "type":"clearance.order.submitted","subject":"order:EBP1/NO1",\#
        "time":"2026-03-01T09:00:00+08:00","data":{"orderNo":"NO1","ebpCode":"EBP1",\#
        "ebcCode":"EBC1","acturalPaid":"129.12","currency":"CNY","buyerName":"测试",\#
        "buyerIdNumber":"110101190001010006"}}
        """#
    static let payment = #"""
        {"specversion":"1.0","id":"p-1","source":"urn:clearance:test",\#
        "type":"clearance.payment.submitted","subject":"payment:PAY1/T1",\#
        "time":"2026-03-01T09:00:05+08:00","data":{"payCode":"PAY1","payTransactionId":"T1",\#
        "orderNo":"NO1","ebpCode":"EBP1","payerName":"测试",\#
        "payerIdNumber":"110101190001010006","amountPaid":"129.12","currency":"CNY"}}
        """#
    static let waybill = #"""
        {"specversion":"1.0","id":"w-1","source":"urn:clearance:test",\#
        "type":"clearance.waybill.submitted","subject":"waybill:LOG1/W1",\#
        "time":"2026-03-01T12:00:00+08:00","data":{"logisticsCode":"LOG1","logisticsNo":"W1",\#
        "orderNo":"NO1","weight":"1.2"}}
        """#

    /// An order with `text` put into its data or envelope.
    static func order(data: String = "", envelope: String = "") -> String {
        var line = order
        if !data.isEmpty {
            line = line.replacing(#""orderNo":"NO1","#, with: #""orderNo":"NO1",\#(data),"#)
        }
        if !envelope.isEmpty {
            line = line.replacing(#""id":"o-1","#, with: #""id":"o-1",\#(envelope),"#)
        }
        return line
    }

    static let guid = "4CDE1CFD-EDED-46B1-946C-B8022E42FC00"

    /// The elements of an order of one line that no check has anything against.
    static let orderHead: [(String, String)] = [
        ("guid", guid), ("appType", "1"), ("appTime", "20260101090000"), ("appStatus", "2"),
        ("orderType", "I"), ("orderNo", "NO1"), ("ebpCode", "EBP1"), ("ebpName", "平台"),
        ("ebcCode", "1105910160"), ("ebcName", "电商"), ("goodsValue", "300"), ("freight", "10"),
        ("discount", "0"), ("taxTotal", "28.21"), ("acturalPaid", "338.21"),
        ("currency", "142"), ("buyerRegNo", "R1"), ("buyerName", "测试用户"),
        ("buyerTelephone", "13800000000"), ("buyerIdType", "1"),
        ("buyerIdNumber", "110101190001010006"), ("consignee", "测试用户"),
        ("consigneeTelephone", "13800000000"), ("consigneeAddress", "测试路一号"),
    ]
    static let orderLine: [(String, String)] = [
        ("gnum", "1"), ("itemName", "奶粉"), ("gmodel", "900g"), ("unit", "122"), ("qty", "2"),
        ("price", "150"), ("totalPrice", "300"), ("currency", "142"), ("country", "609"),
    ]

    static func elements(_ list: [(String, String)]) -> String {
        list.map { "<\($0.0)>\($0.1)</\($0.0)>" }.joined()
    }

    /// A list of elements with one value changed, removed (nil) or, when it is not there, added.
    static func changing(
        _ list: [(String, String)], _ name: String, to value: String?
    ) -> [(String, String)] {
        if let index = list.firstIndex(where: { $0.0 == name }) {
            var changed = list
            if let value { changed[index].1 = value } else { changed.remove(at: index) }
            return changed
        }
        return value.map { list + [(name, $0)] } ?? list
    }

    static func orderDocument(
        _ head: [(String, String)] = orderHead, _ line: [(String, String)] = orderLine
    ) -> String {
        "<Order><OrderHead>\(elements(head))</OrderHead>"
            + "<OrderList>\(elements(line))</OrderList></Order>"
    }

    static let transfer =
        "<BaseTransfer><copCode>COP1</copCode><copName>传输企业</copName><dxpMode>DXP</dxpMode>"
        + "<dxpId>DXPENT0000000001</dxpId></BaseTransfer>"

    static func message(_ body: String, tail: String = transfer) -> String {
        message("CEB311", body, tail: tail)
    }

    static func message(_ number: String, _ body: String, tail: String = transfer) -> String {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(number)Message "
            + "xmlns=\"http://www.chinaport.gov.cn/ceb\" guid=\"\(guid)\" version=\"1.0\">"
            + "\(body)\(tail)</\(number)Message>"
    }

    /// A receipt of a list with a status.
    static func receipt(_ number: String, status: String) -> String {
        let fields: [String: (String, [(String, String)])] = [
            "CEB312": (
                "OrderReturn", [("ebpCode", "EBP1"), ("ebcCode", "1105910160"), ("orderNo", "NO1")]
            ),
            "CEB412": ("PaymentReturn", [("payCode", "1101110323"), ("payTransactionId", "T1")]),
            "CEB512": (
                "LogisticsReturn", [("logisticsCode", "1101180326"), ("logisticsNo", "W1")]
            ),
            "CEB514": (
                "LogisticsStatusReturn",
                [("logisticsCode", "1101180326"), ("logisticsNo", "W1"), ("logisticsStatus", "S")]
            ),
            "CEB622": (
                "InventoryReturn",
                [("agentCode", "1105910160"), ("copNo", "COP1"), ("preNo", "B20260101000000001")]
            ),
        ]
        let (element, keys) = fields[number] ?? ("", [])
        let all =
            [("guid", guid)] + keys + [
                ("returnStatus", status), ("returnTime", "20260101120000123"),
                ("returnInfo", "回执"),
            ]
        return message(number, "<\(element)>\(elements(all))</\(element)>", tail: "")
    }
}

extension Papers {
    /// A bonded list of one line, unsigned.
    static func list(itemNo: String) -> String {
        let head: [(String, String)] = [
            ("guid", guid), ("appType", "1"), ("appTime", "20260101100000"), ("appStatus", "2"),
            ("orderNo", "NO1"), ("ebpCode", "EBP1"), ("ebpName", "平台"), ("ebcCode", "1105910160"),
            ("ebcName", "电商"), ("logisticsNo", "W1"), ("logisticsCode", "1101180326"),
            ("logisticsName", "物流"), ("copNo", "COP1"), ("assureCode", "1105910160"),
            ("emsNo", "EMS1"), ("ieFlag", "I"), ("declTime", "20260101"), ("customsCode", "0208"),
            ("portCode", "0208"), ("buyerIdType", "1"), ("buyerIdNumber", "110101190001010006"),
            ("buyerName", "测试用户"), ("buyerTelephone", "13800000000"),
            ("consigneeAddress", "测试路一号"), ("agentCode", "1105910160"), ("agentName", "申报"),
            ("areaCode", "1105910161"), ("areaName", "仓储"), ("tradeMode", "1210"),
            ("trafMode", "4"),
            ("country", "142"), ("freight", "10"), ("insuredFee", "0"), ("currency", "142"),
            ("packNo", "1"), ("grossWeight", "2.1"), ("netWeight", "1.8"),
        ]
        let line: [(String, String)] = [
            ("gnum", "1"), ("itemRecordNo", "0001"), ("itemNo", itemNo), ("gcode", "1901101090"),
            ("gname", "奶粉"), ("gmodel", "900g"), ("country", "609"), ("currency", "142"),
            ("qty", "2"), ("unit", "122"), ("qty1", "1.8"), ("unit1", "035"), ("price", "150"),
            ("totalPrice", "300"),
        ]
        return message(
            "CEB621",
            "<Inventory><InventoryHead>\(elements(head))</InventoryHead>"
                + "<InventoryList>\(elements(line))</InventoryList></Inventory>")
    }
}
