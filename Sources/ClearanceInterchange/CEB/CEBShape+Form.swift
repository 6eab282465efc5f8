extension CEBShape {
    /// What the XSD of a version would refuse; empty when the document is of that form.
    func formFaults(in version: CEBVersion) -> [InputFault] {
        var faults = structureFaults()
        for group in groups {
            check(group, version: version, into: &faults)
            if faults.count >= InterchangeLimits.faults { break }
        }
        return faults
    }

    private func structureFaults() -> [InputFault] {
        var faults: [InputFault] = []
        for index in strangers.prefix(InterchangeLimits.faults) {
            let element = document.elements[index]
            faults.append(
                fault(
                    document.isNative(element) ? "unknownElement" : "namespace", at: index,
                    path: path(nil, document.name(element)), .unknownElement))
        }
        if message.headElement != nil {
            let heads = groups.count { $0.number == 0 }
            if heads == 0 {
                faults.append(fault("missingField", nil, message.head.element, .missing))
            } else if heads > 1 || groups.first?.number != 0 {
                faults.append(fault("misplaced", nil, message.head.element, .order))
            }
        }
        if let lines = message.lines {
            let count = groups.last?.number ?? 0
            if count == 0 { faults.append(fault("missingField", nil, lines.element, .missing)) }
            if count > CEBMessage.lineLimit {
                faults.append(fault("tooMany", nil, lines.element, .count))
            }
        }
        return faults
    }

    /// One walk along the sequence: every element in its place, every mandatory one there.
    private func check(_ group: Group, version: CEBVersion, into faults: inout [InputFault]) {
        var due = 0
        let forms = group.record.forms(in: version)
        for place in group.leaves {
            let leaf = leaves[place]
            let element = document.elements[leaf.element]
            guard let index = leaf.field else {
                faults.append(
                    fault(
                        document.isNative(element) ? "unknownElement" : "namespace",
                        at: leaf.element,
                        path: path(group, document.name(element)), .unknownElement))
                continue
            }
            if index < due {
                let code = index == due - 1 ? "repeated" : "misplaced"
                faults.append(
                    fault(
                        code, at: leaf.element, path: path(group, group.record.fields[index].name),
                        code == "misplaced" ? .order : .repeated))
            } else {
                if due < index { reportMissing(due..<index, of: group, into: &faults) }
                due = index + 1
            }
            if element.hasChildren || element.isMixed {
                faults.append(
                    fault(
                        "unknownElement", at: leaf.element,
                        path: path(group, group.record.fields[index].name),
                        .unknownElement))
            } else if let problem = document.problem(element, form: forms[index]) {
                faults.append(
                    fault(
                        problem.code, at: leaf.element,
                        path: path(group, group.record.fields[index].name),
                        problem.message))
            }
        }
        reportMissing(due..<group.record.fields.count, of: group, into: &faults)
    }

    private func reportMissing(
        _ range: Range<Int>, of group: Group, into faults: inout [InputFault]
    ) {
        for index in range where group.record.mandatory[index] {
            let name = group.record.fields[index].name
            // Present, but behind its place: that was said as an order fault already.
            if element(name, in: group) != nil { continue }
            faults.append(fault("missingField", group, name, .missing))
        }
    }
}

extension CEBDocument {
    /// What is wrong with a text under a form; nil when nothing is.
    func problem(_ element: CEBElement, form: CEBForm) -> (code: String, message: MessageText)? {
        switch form {
        case .text(let range):
            // Lengths count characters: continuation bytes do not.
            let text = bytes.span.extracting(element.range)
            var count = 0
            for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
            return range.contains(count) ? nil : ("wrongLength", .length)
        case .decimal:
            return CEBNumber.isDecimal(bytes.span.extracting(element.range))
                ? nil : ("malformedDecimal", .decimal)
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
    static let order = MessageText(zh: "元素次序不符", en: "the element is out of order")
    static let repeated = MessageText(zh: "元素重复", en: "the element stands twice")
    static let count = MessageText(zh: "出现次数超限", en: "more of them than allowed")
    static let length = MessageText(zh: "长度不符", en: "the length is not allowed")
    static let decimal = MessageText(
        zh: "不是至多 14 位整数、5 位小数的数", en: "not a decimal of at most 14 + 5 digits")
    static let integer = MessageText(zh: "不是合规的整数", en: "not an allowed whole number")
    static let unknownElement = MessageText(
        zh: "此处没有这个元素", en: "no such element here")
}
