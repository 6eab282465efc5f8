import ClearanceEvents
import ClearanceInterchange
import Foundation

/// Messages of the official kit beside the package, where they are there.
enum CustomsTraceKit {
    private static let root =
        "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        + "/../shared/ceb"

    static let isThere = FileManager.default.isReadableFile(atPath: root + "/SOURCES.md")
    static let absence = "the kit of official messages does not lie beside the package"

    static func text(_ path: String) throws -> String {
        try String(contentsOf: URL(fileURLWithPath: root + "/" + path), encoding: .utf8)
    }

    static func joined(_ message: String) throws -> String {
        try text("synthetic-valid-example/\(message)Message.xml")
    }

    static func sample(_ message: String, _ version: String) throws -> String {
        try text("official-\(version)/samples/import/\(message)Message.xml")
    }

    /// What the reader makes of a message.
    static func items(_ text: String, file: String) -> [ParsedItem] {
        var items: [ParsedItem] = []
        let bytes = Array(text.utf8)
        InterchangeReader.read(bytes.span, file: file) { items.append($0) }
        return items
    }

    /// The events of a message that is sound in form.
    static func events(_ text: String, file: String) throws -> [Event] {
        try items(text, file: file).map { item in
            switch item {
            case .event(let event, _, _, _): event
            case .reject(let reject): throw Refused(code: reject.code, path: reject.path)
            }
        }
    }

    struct Refused: Error {
        let code: String
        let path: String
    }

    /// The text with the content of every element of a name replaced.
    static func replacing(_ name: String, with value: String, in text: String) -> String {
        var result = ""
        var rest = text[...]
        while let open = rest.range(of: "<ceb:\(name)>"),
            let close = rest.range(of: "</ceb:\(name)>")
        {
            result += rest[..<open.upperBound] + value
            rest = rest[close.lowerBound...]
            result += rest[..<rest.index(after: rest.startIndex)]
            rest = rest.dropFirst()
        }
        return result + rest
    }
}

/// One real filing as an e-port service told it: the receipts of a list.
struct CustomsTrace: Decodable {
    struct Receipt: Decodable {
        let returnstatus: String
        let agentcode: String
        let ebpcode: String
        let ebccode: String
        let preno: String
        let invtno: String?
        let customscode: String
        let createtime: String
        let returntime2: String
        let returninfo: String
    }

    struct OrderReceipt: Decodable {
        let orderno: String
    }

    let ceb312: [OrderReceipt]
    let ceb622: [Receipt]

    static func read() throws -> CustomsTrace {
        let text = try CustomsTraceKit.text("thirdparty/receipt-trace-ceb622-2023-08-07.json")
        return try JSONDecoder().decode(CustomsTrace.self, from: Data(text.utf8))
    }

    /// The receipts as CEB622 messages, one each, in the order in which they were sent.
    func messages(copNo: String) -> [String] {
        ceb622.enumerated().map { index, receipt in
            let guid = "00000000-0000-0000-0000-00000000000\(index)"
            let number = receipt.invtno.map { "<invtNo>\($0)</invtNo>" } ?? ""
            return """
                <?xml version="1.0" encoding="UTF-8"?>
                <CEB622Message xmlns="http://www.chinaport.gov.cn/ceb" \
                guid="\(guid)" version="1.0">\
                <InventoryReturn><guid>\(guid)</guid>\
                <customsCode>\(receipt.customscode)</customsCode>\
                <ebpCode>\(receipt.ebpcode)</ebpCode><ebcCode>\(receipt.ebccode)</ebcCode>\
                <agentCode>\(receipt.agentcode)</agentCode><copNo>\(copNo)</copNo>\
                <preNo>\(receipt.preno)</preNo>\(number)\
                <returnStatus>\(receipt.returnstatus)</returnStatus>\
                <returnTime>\(receipt.returntime2)000</returnTime>\
                <returnInfo>\(receipt.returninfo)</returnInfo></InventoryReturn></CEB622Message>
                """
        }
    }

    /// A list that fits the receipts: the joined example under their numbers.
    func list(copNo: String) throws -> String {
        let first = ceb622[0]
        let values = [
            ("appTime", first.createtime), ("declTime", String(first.createtime.prefix(8))),
            ("orderNo", ceb312[0].orderno), ("ebpCode", first.ebpcode),
            ("ebcCode", first.ebccode), ("agentCode", first.agentcode), ("copNo", copNo),
            ("customsCode", first.customscode), ("portCode", first.customscode),
        ]
        return values.reduce(try CustomsTraceKit.joined("CEB621")) { text, value in
            CustomsTraceKit.replacing(value.0, with: value.1, in: text)
        }
    }
}
