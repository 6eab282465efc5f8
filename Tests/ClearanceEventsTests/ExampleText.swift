import ClearanceEvents

/// One valid and one invalid event of every type, made from the catalogue.
enum ExampleText {
    /// Path below `specs/` to content.
    static func files() -> [String: String] {
        var files: [String: String] = [:]
        for type in Catalogue.current.types {
            let valid = data(of: type)
            files["examples/\(type.name).valid.json"] = event(type, data: valid).pretty
            files["examples/\(type.name).invalid.json"] =
                event(type, data: spoilt(valid, of: type)).pretty
        }
        return files
    }

    private static func event(_ type: EventDefinition, data: JSON) -> JSON {
        .object([
            .init("specversion", .string("1.0")),
            .init("id", .string("example-1")),
            .init("source", .string("urn:clearance:example")),
            .init("type", .string("clearance.\(type.name)")),
            .init("subject", .string(subject(of: type))),
            .init("time", .string("2026-03-01T09:00:00+08:00")),
            .init("data", data),
        ])
    }

    /// Without its first mandatory field; where there is none, with a list for a text.
    private static func spoilt(_ data: JSON, of type: EventDefinition) -> JSON {
        if let first = type.required.first {
            return .object(data.members.filter { !first.contains($0.name) })
        }
        return .object(
            data.members.map {
                $0.value.text == nil ? $0 : .init($0.name, .array([$0.value]))
            })
    }

    private static func data(of type: EventDefinition) -> JSON {
        var names = Set(type.required.map { chosen($0) })
        for condition in type.conditions
        where condition.values == ["list"] || condition.isNegated {
            names.formUnion(condition.required.map { chosen($0) })
        }
        if let typical = ExampleFields.typical(of: type) {
            names.formUnion(typical)
        } else {
            let fields = type.layout.fields.filter { !$0.isTransport }
            names.formUnion(fields.prefix(14).map(\.name))
            names.formUnion(fields.filter { $0.name == "items" }.map(\.name))
            names.subtract(["documents", "partCount", "part"])
        }
        return record(type.layout, only: names, status: ExampleFields.status(of: type))
    }

    /// The field that stands for a group.
    private static func chosen(_ group: [String]) -> String { group[0] }

    private static func record(
        _ layout: RecordLayout, only names: Set<String>?, status: String? = nil
    ) -> JSON {
        var members: [JSON.Member] = []
        for field in layout.fields where names?.contains(field.name) ?? true {
            let isStatus = field.name == "returnStatus" || field.name == "status"
            if isStatus, let status {
                members.append(.init(field.name, .string(status)))
            } else {
                members.append(.init(field.name, value(field, of: layout)))
            }
        }
        return .object(members)
    }

    private static func value(_ field: FieldDefinition, of layout: RecordLayout) -> JSON {
        switch field.kind {
        case .record(let name): return record(Catalogue.current.layout(name), only: nil)
        case .list(let name): return .array([record(Catalogue.current.layout(name), only: nil)])
        case .texts: return .array([.string(known[field.name] ?? "示例")])
        case .subjects: return .array([.string("list:46012026I000000001")])
        case .decimal: return .string(amounts[field.name] ?? "129.12")
        case .integer: return .number(field.name == "year" ? "2026" : "1")
        case .date: return .string("2026-03-01")
        case .time: return .string("20260301090000")
        case .bool: return .bool(true)
        case .currency: return .string("142")
        case .subject:
            return .string(known["\(layout.name).\(field.name)"] ?? "list:46012026I000000001")
        case .choice(let words): return .string(words[0])
        case .any: return .object([])
        case .text, .code:
            let text = known[field.name] ?? (field.kind == .code ? "1" : "示例")
            return .string(String(text.prefix(field.maxLength ?? 100)))
        }
    }

    private static let amounts = [
        "qty": "1", "qty1": "0.05", "qty2": "0.05", "ratio": "0.05", "goodsValue": "118.35",
        "price": "118.35", "totalPrice": "118.35", "freight": "0", "discount": "0",
        "taxTotal": "10.77", "weight": "0.3", "grossWeight": "0.3", "netWeight": "0.25",
        "insuredFee": "0", "customsTax": "0", "valueAddedTax": "10.77", "consumptionTax": "0",
    ]

    /// Plausible values of well-known fields. The person is impossible: born on day zero of 1900.
    private static let known = [
        "appType": "1", "appStatus": "2", "orderType": "I", "orderNo": "NO20260301001",
        "ebpCode": "4601960001", "ebcCode": "4601960002", "ebpName": "示例平台",
        "ebcName": "示例电商", "payCode": "4601960003", "payTransactionId": "T20260301001",
        "logisticsCode": "4601960004", "logisticsNo": "W20260301001", "agentCode": "4601960005",
        "copNo": "C20260301001", "preNo": "B20260301000000001", "invtNo": "46012026I000000001",
        "customsCode": "4601", "portCode": "4601", "gcode": "3304990039", "unit": "011",
        "unit1": "035", "unit2": "035", "country": "116", "trafMode": "5", "tradeMode": "9610",
        "buyerIdType": "1", "payerIdType": "1", "idType": "1",
        "buyerIdNumber": "110101190001010006", "payerIdNumber": "110101190001010006",
        "idNumber": "110101190001010006", "buyerName": "测试", "payerName": "测试",
        "consignee": "测试", "name": "示例企业", "buyerTelephone": "00000000000",
        "consigneeTelephone": "00000000000", "telephone": "00000000000",
        "guid": "00000000-0000-0000-0000-000000000001", "returnStatus": "120",
        "returnInfo": "[Code:1800;Desc:示例]", "barCode": "4006381333931",
        "gtin": "4006381333931", "ieFlag": "I", "uscc": "91350100M000100Y43",
        "taxNo": "TX1", "status": "1", "operatorCode": "4601960006", "areaCode": "4601960007",
        "roles": "ecommerce", "lists": "46012026I000000001", "taxNos": "TX1", "origin": "JPN",
        "codes": "1800", "agency": "customs", "party.subject": "enterprise:91350100M000100Y43",
        "relation.subject": "enterprise:91350100M000100Y43",
        "penaltyChange.party": "enterprise:91350100M000100Y43",
        "paymentRefund.of": "payment:4601960003/T20260301001",
        "period": "2026-03", "hash": "sha256:00", "gname": "面霜", "itemName": "面霜",
        "place": "site:460101", "holder": "enterprise:4601960006",
        "sumNo": "S20260301000000001", "payNo": "T20260301001", "coElNo": "C20260301003",
        "itemNo": "SKU1", "lot": "L1", "account": "0000", "recpAccount": "0000",
    ]

    private static func subject(of type: EventDefinition) -> String {
        let family = String(type.name.prefix { $0 != "." })
        let named = subjects[type.name] ?? subjects[type.layout.name] ?? subjects[family]
        guard let named else { preconditionFailure("no subject for \(type.name)") }
        return named
    }

    /// Subjects by type, else by layout, else by family.
    private static let subjects = [
        "declare": "declaration:4601960005/C20260301001",
        "receipt.progress": "declaration:4601960005/C20260301001",
        "receipt.failed": "declaration:4601960005/C20260301001",
        "inspect": "list:46012026I000000001", "release": "list:46012026I000000001",
        "inspect.drawn": "campaign:2026-1", "release.exited": "gatepass:G20260301001",
        "inspect.audited": "enterprise:91350100M000100Y43",
        "declare.cancelled": "cancel:4601960005/C20260301002",
        "declare.cancelRefused": "cancel:4601960005/C20260301002",
        "declare.summaryRejected": "summary:4601960005/C20260301005",
        "move.departed": "departure:4601960004/C20260301007",
        "move.status": "waybill:4601960004/W20260301001",
        "move.delivered": "waybill:4601960004/W20260301001",
        "order": "order:4601960001/NO20260301001", "payment": "payment:4601960003/T20260301001",
        "waybill": "waybill:4601960004/W20260301001",
        "proceeds": "proceeds:4601960002/NO20260301001",
        "cancelRequest": "cancel:4601960005/C20260301002",
        "return": "return:4601960005/C20260301003",
        "manifest": "manifest:4601960005/C20260301004", "tally": "book:T4601W000001",
        "summary": "summary:4601960005/C20260301005",
        "summaryResult": "summary:4601960005/C20260301005",
        "move": "list:46012026I000000001", "move.arrived": "arrival:4601960006/C20260301006",
        "settle": "settlement:BANK1/1",
        "tax": "tax:TX1", "taxSettlement": "tax:TX1", "guarantee": "guarantee:G1",
        "refund": "refund:R1", "goods": "goods:RECORD1", "book": "book:T4601W000001",
        "lot": "lot:4006381333931/L1", "site": "site:460101", "identity": "person:@",
        "quota": "person:@", "penalty": "case:customs/1", "penaltyChange": "case:customs/1",
        "case": "case:customs/1", "record": "enterprise:91350100M000100Y43",
        "risk": "risk:1", "recall": "risk:1", "clock": "clock:beijing",
        "match": "order:4601960001/NO20260301001", "rules": "ruleset:credit-251",
        "ledger": "list:46012026I000000001",
    ]
}
