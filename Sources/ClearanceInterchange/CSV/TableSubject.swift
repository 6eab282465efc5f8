internal import ClearanceEvents

/// The subject of a document of a table, by the ladder of the vocabulary.
enum TableSubject {
    /// Whether the events of this type have a ladder, so that a mapping need not name one.
    static func hasLadder(_ type: String) -> Bool {
        let family = type.split(separator: ".").first.map(String.init) ?? ""
        switch family {
        case "order", "payment", "waybill", "proceeds": return true
        case "move": return type == "move.delivered" || type == "move.status"
        case "declare":
            return [
                "declare.drafted", "declare.submitted", "declare.amended", "declare.withdrawn",
                "declare.cancelRequested",
            ].contains(type)
        case "return":
            return [
                "return.requested", "return.amended", "return.withdrawn",
            ].contains(type)
        default: return false
        }
    }

    /// The subject of a type with a ladder; nil when the numbers for it are missing.
    static func of(_ type: String, _ data: DataRecord) -> Subject? {
        func text(_ name: String) -> String? { data.text(name) }
        switch type.split(separator: ".").first {
        case "order":
            return .order(
                platform: text("ebpCode"), enterprise: text("ebcCode"), orderNo: text("orderNo"))
        case "payment":
            return .payment(payCode: text("payCode"), transactionId: text("payTransactionId"))
        case "waybill", "move":
            return .waybill(
                logisticsCode: text("logisticsCode"), logisticsNo: text("logisticsNo"))
        case "proceeds":
            return .proceeds(
                ebcCode: text("ebcCode"), orderNo: text("orderNo"), payNo: text("payNo"))
        case "return":
            return .goodsReturn(agentCode: text("agentCode"), copNo: text("copNo"))
        case "declare" where type == "declare.cancelRequested":
            return .cancel(agentCode: text("agentCode"), copNo: text("copNo"))
        case "declare":
            return .declaration(
                agentCode: text("agentCode"), copNo: text("copNo"), preNo: text("preNo"),
                invtNo: text("invtNo"), ebcCode: text("ebcCode"), orderNo: text("orderNo"))
        default: return nil
        }
    }

    /// The subject that a mapping's own rule makes.
    static func of(_ rule: TableMapping.SubjectRule, _ data: DataRecord) -> Subject? {
        let parts = rule.fields.map { data.text($0) }
        switch parts.count {
        case 1: return .of(rule.scheme, parts[0])
        case 2: return .of(rule.scheme, parts[0], parts[1])
        default: return .of(rule.scheme, parts[0], parts[1], parts[2])
        }
    }
}
