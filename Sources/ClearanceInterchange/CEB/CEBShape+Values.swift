internal import ClearanceEvents

extension CEBShape {
    /// Values that the form lets pass and the code lists do not.
    func valueFindings() -> [InputFault] {
        var findings: [InputFault] = []
        for group in groups {
            for leaf in group.leaves.lazy.map({ leaves[$0] }) {
                guard let index = leaf.field else { continue }
                let field = group.record.fields[index]
                let element = document.elements[leaf.element]
                guard field.rule != .free, !element.text.isEmpty,
                    let problem = problem(element, rule: field.rule, in: group)
                else { continue }
                findings.append(
                    fault(
                        problem.code, at: leaf.element, path: path(group, field.name),
                        problem.message))
                if findings.count >= InterchangeLimits.faults { return findings }
            }
        }
        return findings
    }

    private func problem(
        _ element: CEBElement, rule: CEBRule, in group: Group
    ) -> (code: String, message: MessageText)? {
        let bytes = document.bytes[element.text]
        switch rule {
        case .free: return nil
        case .oneOf(let words):
            let fits = words.contains { $0.utf8.elementsEqual(bytes) }
            return fits ? nil : ("code", .code)
        case .time:
            return Instant(customs: Array(bytes).span) == nil ? ("time", .time) : nil
        case .date:
            return CivilDay(Array(bytes).span) == nil ? ("date", .date) : nil
        case .digits: return bytes.allSatisfy { $0 &- 48 < 10 } ? nil : ("code", .code)
        case .integer: return CEBNumber.integer(bytes) == nil ? ("code", .code) : nil
        case .unit: return CEBCodes.isUnit(bytes) ? nil : ("code", .code)
        case .traffic: return CEBCodes.isTraffic(bytes) ? nil : ("code", .code)
        case .identity:
            // Only identity cards have a check character; other documents have any number.
            let type = text("buyerIdType") ?? text("payerIdType")
            let number = IdCardNumber(String(decoding: bytes, as: UTF8.self))
            return type != "1" || number.isWellFormed ? nil : ("identity", .identity)
        }
    }
}

/// The closed code lists of JGS-20 that CEB documents use.
enum CEBCodes {
    /// 计量单位代码.
    static func isUnit(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == 3, let code = CEBNumber.integer(bytes), code > 0 else { return false }
        return units.contains(Int(code))
    }

    /// 运输方式代码.
    static func isTraffic(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count == 1, let first = bytes.first else { return false }
        return "0123456789GHLTWXYZ".utf8.contains(first)
    }

    private static let gaps: Set<Int> = [
        24, 64, 65, 66, 68, 69, 82, 87, 90, 91, 92, 93, 94, 100, 113, 114, 117, 119, 137, 138,
    ]

    private static let units: Set<Int> = Set(1...101).union(110...149).union([163, 164])
        .subtracting(gaps)
}

extension MessageText {
    static let code = MessageText(zh: "不在代码表内", en: "not in the code list")
    static let time = MessageText(zh: "不是合法的时间", en: "not a point in time")
    static let date = MessageText(zh: "不是合法的日期", en: "not a date")
    static let identity = MessageText(
        zh: "身份证号码的日期或校验码不符", en: "the identity number fails its date or check")
}
