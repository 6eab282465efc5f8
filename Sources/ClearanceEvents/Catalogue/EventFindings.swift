extension Event {
    /// What is odd about the values of a sound event: identifiers of a wrong shape, check
    /// characters that do not fit, codes that no list has. Findings never refuse an event.
    public func findings() -> [Fault] {
        var found: [Fault] = []
        EventFindings.members(of: data, path: "data", into: &found)
        return found
    }
}

/// The checks of values by the name of their field, the same in every layout.
enum EventFindings {
    static func members(of record: DataRecord, path: String, into found: inout [Fault]) {
        for member in record.members where member.number != 0 {
            let field = record.layout.field(member.number)
            let place = "\(path).\(member.name)"
            switch member.value {
            case .text(let text) where !text.isEmpty:
                if let fault = value(text, field: field, of: record, path: place) {
                    found.append(fault)
                }
            case .record(let inner): members(of: inner, path: place, into: &found)
            case .list(let items):
                for (index, item) in items.enumerated() {
                    guard case .record(let inner) = item else { continue }
                    members(of: inner, path: "\(place)[\(index)]", into: &found)
                }
            default: break
            }
        }
    }

    private static func value(
        _ text: String, field: FieldDefinition, of record: DataRecord, path: String
    ) -> Fault? {
        if field.kind == .currency {
            return Currency.alphabetic(text) == nil ? unknown(path) : nil
        }
        switch field.name {
        case "invtNo": return shape(InvtNo(text), path)
        case "preNo": return shape(PreNo(text), path)
        case "gcode": return shape(HsCode(text), path)
        case "customsCode" where field.maxLength == 4: return shape(CustomsDistrict(text), path)
        case "portCode": return shape(CustomsDistrict(text), path)
        case "uscc": return check(SocialCreditCode(text), length: 18, path)
        case "customsCode": return shape(CustomsCode(text), path)
        case "ebcCode", "agentCode", "logisticsCode", "payCode", "operatorCode", "areaCode":
            return enterprise(text, path)
        case "gtin": return check(Gtin(text), length: nil, path)
        case "barCode": return barCode(text, path)
        case "buyerIdNumber", "payerIdNumber", "idNumber":
            return identity(text, type: idType(of: record), path)
        default: return code(text, field: field, path)
        }
    }

    private static func code(_ text: String, field: FieldDefinition, _ path: String) -> Fault? {
        let isKnown =
            switch field.name {
            case "unit", "unit1", "unit2": CodeLists.isUnit(text)
            case "country", "tradeCountry", "origin": CodeLists.isCountry(text)
            case "trafMode": CodeLists.transportModes.contains(text)
            case "tradeMode": CodeLists.supervisionModes.contains(text)
            default: true
            }
        return isKnown ? nil : unknown(path)
    }

    /// The document type beside an identity number; 1 is the resident identity card.
    private static func idType(of record: DataRecord) -> String? {
        record.text("buyerIdType") ?? record.text("payerIdType") ?? record.text("idType")
    }

    private static func identity(_ text: String, type: String?, _ path: String) -> Fault? {
        guard type == nil || type == "1" else { return nil }
        guard text.utf8.count == 18 || type == "1" else { return nil }
        return check(IdCardNumber(text), length: 18, path)
    }

    private static func enterprise(_ text: String, _ path: String) -> Fault? {
        text.utf8.count == 18
            ? check(SocialCreditCode(text), length: 18, path) : shape(CustomsCode(text), path)
    }

    /// `无` is what a list says when the goods have no bar code.
    private static func barCode(_ text: String, _ path: String) -> Fault? {
        guard [8, 12, 13, 14].contains(text.utf8.count), text.utf8.allSatisfy(Ascii.isDigit) else {
            return nil
        }
        return check(Gtin(text), length: nil, path)
    }

    private static func shape(_ identifier: some Identifier, _ path: String) -> Fault? {
        identifier.isWellFormed
            ? nil
            : Fault(
                .malformedIdentifier, path, "not of the usual shape", "编号格式不符合规则")
    }

    private static func check(
        _ identifier: some Identifier, length: Int?, _ path: String
    ) -> Fault? {
        if identifier.isWellFormed { return nil }
        guard length == nil || identifier.text.utf8.count == length else {
            return shape(identifier, path)
        }
        return Fault(.wrongCheckCharacter, path, "the check character is wrong", "校验码不正确")
    }

    private static func unknown(_ path: String) -> Fault {
        Fault(.unknownCode, path, "a code that no list has", "代码表中没有此代码")
    }
}
