import ClearanceEvents

@testable import ClearanceInterchange

extension CheckCase {
    /// What one value should be.
    static let valueCases: [CheckCase] = [
        CheckCase(
            "malformedTime", accepts: .order(), refuses: .order(["appTime": "20260230000000"]),
            boundary: .order(["appTime": "20260228235959"]), isMet: false),
        CheckCase(
            "malformedDate", accepts: .list(), refuses: .list((">20260101<", ">20260229<")),
            boundary: .list((">20260101<", ">20240229<")), isMet: false),
        CheckCase(
            "malformedIdentifier", accepts: .order(), refuses: .order(["ebcCode": "110591016"]),
            boundary: .order(["ebcCode": "11059101600"]), isMet: true),
        CheckCase(
            "wrongCheckCharacter", accepts: .order(),
            refuses: .order(["buyerIdNumber": "110101190001010007"]),
            boundary: .order(["ebcCode": "91350100M000100Y43"]), isMet: false),
        CheckCase(
            "unknownCode", accepts: .order(), refuses: .order(lines: [["unit": "999"]]),
            boundary: .order(lines: [["unit": "164"]]), isMet: false),
        CheckCase(
            "negative", accepts: .order(), refuses: .order(["taxTotal": "-0.00001"]),
            boundary: .order(["taxTotal": "-0"]), isMet: false),
        CheckCase(
            "notPositive", accepts: .list(),
            refuses: .list(("<qty>2</qty>", "<qty>0.00000</qty>")),
            boundary: .list(("<qty>2</qty>", "<qty>0.00001</qty>")), isMet: false),
    ]
}
