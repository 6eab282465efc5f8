import ClearanceEvents
import ClearanceProjections

/// The kinds of document that the desk takes, with the receipt of each message.
enum DeskKind: Sendable, Equatable {
    case order, payment, waybill, status, proceeds, list, cancelRequest, returnRequest, tally
    case delivery, arrival, departure, manifest, summary

    /// What a message is answered with, and the fields of the document that the receipt repeats.
    struct Form: Sendable {
        let kind: DeskKind
        let receipt: String
        let keys: [String]
    }

    /// The form of a document's answer; nil for what no enterprise sends.
    static func form(of document: Event) -> Form? {
        document.data.text("message").flatMap { forms[$0] }
    }

    private static let forms: [String: Form] = {
        var forms: [String: Form] = [:]
        func add(_ message: String, _ kind: DeskKind, _ receipt: String, _ keys: String) {
            let names = keys.split(separator: " ").map(String.init)
            forms["CEB" + message] = Form(kind: kind, receipt: "CEB" + receipt, keys: names)
        }
        add("311", .order, "312", "ebpCode ebcCode orderNo")
        add("303", .order, "304", "ebpCode ebcCode orderNo")
        add("411", .payment, "412", "payCode payTransactionId")
        add("403", .proceeds, "404", "ebcCode orderNo payNo")
        add("511", .waybill, "512", "logisticsCode logisticsNo")
        add("505", .waybill, "506", "logisticsCode logisticsNo")
        add("513", .status, "514", "logisticsCode logisticsNo logisticsStatus")
        add("621", .list, "622", "customsCode ebpCode ebcCode agentCode copNo")
        add("603", .list, "604", "agentCode copNo ebcCode ebpCode orderNo statisticsFlag")
        add("623", .cancelRequest, "624", "customsCode ebpCode ebcCode agentCode copNo invtNo")
        add("605", .cancelRequest, "606", "agentCode copNo invtNo")
        add("625", .returnRequest, "626", "customsCode ebpCode ebcCode agentCode copNo invtNo")
        add("213", .returnRequest, "214", "ebpCode ebcCode agentCode coElNo invtNo")
        add("215", .tally, "216", "operatorCode logisticsCode logisticsNo coElNo")
        add("711", .delivery, "712", "customsCode operatorCode copNo")
        add("507", .arrival, "508", "operatorCode logisticsCode copNo billNo msgSeqNo")
        add("509", .departure, "510", "logisticsCode copNo msgSeqNo")
        add("607", .manifest, "608", "agentCode logisticsCode copNo billNo msgSeqNo")
        add("701", .summary, "702", "agentCode ebcCode copNo msgSeqNo")
        return forms
    }()

    /// Whether a message is an export's; the numbers of customs' table are about imports.
    static func isExport(_ message: String) -> Bool {
        [
            "CEB213", "CEB215", "CEB303", "CEB403", "CEB505", "CEB507", "CEB509", "CEB603",
            "CEB605", "CEB607", "CEB701",
        ].contains(message)
    }

    /// The kind as the folds name it.
    var paper: SubmissionPaper {
        switch self {
        case .order: .order
        case .payment: .payment
        case .waybill: .waybill
        case .status: .waybillStatus
        case .proceeds: .proceeds
        case .list: .list
        case .cancelRequest: .cancelRequest
        case .returnRequest: .returnRequest
        case .tally: .returnTally
        case .delivery, .arrival: .arrival
        case .departure: .departure
        case .manifest: .manifest
        case .summary: .summary
        }
    }

    /// Papers that a declared list binds.
    var isBoundByList: Bool { self == .order || self == .payment || self == .waybill }

    /// Whether it has an e-port number, and its first letter.
    var letter: String? {
        switch self {
        case .list: "B"
        case .cancelRequest: "C"
        case .returnRequest, .tally: "T"
        case .delivery: "R"
        case .arrival: "Y"
        case .departure: "L"
        case .manifest: "Z"
        case .summary: "H"
        default: nil
        }
    }

    /// The event that a status of the kind becomes (`specs/interchange.md`, message and status).
    func type(of status: Int) -> String {
        if status < 0 { return "receipt.failed" }
        let types: [Int: String] =
            switch self {
            case .order: [120: "order.accepted", 100: "order.rejected"]
            case .payment: [120: "payment.accepted", 100: "payment.rejected"]
            case .waybill: [120: "waybill.accepted", 100: "waybill.rejected"]
            case .proceeds: [120: "proceeds.accepted", 100: "proceeds.rejected"]
            case .list:
                [
                    120: "declare.accepted", 100: "declare.rejected", 300: "declare.reviewing",
                    399: "declare.reviewed", 500: "inspect.ordered", 800: "release.granted",
                    899: "release.closed",
                ]
            case .cancelRequest: [399: "declare.cancelled", 100: "declare.cancelRefused"]
            case .returnRequest: [399: "return.accepted", 100: "return.refused"]
            case .summary: [100: "declare.summaryRejected"]
            default: [100: "receipt.failed"]
            }
        return types[status] ?? "receipt.progress"
    }
}
