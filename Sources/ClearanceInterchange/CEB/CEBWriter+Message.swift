internal import ClearanceEvents

extension CEBWriter {
    /// The message that an event came in, or would go out in; nil when none carries it.
    static func message(of event: Event) -> CEBMessage? {
        let data = event.data
        if let number = data.text("message") { return CEBMessage.all[number] }
        if let form = data.text("form"), form != "list" { return nil }
        let type = event.type.name
        if let number = byType[type] { return CEBMessage.all[number] }
        guard let pair = byDirection[type] ?? receipt(type, data) else { return nil }
        return CEBMessage.all[isExport(data, of: type) ? pair.export : pair.import]
    }

    private struct Pair {
        let `import`: String
        let export: String
    }

    private static let byType: [String: String] = {
        var map = [
            "move.delivered": "CEB513", "move.status": "CEB513", "move.departed": "CEB509",
            "declare.manifest": "CEB607", "declare.summaryRequested": "CEB701",
            "declare.summaryRejected": "CEB702", "declare.summaryDeclared": "CEB792",
            "declare.manifestDrafted": "CEB607", "declare.manifestWithdrawn": "CEB607",
            "declare.summaryDrafted": "CEB701", "declare.summaryWithdrawn": "CEB701",
            "return.tallied": "CEB215", "return.tallyDrafted": "CEB215",
            "return.tallyWithdrawn": "CEB215", "payment.accepted": "CEB412",
            "payment.rejected": "CEB412", "proceeds.accepted": "CEB404",
            "proceeds.rejected": "CEB404",
        ]
        for verb in ["drafted", "submitted", "amended", "withdrawn"] {
            map["payment.\(verb)"] = "CEB411"
            map["proceeds.\(verb)"] = "CEB403"
        }
        return map
    }()

    private static let byDirection: [String: Pair] = {
        var map: [String: Pair] = [
            "declare.cancelRequested": Pair(import: "CEB623", export: "CEB605"),
            "declare.cancelDrafted": Pair(import: "CEB623", export: "CEB605"),
            "declare.cancelWithdrawn": Pair(import: "CEB623", export: "CEB605"),
            "declare.cancelled": Pair(import: "CEB624", export: "CEB606"),
            "declare.cancelRefused": Pair(import: "CEB624", export: "CEB606"),
            "return.drafted": Pair(import: "CEB625", export: "CEB213"),
            "return.requested": Pair(import: "CEB625", export: "CEB213"),
            "return.amended": Pair(import: "CEB625", export: "CEB213"),
            "return.withdrawn": Pair(import: "CEB625", export: "CEB213"),
            "return.accepted": Pair(import: "CEB626", export: "CEB214"),
            "return.refused": Pair(import: "CEB626", export: "CEB214"),
            "move.arrived": Pair(import: "CEB711", export: "CEB507"),
        ]
        for (family, paper, receipt) in [
            (
                "order", Pair(import: "CEB311", export: "CEB303"),
                Pair(import: "CEB312", export: "CEB304")
            ),
            (
                "waybill", Pair(import: "CEB511", export: "CEB505"),
                Pair(import: "CEB512", export: "CEB506")
            ),
            (
                "declare", Pair(import: "CEB621", export: "CEB603"),
                Pair(import: "CEB622", export: "CEB604")
            ),
        ] {
            for verb in ["drafted", "submitted", "amended", "withdrawn"] {
                map["\(family).\(verb)"] = paper
            }
            for verb in ["accepted", "rejected"] { map["\(family).\(verb)"] = receipt }
        }
        for type in ["reviewing", "reviewed", "suspended"] {
            map["declare.\(type)"] = Pair(import: "CEB622", export: "CEB604")
        }
        return map
    }()

    /// What customs says of a list, of a return, of a tax, or of a message, by its own numbers.
    private static func receipt(_ type: String, _ data: DataRecord) -> Pair? {
        switch type {
        case "inspect.ordered", "inspect.detained", "release.returned", "release.granted",
            "release.closed":
            // An inspection that nobody received from customs is no receipt.
            return data.text("preNo") == nil ? nil : Pair(import: "CEB622", export: "CEB604")
        case "settle.taxAssessed", "settle.taxSummarised", "settle.taxVoided":
            let number = data.text("customsTax") == nil ? "CEB818" : "CEB816"
            return Pair(import: number, export: number)
        case "receipt.failed" where data.text("oriMessageType") != nil:
            return Pair(import: "CEB900", export: "CEB900")
        default: return nil
        }
    }

    /// Whether an event of goods or papers speaks of an export, by what the data says.
    private static func isExport(_ data: DataRecord, of type: String) -> Bool {
        if type.hasPrefix("return.") { return data.text("coElNo") != nil }
        if type.hasPrefix("waybill.") {
            return data.text("grossWeight") != nil && data.text("weight") == nil
        }
        if let kind = data.text("orderType") { return kind != "I" }
        if let flag = data.text("ieFlag") { return flag == "E" }
        if data.text("statisticsFlag") != nil || data.text("domesticTrafNo") != nil { return true }
        // 4 digits of the district, 4 of the year, then the direction.
        let number = Array((data.text("invtNo") ?? "").utf8)
        return number.count >= 18 && number[8] == UInt8(ascii: "E")
    }
}
