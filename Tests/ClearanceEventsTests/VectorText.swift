@testable import ClearanceEvents

/// The golden vectors under `specs/vectors/`: events and the bytes that they must become.
enum VectorText {
    /// The index key of every vector: the bytes 00 to 0f.
    static let indexKey: [UInt8] = Array(0..<16)

    /// Path below `specs/` to content.
    static func files() throws -> [String: String] {
        var files: [String: String] = [:]
        for (name, text) in events {
            guard let json = JSON(parsing: text), let event = json.event,
                let key = SipKey(bytes: indexKey)
            else { preconditionFailure("the vector \(name) is no event") }
            var writer = ByteWriter()
            let identity = try EntryEncoder(indexKey: key).encode(event, into: &writer)
            files["vectors/\(name).json"] =
                JSON.object([
                    .init("indexKey", .string(hex(indexKey))),
                    .init("event", json),
                    .init("entry", .string(hex(writer.bytes))),
                    .init("leaf", .string(Sha256.hex([0] + writer.bytes))),
                    .init("naturalKey", .string(identity.naturalKey.hex)),
                    .init("content", .string(identity.content.hex)),
                    .init("marks", .object(marks(writer.bytes, of: event))),
                ]).pretty
        }
        return files
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    static func bytes(hex: String) -> [UInt8]? {
        let digits = Array(hex.utf8)
        guard digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).reduce(into: [UInt8]?([])) { all, index in
            let pair = String(decoding: digits[index..<(index + 2)], as: UTF8.self)
            guard let byte = UInt8(pair, radix: 16) else {
                all = nil
                return
            }
            all?.append(byte)
        }
    }

    private static func marks(_ bytes: [UInt8], of event: Event) -> [JSON.Member] {
        guard let view = try? EventView(bytes.span) else { return [] }
        var found: [JSON.Member] = []
        for field in event.data.layout.fields {
            let ref = FieldRef(number: field.number, section: field.section)
            if let mark = view.mark(ref) { found.append(.init(field.name, .string(mark.hex))) }
        }
        return found
    }

    private static func event(
        _ id: String, _ type: String, _ subject: String, extra: String = "", data: String
    ) -> String {
        """
        {"specversion":"1.0","id":"\(id)","source":"urn:clearance:test",\
        "type":"clearance.\(type)","subject":"\(subject)",\
        "time":"2026-03-01T09:00:00+08:00",\(extra)"data":\(data)}
        """
    }

    private static let events: [(String, String)] = [
        (
            "order",
            event(
                "o-1", "order.submitted", "order:EBP1/NO1",
                data: """
                    {"orderNo":"NO1","ebpCode":"EBP1","ebcCode":"EBC1","goodsValue":"118.35",\
                    "freight":"0","discount":"0","taxTotal":"10.77","acturalPaid":"129.12",\
                    "currency":"142","buyerName":"测试","buyerIdNumber":"110101190001010006",\
                    "consignee":"测试","items":[{"gnum":1,"itemName":"面霜","qty":"1",\
                    "price":"118.35","totalPrice":"118.35","note":"礼品"}]}
                    """)
        ),
        (
            "payment",
            event(
                "p-1", "payment.submitted", "payment:PAY1/T1",
                data: """
                    {"payCode":"PAY1","payTransactionId":"T1","orderNo":"NO1","ebpCode":"EBP1",\
                    "payerName":"测试","payerIdNumber":"110101190001010006",\
                    "amountPaid":"129.12","currency":"CNY","payTime":"20260301090005"}
                    """)
        ),
        (
            "waybill",
            event(
                "w-1", "waybill.submitted", "waybill:LOG1/W1", extra: #""actor":"LOG1","#,
                data: """
                    {"logisticsCode":"LOG1","logisticsNo":"W1","orderNo":"NO1","weight":"1.2",\
                    "unknown":{"b":[1,null,true],"a":"x"}}
                    """)
        ),
        (
            "list",
            event(
                "l-1", "declare.submitted", "declaration:AGT1/C1",
                data: """
                    {"appType":"1","appTime":"20260301090000","appStatus":"2","orderNo":"NO1",\
                    "ebpCode":"EBP1","logisticsNo":"W1","logisticsCode":"LOG1","copNo":"C1",\
                    "customsCode":"4601","buyerIdNumber":"110101190001010006","agentCode":"AGT1",\
                    "tradeMode":"9610","items":[{"gnum":1,"gcode":"3304990039","qty":"1",\
                    "unit":"011","price":"118.35","totalPrice":"118.35"}]}
                    """)
        ),
        (
            "receipt",
            event(
                "r-1", "release.granted", "declaration:AGT1/C1",
                data: """
                    {"message":"CEB622","agentCode":"AGT1","copNo":"C1",\
                    "preNo":"B20260301000000001","invtNo":"46012026I000000001",\
                    "returnStatus":"800","returnTime":"20260301090000123",\
                    "returnInfo":"[Code:2600;Desc:放行]"}
                    """)
        ),
        (
            "penalty",
            event(
                "k-1", "record.penalty", "case:customs/2026-1",
                data: """
                    {"agency":"customs","decisionNo":"2026-1","kind":"fine","law":"示例",\
                    "decidedOn":"2026-03-01","selfDisclosed":false,"parties":[\
                    {"subject":"enterprise:91350100M000100Y43","role":"principal",\
                    "amount":"10000"}]}
                    """)
        ),
        (
            "correction",
            event(
                "x-1", "release.granted", "declaration:AGT1/C1",
                extra: """
                    "sequence":"7","corrects":{"source":"urn:clearance:test","id":"r-1"},\
                    "correctionreason":"didNotOccur",
                    """,
                data: "{}")
        ),
    ]
}
