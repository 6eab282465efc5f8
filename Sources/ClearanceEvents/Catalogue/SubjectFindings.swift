extension Event {
    /// Whether the subject names other numbers than the data does; at most one finding a number.
    ///
    /// Numbers that the data lacks contradict nothing. Cost: one comparison of bytes a number;
    /// only unequal bytes are decoded and normalised.
    func subjectFindings() -> [Fault] {
        let bytes = subject.utf8Span.span
        guard let scheme = Subject(subject).scheme,
            let fields = SubjectFields.of(scheme, in: bytes)
        else { return [] }
        var found: [Fault] = []
        var start = scheme.rawValue.utf8.count + 1
        for field in fields where start < bytes.count {
            if bytes[start] == 0x7E { start += 1 }
            var end = start
            // A waybill's number ends before its `@DATE`.
            while end < bytes.count, bytes[end] != 0x2F, bytes[end] != 0x40 { end += 1 }
            if !data.isPart(bytes.extracting(start..<end), of: field) {
                found.append(
                    Fault(
                        .subjectMismatch, "data.\(field)", "the subject names another one",
                        "与主体标识中的编号不一致"))
            }
            start = end + 1
        }
        return found
    }
}

/// Which fields of the data say the same as the parts of a subject.
///
/// Source: `specs/aliases.md`, subjects and ladders.
private enum SubjectFields {
    /// The fields of the parts in their order; nil for a scheme whose parts are no such fields.
    static func of(_ scheme: SubjectScheme, in subject: Span<UInt8>) -> [String]? {
        switch scheme {
        case .order:
            hasSubstitute(subject) ? ["ebcCode", "orderNo"] : ["ebpCode", "orderNo"]
        case .payment: ["payCode", "payTransactionId"]
        case .waybill: ["logisticsCode", "logisticsNo"]
        case .proceeds: ["ebcCode", "orderNo", "payNo"]
        case .declaration:
            hasSubstitute(subject) ? ["ebcCode", "orderNo"] : ["agentCode", "copNo"]
        case .cancel, .goodsReturn:
            ["agentCode", hasSubstitute(subject) ? "invtNo" : "copNo"]
        case .summary: ["agentCode", hasSubstitute(subject) ? "sumNo" : "copNo"]
        case .manifest: ["agentCode", hasSubstitute(subject) ? "billNo" : "copNo"]
        case .arrival: ["operatorCode", hasSubstitute(subject) ? "billNo" : "copNo"]
        case .departure: ["logisticsCode", hasSubstitute(subject) ? "billNo" : "copNo"]
        case .pre: ["preNo"]
        case .list: ["invtNo"]
        case .tax: ["taxNo"]
        default: nil
        }
    }

    /// Whether a part begins with an unencoded `~`.
    private static func hasSubstitute(_ subject: Span<UInt8>) -> Bool {
        for index in subject.indices.dropFirst() where subject[index] == 0x7E {
            let before = subject[index - 1]
            if before == 0x3A || before == 0x2F { return true }
        }
        return false
    }
}

extension DataRecord {
    /// Whether a part of a subject is what the text of a field becomes there; a field that says
    /// nothing contradicts nothing.
    fileprivate func isPart(_ part: Span<UInt8>, of field: String) -> Bool {
        let place = place(of: field.utf8Span.span)
        guard place.isThere else { return true }
        var cursor = DataCursor(
            slots: slots.span, bytes: bytes.span, from: place.index, to: Int(end))
        guard cursor.next(), cursor.kind.isText, !cursor.text.isEmpty else { return true }
        if cursor.text.isEqual(to: part) { return true }
        guard let encoded = Subject.encoded(cursor.text.string) else { return false }
        return part.isEqual(to: encoded.utf8Span.span)
    }
}
