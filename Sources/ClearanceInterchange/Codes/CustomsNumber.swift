extension InputFault {
    /// The error number with which customs answers such a fault, e.g. `-621027`; nil where its
    /// table has none.
    ///
    /// Source: CEB specification of 202205, table 7-2 (``CustomsErrors``).
    public var customsCode: String? {
        guard let (message, field) = messageAndField else { return nil }
        let numbers = CustomsNumbers.table
        return numbers["\(message) \(code):\(field)"] ?? numbers["\(message) \(code)"]
            ?? numbers["* \(code):\(field)"]
            ?? (layer == .form ? nil : numbers["\(message) *"])
    }

    /// The message and the last element of an XPath, inside an envelope or not: `CEB311`,
    /// `appType`; nil for other paths.
    var messageAndField: (message: String, field: String)? {
        let parts = path.split(separator: "/")
        guard let root = parts.first(where: { $0.hasPrefix("CEB") && $0.hasSuffix("Message") }),
            let last = parts.last
        else { return nil }
        return (String(root.dropLast(7)), String(last.prefix { $0 != "[" }))
    }
}

/// Which of customs' error numbers says the same as a fault, by message, code and field.
enum CustomsNumbers {
    /// Numbers by `MESSAGE CODE[:FIELD]`; `MESSAGE *` is the number for any value or figure that a
    /// message's checks refuse, `* CODE:FIELD` holds for every message.
    static let table: [String: String] = {
        var table: [String: String] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            precondition(words.count == 3 && CustomsErrors.text(words[2]) != nil, "row: \(line)")
            for code in words[1].split(separator: ",") { table["\(words[0]) \(code)"] = words[2] }
        }
        for field in enterprises {
            for code in ["malformedIdentifier", "wrongCheckCharacter"] {
                table["* \(code):\(field)"] = "-10102"
            }
        }
        return table
    }()

    private static let enterprises = [
        "ebcCode", "ebpCode", "agentCode", "declAgentCode", "logisticsCode", "payCode",
        "operatorCode", "areaCode", "iacCode", "assureCode", "ownerCode",
    ]

    private static let text = """
        CEB311 missingField:Order -301007
        CEB311 missingField:OrderList -301001
        CEB311 tooMany:Order -301015
        CEB311 gnumRepeated -301002
        CEB311 unknownCode:appType -301012
        CEB311 * -301008
        CEB411 missingField:Payment -401005
        CEB411 tooMany:Payment -401013
        CEB411 unknownCode:appType -401010
        CEB411 * -401009
        CEB511 malformed -504000
        CEB511 missingField:Logistics -504010
        CEB511 tooMany:Logistics -504013
        CEB511 unknownCode:appType -504014
        CEB511 * -504011
        CEB513 malformed -505000
        CEB513 missingField:LogisticsStatus -505010
        CEB513 tooMany:LogisticsStatus -505013
        CEB513 unknownCode:appType -505014
        CEB513 * -505011
        CEB621 missingField:InventoryList -621000
        CEB621 tooMany:Inventory -621030
        CEB621 gnumRepeated -621027
        CEB621 singleLimit -621005
        CEB621 unsigned -621026
        CEB621 signatureBroken -621029
        CEB621 * -621001
        CEB623 missingField:InvtCancel -623000
        CEB623 missingField:reason,wrongLength:reason -623012
        CEB623 tooMany:InvtCancel -623008
        CEB623 unsigned -623017
        CEB623 signatureBroken -623029
        CEB623 * -623001
        CEB625 missingField:InvtRefund -625003
        CEB625 missingField:InvtRefundList -625006
        CEB625 malformedIdentifier:preNo -625008
        CEB625 unsigned -625028
        CEB625 signatureBroken -625208
        CEB625 * -625001
        CEB711 malformed -800002
        CEB711 missingField:DeliveryList -800000
        CEB711 tooMany:Delivery -800006
        CEB711 * -800001
        """
}
