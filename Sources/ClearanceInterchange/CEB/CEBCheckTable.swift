/// The business checks of every message, one row each (``CEBCheckRow``).
///
/// Rule numbers X… and sources are those of `specs/interchange-codes.md`; what needs the ledger
/// (X1, X3–X10, X14–X16) is not here.
enum CEBCheckTable {
    /// The rows of a message, resolved to its fields; none for a message without checks.
    static func rows(
        of number: String, head: CEBRecord, lines: CEBRecord?
    ) -> [CEBCheckRow] {
        (texts[number] ?? "").split(separator: "\n").map {
            CEBCheckRow(String($0), head: head, lines: lines)
        }
    }

    /// Messages without an entry say nothing of their own figures.
    static let texts: [String: String] = [
        "CEB303": """
        gnum gnum
        product totalPrice price qty
        sum goodsValue totalPrice
        """,
        "CEB311": """
        gnum gnum
        product totalPrice price qty
        sum goodsValue totalPrice
        total acturalPaid goodsValue freight taxTotal -discount
        identity buyerIdNumber buyerIdType
        """,
        "CEB411": """
        identity payerIdNumber payerIdType
        """,
        "CEB603": """
        gnum gnum
        product totalPrice price qty
        atMost netWeight grossWeight
        equal qty qty1 unit unit1
        pair unit2 qty2
        need head iacCode,iacName tradeMode 1210,1239
        need line itemRecordNo tradeMode 1210,1239
        """,
        "CEB607": """
        part msgSeqNo msgCount
        gnum gnum msgSeqNo
        """,
        "CEB507": """
        part msgSeqNo msgCount
        gnum gnum msgSeqNo
        need head billNo trafMode 0,1,2,3,4,5,7,8,9,H,W,X,Y,Z
        """,
        "CEB509": """
        part msgSeqNo msgCount
        gnum gnum msgSeqNo
        """,
        "CEB621": """
        gnum gnum
        product totalPrice price qty
        atMost netWeight grossWeight
        equal qty qty1 unit unit1
        pair unit2 qty2
        need head trafNo,voyageNo,billNo tradeMode 9610
        need head emsNo,areaCode,areaName tradeMode 1210,1239
        need line itemRecordNo tradeMode 1210,1239
        value country 142,CHN tradeMode 1210,1239
        among assureCode agentCode,ebcCode,logisticsCode,ebpCode
        limit totalPrice qty declTime
        identity buyerIdNumber buyerIdType
        """,
        "CEB623": """
        identity buyerIdNumber buyerIdType
        """,
        "CEB625": """
        once gnum
        identity buyerIdNumber buyerIdType
        """,
        "CEB213": """
        once gnum
        equal qty qty1 unit unit1
        pair unit2 qty2
        other country 142,CHN
        """,
        "CEB701": """
        part msgSeqNo msgCount
        range startTime endTime
        """,
        "CEB711": """
        gnum gnum
        """,
        "CEB792": """
        part msgSeqNo msgCount
        atMost netWeight grossWeight
        """,
        "CEB816": """
        gnum gnum
        sum customsTax customsTax
        sum valueAddedTax valueAddedTax
        sum consumptionTax consumptionTax
        """,
    ]
}
