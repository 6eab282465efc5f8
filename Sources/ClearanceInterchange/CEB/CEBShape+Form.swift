extension CEBShape {
    /// What the XSD of a version would refuse; empty when the document is of that form.
    func formFaults(in version: CEBVersion) -> [InputFault] {
        var faults = structureFaults(in: version)
        for group in groups {
            check(group, version: version, into: &faults)
            if faults.count >= InterchangeLimits.faults { break }
        }
        return faults
    }

    private func structureFaults(in version: CEBVersion) -> [InputFault] {
        var faults: [InputFault] = []
        if !message.isPart(of: version) {
            faults.append(fault("unknownMessage", at: 0, path: path(nil), .notInEdition))
        }
        for index in strangers.prefix(InterchangeLimits.faults) {
            let element = document.elements[index]
            faults.append(
                fault(
                    document.isNative(element) ? "unknownElement" : "namespace", at: index,
                    path: path(nil, document.name(element)), .unknownElement))
        }
        if message.hasHead {
            let heads = groups.count { $0.number == 0 }
            if heads == 0 {
                faults.append(fault("missingField", nil, message.head.element, .missing))
            } else if heads > 1 || groups.first?.number != 0 {
                faults.append(fault("misplaced", nil, message.head.element, .order))
            }
        }
        if let lines = message.lines {
            let count = groups.last?.number ?? 0
            let allowed = message.lineCount(in: version)
            if count < allowed.lowerBound {
                faults.append(fault("missingField", nil, lines.element, .missing))
            } else if count > allowed.upperBound {
                faults.append(fault("tooMany", nil, lines.element, .count))
            }
        }
        return faults
    }

    /// One walk along the sequence: every element in its place, every mandatory one there.
    private func check(_ group: Group, version: CEBVersion, into faults: inout [InputFault]) {
        var due = 0
        let edition = group.record.edition(version)
        for place in group.leaves {
            let leaf = leaves[place]
            let element = document.elements[leaf.element]
            guard let index = leaf.field, edition.isPart[index] else {
                faults.append(stranger(leaf, at: place, of: group))
                continue
            }
            if index < due {
                let code = index == due - 1 ? "repeated" : "misplaced"
                faults.append(
                    fault(
                        code, at: leaf.element, path: path(group, group.record.fields[index].name),
                        code == "misplaced" ? .order : .repeated))
            } else {
                if due < index { reportMissing(due..<index, of: group, edition, into: &faults) }
                due = index + 1
            }
            if element.hasChildren || element.isMixed {
                faults.append(
                    fault(
                        "unknownElement", at: leaf.element,
                        path: path(group, group.record.fields[index].name),
                        .unknownElement))
            } else if let problem = document.problem(
                element, form: edition.forms[index],
                literal: edition.hasLiteral[index] ? edition.literals[index] : nil)
            {
                faults.append(
                    fault(
                        problem.code, at: leaf.element,
                        path: path(group, group.record.fields[index].name),
                        problem.message))
            }
        }
        reportMissing(due..<group.record.fields.count, of: group, edition, into: &faults)
    }

    /// An element that the sequence does not have. Behind the last one that it has, in a message
    /// that keeps such elements, it is told apart (``isTolerated(_:)``).
    private func stranger(_ leaf: Leaf, at place: Int, of group: Group) -> InputFault {
        let element = document.elements[leaf.element]
        let isLast = !leaves[place..<group.leaves.upperBound].contains { $0.field != nil }
        let code =
            !document.isNative(element)
            ? "namespace" : message.keepsTrailing && isLast ? "trailingElement" : "unknownElement"
        return fault(
            code, at: leaf.element, path: path(group, document.name(element)), .unknownElement)
    }

    /// Whether a breach of the XSD is a finding even where the form is demanded.
    static func isTolerated(_ fault: InputFault) -> Bool { fault.code == "trailingElement" }

    /// Whether a fault speaks against an edition: neither what is kept all the same, nor what
    /// only the ledger cannot hold.
    static func isBreach(_ fault: InputFault) -> Bool {
        !isTolerated(fault) && fault.code != "decimalRange"
    }

    private func reportMissing(
        _ range: Range<Int>, of group: Group, _ edition: CEBRecord.Edition,
        into faults: inout [InputFault]
    ) {
        for index in range where edition.mandatory[index] {
            let name = group.record.fields[index].name
            // Present, but behind its place: that was said as an order fault already.
            if element(name, in: group) != nil { continue }
            faults.append(fault("missingField", group, name, .missing))
        }
    }
}

extension CEBDocument {
    /// What is wrong with a text under a form; nil when nothing is.
    func problem(
        _ element: CEBElement, form: CEBForm, literal: CEBLiteral? = nil
    ) -> (code: String, message: MessageText)? {
        if let literal {
            if element.range.isEmpty { return nil }
            if literal.isFixed, !bytes[element.range].elementsEqual(literal.bytes) {
                return ("fixedValue", .fixed)
            }
        }
        switch form {
        case .text(let range):
            // Lengths count characters: continuation bytes do not.
            let text = bytes.span.extracting(element.range)
            var count = 0
            for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
            return range.contains(count) ? nil : ("wrongLength", .length)
        case .decimal:
            let text = bytes.span.extracting(element.range)
            guard CEBNumber.isDecimal(text) else { return ("malformedDecimal", .decimal) }
            return CEBNumber.isHeld(text) ? nil : ("decimalRange", .range)
        case .integer(let digits):
            guard let value = CEBNumber.integer(bytes.span.extracting(element.range)) else {
                return ("malformedInteger", .integer)
            }
            guard let digits else { return nil }
            return String(value.magnitude).utf8.count > digits
                ? ("malformedInteger", .integer) : nil
        }
    }
}

extension MessageText {
    static let missing = MessageText(zh: "缺少必填元素", en: "a mandatory element is missing")
    static let notInEdition = MessageText(
        zh: "该版规范没有此报文", en: "the edition does not have this message")
    static let order = MessageText(zh: "元素次序不符", en: "the element is out of order")
    static let repeated = MessageText(zh: "元素重复", en: "the element stands twice")
    static let count = MessageText(zh: "出现次数超限", en: "more of them than allowed")
    static let length = MessageText(zh: "长度不符", en: "the length is not allowed")
    static let fixed = MessageText(zh: "不是规定的固定值", en: "not the value that is fixed")
    static let decimal = MessageText(
        zh: "不是至多 19 位、其中小数 5 位的数",
        en: "not a decimal of at most 19 digits, 5 of them behind the point")
    static let range = MessageText(
        zh: "数值超出账本范围", en: "a decimal beyond what the ledger holds")
    static let integer = MessageText(zh: "不是合规的整数", en: "not an allowed whole number")
    static let unknownElement = MessageText(
        zh: "此处没有这个元素", en: "no such element here")
}
