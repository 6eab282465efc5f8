import ClearanceEvents

@testable import ClearanceInterchange

extension CheckCase {
    /// What the values of a document have to say of each other.
    static let businessCases: [CheckCase] = [
        CheckCase(
            "gnum", accepts: .order(lines: [[:], ["gnum": "2"]]),
            refuses: .order(lines: [[:], ["gnum": "3"]]), boundary: .order(lines: [["gnum": "0"]]),
            isMet: true),
        CheckCase(
            "gnumRepeated", accepts: .order(lines: [[:], ["gnum": "2"]]),
            refuses: .order(lines: [[:], ["gnum": "2"], ["gnum": "1"]]),
            boundary: .order(lines: [["gnum": "01"], ["gnum": "1"]]), isMet: true),
        CheckCase(
            "lineTotal", accepts: .order(), refuses: .order(lines: [["totalPrice": "300.00002"]]),
            boundary: .order(lines: [["totalPrice": "300.00001"]]), isMet: false),
        CheckCase(
            "goodsValue", accepts: .order(), refuses: .order(["goodsValue": "300.00001"]),
            boundary: .order(["goodsValue": "300.00000"]), isMet: false),
        CheckCase(
            "actualPaid", accepts: .order(), refuses: .order(["acturalPaid": "338.20999"]),
            boundary: .order(["acturalPaid": "338.21000"]), isMet: false),
        CheckCase(
            "weight", accepts: .list(),
            refuses: .list((">1.8</netWeight>", ">2.10001</netWeight>")),
            boundary: .list((">1.8</netWeight>", ">2.1</netWeight>")), isMet: false),
        CheckCase(
            "unit", accepts: .list(), refuses: .list(("<unit1>035<", "<unit1>122<")),
            boundary: .list(("<unit1>035<", "<unit1>122<"), ("<qty1>1.8<", "<qty1>2.0<")),
            isMet: false),
        CheckCase(
            "modeField", accepts: .list(), refuses: .list(("<emsNo>EMS1</emsNo>", "")),
            boundary: .list(("<emsNo>EMS1</emsNo>", "<emsNo> </emsNo>")), isMet: true),
        CheckCase(
            "assurer", accepts: .list(),
            refuses: .list(("<assureCode>1105910160<", "<assureCode>1105910169<")),
            boundary: .list(("<assureCode>1105910160<", "<assureCode>1101180326<")),
            isMet: false),
        CheckCase(
            "singleLimit", accepts: .list(),
            refuses: .list((">150<", ">2500.00001<"), (">300<", ">5000.00002<")),
            boundary: .list((">150<", ">2500<"), (">300<", ">5000<")), isMet: false),
        CheckCase(
            "taxSum", accepts: .tax("3"), refuses: .tax("3.00001"), boundary: .tax("3.00000"),
            isMet: false),
        CheckCase(
            "msgSeqNo", accepts: .sample("CEB607", ["msgCount": "2", "msgSeqNo": "1"]),
            refuses: .sample("CEB607", ["msgCount": "2", "msgSeqNo": "3"]),
            boundary: .sample("CEB607", ["msgCount": "2", "msgSeqNo": "2"]), isMet: false),
        CheckCase(
            "timeRange",
            accepts: .sample(
                "CEB701", ["startTime": "20260101000000", "endTime": "20260131000000"]),
            refuses: .sample(
                "CEB701", ["startTime": "20260101000001", "endTime": "20260101000000"]),
            boundary: .sample(
                "CEB701", ["startTime": "20260101000000", "endTime": "20260101000000"]),
            isMet: false),
        CheckCase(
            "summaryScope", accepts: .sample("CEB701", ["startTime": nil, "endTime": nil]),
            refuses: .sample("CEB701", ["startTime": nil, "endTime": nil], lines: []),
            boundary: .sample("CEB701", ["endTime": nil], lines: []), isMet: false),
        CheckCase(
            "unexpectedStatus", accepts: CheckInput(Papers.receipt("CEB312", status: "120")),
            refuses: CheckInput(Papers.receipt("CEB312", status: "800")),
            boundary: CheckInput(Papers.receipt("CEB312", status: "-1")), isMet: false),
    ]
}

extension CheckInput {
    /// A tax bill of 1 + 2 yuan of duty whose head states `duty`.
    fileprivate static func tax(_ duty: String) -> CheckInput {
        let line = ["customsTax": "1", "valueAddedTax": "0", "consumptionTax": "0"]
        let other = ["customsTax": "2", "valueAddedTax": "0", "consumptionTax": "0"]
        return .sample(
            "CEB816", ["customsTax": duty, "valueAddedTax": "0", "consumptionTax": "0"],
            lines: [line, other])
    }
}
