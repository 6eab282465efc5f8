/// The rules that go with names: what a field of a name means does not differ from message to
/// message, so that it is said once here and not in every field line.
extension CEBRule {
    /// The rule of a field whose line has no word.
    ///
    /// Source: annotations of the XSD of both editions.
    static func usual(
        _ name: String, form: CEBForm, isImport: Bool, isReceipt: Bool
    ) -> CEBRule {
        switch name {
        case "tradeMode":
            return CEBRule(isImport ? "=9610,1210" : "=9610,1210,1239,9710,9810")
        case "currency": return isImport ? CEBRule("=142") : .currency
        case "packNo": return isImport ? CEBRule("=1") : .positive
        // Customs writes small letters in its own messages.
        case "guid": return isReceipt ? .free : .guid
        default: break
        }
        if let rule = byName[name] { return rule }
        return form == .decimal ? .amount : .free
    }

    /// Rules by the names that mean the same in every message.
    static let byName: [String: CEBRule] = {
        let lines = """
            time: appTime payTime logisticsTime accountingDate leaveTime startTime endTime
            time: returnTime opDate
            date: declTime ieDate
            unit: unit unit1 unit2
            currency: fCurrency iCurrency
            country: country tradeCountry
            traf: trafMode
            wrap: wrapType
            customs: customsCode portCode
            division: consigneeDistrict
            preNo: preNo
            invtNo: invtNo
            hs: gcode
            enterprise: ebcCode agentCode declAgentCode logisticsCode payCode operatorCode areaCode
            enterprise: iacCode assureCode
            platform: ebpCode
            owner: ownerCode
            barCode: barCode
            positive: qty qty1 qty2 weight grossWeight netWeight amountPaid charge
            positive: msgCount msgSeqNo
            integer: returnStatus
            """
        var rules: [String: CEBRule] = [:]
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: ":")
            for name in parts[1].split(separator: " ") {
                rules[String(name)] = CEBRule(String(parts[0]))
            }
        }
        for (names, words) in [
            ("appType", "=1,2,3"), ("appStatus", "=1,2"), ("statisticsFlag", "=A,B"),
            ("fFlag", "=1,2,3"), ("iFlag", "=1,2,3"), ("logisticsStatus", "=S"),
            ("buyerIdType", "=1"), ("payerIdType", "=1"), ("summaryFlag", "=1,2"),
        ] {
            rules[names] = CEBRule(words)
        }
        return rules
    }()
}
