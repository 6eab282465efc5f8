import ClearanceEvents
import ClearanceProjections
import Seeded

/// Writes submissions: documents with appType and appTime, and what customs says of them.
struct SubmissionScene {
    private(set) var life = Life()

    static let order = "order:EBP1/NO1"
    static let payment = "payment:PAY1/T1"
    static let waybill = "waybill:LOG1/W1"
    static let list = "declaration:AG1/COP1"
    static let invt = "460020260I00000001"

    /// The hour and minute of the first of March.
    static func at(_ clock: String) -> String { "2026-03-01T" + clock }

    private static let words: [Character: String] = [
        "d": "drafted", "n": "submitted", "c": "amended", "x": "withdrawn",
    ]

    /// One version: `d`raft, `n`ew, `c`hange, `x` delete. `note` is its content.
    mutating func send(
        _ verb: Character, _ family: String, _ subject: String, _ time: String, note: String = "",
        _ texts: [String: String] = [:]
    ) {
        var type = family + "." + (Self.words[verb] ?? "")
        if family == "return", verb == "n" { type = "return.requested" }
        if family.contains(".") { type = family }
        var all = texts
        all["appType"] = verb == "c" ? "2" : verb == "x" ? "3" : "1"
        all["appStatus"] = verb == "d" ? "1" : "2"
        all["appTime"] = Life.time(time).customs
        if !note.isEmpty { all["note"] = note }
        life.say(type, subject, time, all)
    }

    mutating func order(
        _ verb: Character, _ time: String, note: String = "", subject: String = order,
        more: [String: String] = [:]
    ) {
        let base = ["orderNo": "NO1", "ebpCode": "EBP1", "ebcCode": "EBC1", "message": "CEB311"]
        send(
            verb, "order", subject, time, note: note, base.merging(more) { $1 })
    }

    mutating func payment(_ verb: Character, _ time: String, note: String = "") {
        send(
            verb, "payment", Self.payment, time, note: note,
            [
                "orderNo": "NO1", "ebpCode": "EBP1", "payCode": "PAY1", "payTransactionId": "T1",
                "message": "CEB411",
            ])
    }

    mutating func waybill(_ verb: Character, _ time: String, note: String = "") {
        send(
            verb, "waybill", Self.waybill, time, note: note,
            [
                "logisticsCode": "LOG1", "logisticsNo": "W1", "orderNo": "NO1",
                "message": "CEB511",
            ])
    }

    /// A list of order NO1 on waybill W1 with two lines: 2 and 5 pieces.
    mutating func list(
        _ verb: Character, _ time: String, note: String = "", subject: String = list,
        more: [String: String] = [:]
    ) {
        let lines = Life.records(
            "declarationItem",
            [
                ["gnum": "1", "gcode": "3304990099", "qty": "2", "unit": "140"],
                ["gnum": "2", "gcode": "1901101090", "qty": "5", "unit": "122"],
            ])
        var texts = [
            "form": "list", "ieFlag": "I", "orderNo": "NO1", "ebpCode": "EBP1", "ebcCode": "EBC1",
            "agentCode": "AG1", "logisticsCode": "LOG1", "logisticsNo": "W1", "message": "CEB621",
            "appType": verb == "c" ? "2" : verb == "x" ? "3" : "1",
            "appStatus": verb == "d" ? "1" : "2", "appTime": Life.time(time).customs,
            "copNo": String(subject.split(separator: "/")[1]),
        ].merging(more) { $1 }
        if !note.isEmpty { texts["note"] = note }
        life.say(
            "declare." + (Self.words[verb] ?? ""), subject, time, texts, ["items": lines])
    }

    mutating func cancel(_ time: String, copNo: String = "C1", invt: String = invt) {
        send(
            "n", "declare.cancelRequested", "cancel:AG1/" + copNo, time,
            ["invtNo": invt, "agentCode": "AG1", "copNo": copNo, "message": "CEB623"])
    }

    /// A return of (gnum, gcode, qty).
    mutating func sendBack(
        _ verb: Character, _ time: String, copNo: String = "R1", invt: String = invt,
        _ lines: [(String, String, String)] = [("1", "3304990099", "1")]
    ) {
        let items = Life.records(
            "returnItem", lines.map { ["gnum": $0.0, "gcode": $0.1, "qty": $0.2, "unit": "140"] })
        life.say(
            "return." + (verb == "c" ? "amended" : verb == "x" ? "withdrawn" : "requested"),
            "return:AG1/" + copNo, time,
            [
                "invtNo": invt, "agentCode": "AG1", "copNo": copNo, "message": "CEB625",
                "appType": verb == "c" ? "2" : verb == "x" ? "3" : "1", "appStatus": "2",
                "appTime": Life.time(time).customs,
            ], ["items": items])
    }

    /// Customs' word.
    mutating func hear(
        _ type: String, _ status: String, _ subject: String, _ time: String, message: String,
        more: [String: String] = [:]
    ) {
        let texts = [
            "returnStatus": status, "returnTime": Life.time(time).customs + "000",
            "message": message,
        ]
        life.say(type, subject, time, texts.merging(more) { $1 })
    }

    /// Customs' word about the list, with its number.
    mutating func hearList(_ type: String, _ status: String, _ time: String) {
        hear(
            type, status, Self.list, time, message: "CEB622",
            more: ["agentCode": "AG1", "copNo": "COP1", "preNo": "PRE1", "invtNo": Self.invt])
    }

    /// A part of an arrival.
    mutating func part(
        _ number: Int, of count: Int, _ time: String, _ verb: Character = "n", note: String = ""
    ) {
        send(
            verb, "move.arrived", "arrival:OP1/A1", time, note: note,
            [
                "msgSeqNo": "\(number)", "msgCount": "\(count)", "billNo": "B1",
                "message": "CEB711",
            ])
    }

    mutating func drop(from index: Int) { life.drop(from: index) }

    func shuffled(_ random: inout SeededGenerator) -> SubmissionScene {
        var copy = self
        copy.life = life.shuffled(&random)
        return copy
    }

    var state: SubmissionState { life.row(SubmissionFold()).state }
    var dispatch: SubmissionState { life.row(DispatchFold()).state }

    /// The outcomes of a kind of document, oldest version first.
    func outcomes(_ paper: SubmissionPaper) -> [SubmissionOutcome.Kind] {
        (state.documents + dispatch.documents).filter { $0.paper == paper }
            .flatMap(\.versions).sorted { $0.time < $1.time }.map(\.outcome.kind)
    }

    /// The numbers of a kind of document, oldest version first; 0 where there is none.
    func numbers(_ paper: SubmissionPaper) -> [Int] {
        (state.documents + dispatch.documents).filter { $0.paper == paper }
            .flatMap(\.versions).sorted { $0.time < $1.time }.map { $0.outcome.number ?? 0 }
    }
}
