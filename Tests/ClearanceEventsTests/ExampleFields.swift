import ClearanceEvents

/// Which fields the example of a type shows, where the first fields of the layout would mislead.
enum ExampleFields {
    /// The fields beside the mandatory ones; nil to take the first of the layout.
    static func typical(of type: EventDefinition) -> [String]? {
        let family = String(type.name.prefix { $0 != "." })
        if let named = byType[type.name] { return named }
        switch type.layout.name {
        case "receipt": return (receipts[family] ?? receipts["declare"] ?? []) + answer
        case "inspection", "release":
            return status(of: type) == nil ? [] : (receipts["declare"] ?? []) + answer
        case "movement": return ["objects", "place", "holder", "owner"]
        default: return nil
        }
    }

    /// The status with which customs says a thing of this type; nil when it does not.
    static func status(of type: EventDefinition) -> String? { statuses[type.name] }

    private static let answer = ["returnStatus", "returnTime", "returnInfo"]

    private static let receipts = [
        "order": ["ebpCode", "ebcCode", "orderNo"], "payment": ["payCode", "payTransactionId"],
        "waybill": ["logisticsCode", "logisticsNo"], "proceeds": ["ebcCode", "orderNo", "payNo"],
        "declare": [
            "customsCode", "ebpCode", "ebcCode", "agentCode", "copNo", "preNo", "invtNo",
        ],
        "return": ["customsCode", "agentCode", "ebcCode", "copNo", "preNo", "invtNo"],
    ]

    private static let byType: [String: [String]] = [
        "inspect.drawn": ["inspectors"], "inspect.started": ["inspectors", "place", "present"],
        "inspect.sampled": ["lot"], "inspect.tested": ["standard", "report"],
        "inspect.concluded": ["hit", "highQuality"], "inspect.freed": [],
        "inspect.audited": ["recovered", "currency"], "release.exited": ["gatepass"],
        "move.arrived": [
            "appType", "appTime", "appStatus", "customsCode", "copNo", "operatorCode", "ieFlag",
            "trafMode", "billNo", "logisticsCode", "items",
        ],
        "move.departed": [
            "appType", "appTime", "appStatus", "customsCode", "copNo", "logisticsCode",
            "trafMode", "leaveTime", "items",
        ],
        "move.status": ["logisticsCode", "logisticsNo", "logisticsStatus", "logisticsTime"],
        "move.delivered": ["logisticsCode", "logisticsNo", "logisticsStatus", "logisticsTime"],
        "move.packed": ["objects", "place", "holder", "into"],
        "move.unpacked": ["objects", "place", "holder", "outOf"],
        "move.transformed": ["objects", "inputs", "outputs", "place", "holder"],
        "move.displayed": ["objects", "place", "holder", "guarantee", "returnBy"],
        "move.destroyed": ["objects", "place", "holder", "witness", "reason"],
        "move.adjusted": ["objects", "place", "holder", "treatment", "reason"],
    ]

    private static let statuses = [
        "order.accepted": "120", "payment.accepted": "120", "waybill.accepted": "120",
        "proceeds.accepted": "120", "declare.accepted": "120", "order.rejected": "100",
        "payment.rejected": "100", "waybill.rejected": "100", "proceeds.rejected": "100",
        "declare.rejected": "100", "declare.reviewing": "300", "declare.reviewed": "399",
        "declare.suspended": "600", "declare.cancelled": "399", "declare.cancelRefused": "100",
        "declare.summaryRejected": "100", "return.accepted": "399", "return.refused": "100",
        "inspect.ordered": "500", "inspect.detained": "599", "release.granted": "800",
        "release.closed": "899", "release.returned": "700", "receipt.progress": "2",
        "receipt.failed": "-621004", "settle.taxAssessed": "1", "settle.taxSummarised": "2",
        "settle.taxVoided": "3",
    ]
}
