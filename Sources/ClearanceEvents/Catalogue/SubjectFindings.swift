extension Event {
    /// Whether the subject names other numbers than the data does; at most one finding a number.
    ///
    /// Numbers that the data lacks contradict nothing. Cost: one comparison of bytes a number;
    /// only unequal bytes are decoded and normalised.
    func subjectFindings() -> [Fault] {
        let bytes = subject.utf8Span.span
        let colon = LinkScan.index(of: 0x3A, in: bytes)
        guard colon < bytes.count, let scheme = SubjectScheme(bytes.extracting(..<colon)) else {
            return []
        }
        let fields = SubjectField.parts(of: scheme, in: bytes)
        var found: [Fault] = []
        var start = colon + 1
        for index in 0..<3 {
            guard let field = fields[index], start < bytes.count else { break }
            if bytes[start] == 0x7E { start += 1 }
            var end = start
            // A waybill's number ends before its `@DATE`.
            while end < bytes.count, bytes[end] != 0x2F, bytes[end] != 0x40 { end += 1 }
            if !data.says(bytes.extracting(start..<end), in: field) {
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

/// The fields of the data that say the same as the parts of a subject.
///
/// Source: `specs/aliases.md`, subjects and ladders.
enum SubjectField: Int, Sendable, CaseIterable {
    case ebpCode, ebcCode, orderNo, payCode, payTransactionId, payNo, logisticsCode, logisticsNo
    case agentCode, copNo, operatorCode, preNo, invtNo, taxNo, sumNo, billNo

    /// The name of the field, in every layout that knows it.
    var name: String { String(describing: self) }

    /// The fields of the parts in their order; none for a scheme whose parts are no such fields.
    static func parts(
        of scheme: SubjectScheme, in subject: Span<UInt8>
    ) -> InlineArray<3, SubjectField?> {
        switch scheme {
        case .order: [hasSubstitute(subject) ? .ebcCode : .ebpCode, .orderNo, nil]
        case .payment: [.payCode, .payTransactionId, nil]
        case .waybill: [.logisticsCode, .logisticsNo, nil]
        case .proceeds: [.ebcCode, .orderNo, .payNo]
        case .declaration:
            hasSubstitute(subject) ? [.ebcCode, .orderNo, nil] : [.agentCode, .copNo, nil]
        case .cancel, .goodsReturn:
            [.agentCode, hasSubstitute(subject) ? .invtNo : .copNo, nil]
        case .summary: [.agentCode, hasSubstitute(subject) ? .sumNo : .copNo, nil]
        case .manifest: [.agentCode, hasSubstitute(subject) ? .billNo : .copNo, nil]
        case .arrival: [.operatorCode, hasSubstitute(subject) ? .billNo : .copNo, nil]
        case .departure: [.logisticsCode, hasSubstitute(subject) ? .billNo : .copNo, nil]
        case .pre: [.preNo, nil, nil]
        case .list: [.invtNo, nil, nil]
        case .tax: [.taxNo, nil, nil]
        default: [nil, nil, nil]
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
    fileprivate func says(_ part: Span<UInt8>, in field: SubjectField) -> Bool {
        var cursor = self.cursor
        let number = layout.number(of: field)
        let isThere =
            number == 0
            ? cursor.next(unknown: field.name.utf8Span.span) : cursor.next(number: number)
        guard isThere, cursor.kind.isText, !cursor.text.isEmpty else { return true }
        if cursor.text.isEqual(to: part) { return true }
        guard let encoded = Subject.encoded(cursor.text.string) else { return false }
        return part.isEqual(to: encoded.utf8Span.span)
    }
}
