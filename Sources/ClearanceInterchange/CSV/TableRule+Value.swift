internal import ClearanceEvents

extension TableFormat {
    /// A cell as a person reads it: without blanks around it, without a spreadsheet's `="…"`.
    func trimmed(_ text: String) -> String {
        let plain = stripped(text)
        guard plain.hasPrefix("=\""), plain.hasSuffix("\""), plain.count >= 3 else {
            return plain
        }
        return stripped(String(plain.dropFirst(2).dropLast()))
    }

    private func stripped(_ text: String) -> String {
        // Most cells begin and end with a letter or digit: nothing has to be looked up for them.
        if strip.isEmpty, let first = text.utf8.first, let last = text.utf8.last,
            (0x21...0x7E).contains(first), (0x21...0x7E).contains(last)
        {
            return text
        }
        func isBlank(_ character: Character) -> Bool {
            character.isWhitespace || character == "\u{FEFF}" || strip.contains(character)
        }
        let front = text.drop(while: isBlank)
        guard let last = front.lastIndex(where: { !isBlank($0) }) else { return "" }
        return String(front[...last])
    }

    /// Full-width forms as the ASCII characters that they stand for.
    static func narrow(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.value > 0x7F }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            let isWide = (0xFF01...0xFF5E).contains(scalar.value)
            scalars.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
        }
        return String(scalars)
    }

    /// A number as digits and a point; nil for what is none.
    ///
    /// Separators of groups stand between three digits each, so that `1,5` is not taken for 15.
    func decimal(_ text: String) -> FixedDecimal? {
        if point == ".", let plain = FixedDecimal(text) { return plain }
        var rest = TableFormat.narrow(text)
        let isNegative = rest.hasPrefix("-")
        if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
        var parts = [rest]
        if !point.isEmpty, let range = rest.firstRange(of: point) {
            parts = [String(rest[..<range.lowerBound]), String(rest[range.upperBound...])]
        }
        if !thousands.isEmpty, parts[0].contains(thousands) {
            let groups = parts[0].split(
                separator: thousands, omittingEmptySubsequences: false)
            let isSound =
                (1...3).contains(groups[0].count) && groups.dropFirst().allSatisfy { $0.count == 3 }
            guard isSound else { return nil }
            parts[0] = groups.joined()
        }
        let digits = parts.joined(separator: ".")
        let sign = isNegative ? "-" : ""
        let text = sign + digits
        return CEBNumber.decimal(text.utf8Span.span).flatMap { FixedDecimal($0) }
    }
}

extension TableRule {
    /// A cell's text under the map of codes; nil when it says nothing.
    func coded(_ cell: String) throws(TableProblem) -> String? {
        let text = format.trimmed(cell)
        if map.isEmpty { return text.isEmpty ? nil : text }
        if let found = map[text] { return found.isEmpty ? nil : found }
        if text.isEmpty { return nil }
        switch otherwise {
        case .refuse: throw .unknownCode
        case .keep: return text
        case .value(let value): return value.isEmpty ? nil : value
        }
    }

    /// A text as the value of the field's kind.
    func value(_ text: String) throws(TableProblem) -> DataValue {
        switch kind {
        case .text: return .text(text)
        case .decimal:
            guard let number = number(text) else { throw .malformedDecimal }
            return .text(number)
        case .integer:
            guard let number = format.decimal(text), number.units % FixedDecimal.scale == 0
            else { throw .malformedInteger }
            return .number(number.text)
        case .date:
            guard let time = instant(text) else { throw .malformedDate }
            return .text(String(time.rfc3339.prefix(10)))
        case .time:
            guard let time = instant(text) else { throw .malformedTime }
            return .text(time.rfc3339)
        case .bool:
            switch text {
            case "true", "1", "是", "Y": return .bool(true)
            case "false", "0", "否", "N": return .bool(false)
            default: throw .wrongKind
            }
        case .code, .choice, .currency, .subject: return .text(TableFormat.narrow(text))
        case .texts, .subjects: return .list([.text(text)])
        case .record, .list, .any: throw .wrongKind
        }
    }

    /// Digits as they were given, without separators; a number that is computed is a new one.
    private func number(_ text: String) -> String? {
        guard let value = format.decimal(text) else { return nil }
        if format.point != "." || isComputed { return value.text }
        if FixedDecimal(text) != nil { return text }
        var plain = TableFormat.narrow(text)
        if !format.thousands.isEmpty { plain = plain.replacing(format.thousands, with: "") }
        return CEBNumber.decimal(plain.utf8Span.span)
    }

    /// The instant of a text, by the rule's patterns or by the usual ones.
    func instant(_ text: String) -> Instant? {
        let plain = TableFormat.narrow(text)
        let patterns = format.times.isEmpty ? TableTime.usual : format.times
        for pattern in patterns {
            if let time = pattern.instant(plain, offsetMinutes: format.offsetMinutes) {
                return time
            }
        }
        return format.times.isEmpty ? Instant(rfc3339: plain) : nil
    }
}
