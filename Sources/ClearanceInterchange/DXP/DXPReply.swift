internal import ClearanceEvents

/// One answer of the exchange about a message that it was handed (`DxpRep/Response`).
///
/// The exchange's codes are of failures; zeros say that nothing failed. Source: XSD 终端节点报文
/// and table 7-1 of the specification of 202205.
struct DXPReply {
    private var values: [String: String] = [:]
    private var results: [String] = []
    private var start = (line: 1, column: 1)
    private var index = 0

    mutating func begin(place: (line: Int, column: Int)) {
        values = [:]
        results = []
        start = place
        index += 1
    }

    /// Takes the text of an element behind `Response/`.
    mutating func take(_ name: String, _ value: String) {
        guard !value.isEmpty else { return }
        switch name {
        case "Results/Result/RecId", "Results/Result/Code", "Results/Result/Info",
            "Results/Result/Note":
            if results.count < InterchangeLimits.faults { results.append(value) }
        case "OriHead/ReceiverIds/ReceiverId":
            values[name] = (values[name].map { $0 + " " } ?? "") + value
        default: values[name] = value
        }
    }

    /// The receipt that the answer is.
    func item(file: String) -> ParsedItem {
        let place = Place(file: file, index: index, line: start.line, column: start.column)
        guard let code = values["ResponseCode"] else {
            return refused("missingField", "ResponseCode", .missing, place)
        }
        guard let subject = Subject.of(.message, values["OriHead/CopMsgId"]) else {
            return refused("malformedSubject", "OriHead/CopMsgId", .noSubject, place)
        }
        guard let time = values["NoticeTime"].flatMap(DXPForm.time) else {
            return refused("malformedTime", "NoticeTime", .time, place)
        }
        let isProgress = code.allSatisfy { $0 == "0" }
        var words = [values["ResponseInfo"], values["Note"]].compactMap { $0 }
        if !results.isEmpty { words.append(results.joined(separator: " ")) }
        let info = words.joined(separator: "; ")
        var event = Event(
            isProgress ? "receipt.progress" : "receipt.failed", subject: subject.text,
            time: time, source: "urn:ceb:exchange",
            id: "DxpRep;\(subject.text);\(code);\(time.customs);"
                + LinkKey.of("returnInfo", info).hex)
        event.data.set("message", "DxpRep")
        event.data.set("returnStatus", code)
        event.data.set("returnTime", time.rfc3339)
        event.data.set("oriCopMsgId", values["OriHead/CopMsgId"])
        if let type = values["OriHead/MsgType"], type.unicodeScalars.count <= 15 {
            event.data.set("oriMessageType", type)
        }
        if !info.isEmpty { event.data.set("returnInfo", info) }
        for (attribute, name) in [
            ("dxpsender", "OriHead/SenderId"), ("dxpreceivers", "OriHead/ReceiverIds/ReceiverId"),
            ("dxptime", "OriHead/CreatTime"), ("dxptype", "OriHead/MsgType"),
            ("dxpnode", "NodeId"),
        ] { event.extras.set(attribute, values[name]) }
        let lacking = event.faults(profile: .open)
        if let first = lacking.first {
            let name = first.path.split(separator: ".").last.map(String.init) ?? first.path
            return refused(
                first.code.rawValue, name, MessageText(zh: first.chinese, en: first.english),
                place)
        }
        return .event(event, findings: findings(code), notes: InputNotes(), place: place)
    }

    private func findings(_ code: String) -> [InputFault] {
        let isKnown = code.utf8.count == 4 && code.utf8.allSatisfy { (48...57).contains($0) }
        return isKnown ? [] : [fault("unknownCode", "ResponseCode", .code)]
    }

    private func fault(_ code: String, _ name: String, _ message: MessageText) -> InputFault {
        InputFault(
            code: code, path: "/DxpRep/Response[\(index)]/\(name)", line: start.line,
            column: start.column, message: message)
    }

    private func refused(
        _ code: String, _ name: String, _ message: MessageText, _ place: Place
    ) -> ParsedItem {
        let raw = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            .joined(separator: "\n")
        return .reject(
            Reject(
                place: place, faults: [fault(code, name, message)], raw: raw,
                maskedRaw: Masking.blind(raw)))
    }
}
