extension InputFault {
    /// What the specification's PDF says otherwise at this place; nil where it and the XSD agree.
    ///
    /// The XSD decides, because the gateway validates against it.
    public var note: MessageText? {
        guard let (message, field) = messageAndField else { return nil }
        return EditionNotes.table["\(message) \(field) \(code)"]
    }
}

/// Where the XSD and the PDF of 202205 disagree, as far as a refused document can come of it.
enum EditionNotes {
    /// A row of the table: the place, the code, what the PDF says.
    struct Row {
        let message, field, code: String
        let note: MessageText
    }

    static let table = Dictionary(
        uniqueKeysWithValues: rows.map { ("\($0.message) \($0.field) \($0.code)", $0.note) })

    /// Reads `MESSAGES FIELDS CODE · 中文 · English`.
    static let rows: [Row] = text.split(separator: "\n").flatMap { line in
        let parts = line.split(separator: " · ").map(String.init)
        let words = parts[0].split(separator: " ")
        precondition(parts.count == 3 && words.count == 3, "note: \(line)")
        return words[0].split(separator: ",").flatMap { message in
            words[1].split(separator: ",").map { field in
                Row(
                    message: String(message), field: String(field), code: String(words[2]),
                    note: MessageText(
                        zh: "XSD 与 PDF 不一致，以 XSD 为准：\(parts[1])",
                        en: "XSD and PDF disagree, the XSD decides: \(parts[2])"))
            }
        }
    }

    private static let text = """
        CEB311 consigneeDitrict unknownElement · PDF 作 consigneeDitrict，XSD 作 \
        consigneeDistrict · the PDF has consigneeDitrict, the XSD consigneeDistrict
        CEB511 consingee unknownElement · PDF 作 consingee，XSD 作 consignee · the PDF has \
        consingee, the XSD consignee
        CEB621 itemNo wrongLength · PDF 至多 30 位，XSD 至多 20 位 · at most 30 in the PDF, 20 in the XSD
        CEB621 preNo malformedIdentifier · PDF 为 18 位，XSD 为 0 至 18 位 · 18 characters in the \
        PDF, 0 to 18 in the XSD
        CEB621 qty1,unit,unit1,qty2,unit2 misplaced · PDF 次序为 qty qty1 qty2 unit unit1 \
        unit2，XSD 为 qty unit qty1 unit1 qty2 unit2 · qty qty1 qty2 unit unit1 unit2 in the \
        PDF, qty unit qty1 unit1 qty2 unit2 in the XSD
        CEB622 preNo missingField · PDF 为选填，XSD 必填 · optional in the PDF, mandatory in the XSD
        CEB622 preNo,invtNo wrongLength · XSD 恰为 18 位 · exactly 18 characters in the XSD
        CEB625 InvtRefound unknownElement · PDF 作 InvtRefound，XSD 作 InvtRefund · the PDF has \
        InvtRefound, the XSD InvtRefund
        CEB626 InvtRefoundReturn unknownElement · PDF 作 InvtRefoundReturn，XSD 作 \
        InvtRefundReturn · the PDF has InvtRefoundReturn, the XSD InvtRefundReturn
        CEB603 gcode wrongLength · PDF 至多 10 位，XSD 恰为 10 位 · at most 10 characters in the PDF, \
        exactly 10 in the XSD
        CEB604 preNo,invtNo missingField · PDF 为选填，XSD 必填 · optional in the PDF, mandatory in \
        the XSD
        CEB701 declagAgentCode unknownElement · PDF 作 declagAgentCode，XSD 作 declAgentCode · \
        the PDF has declagAgentCode, the XSD declAgentCode
        CEB816 orderNo,logisticNo unknownElement · PDF 有此元素，XSD 没有 · in the PDF only
        CEB900 returnTime wrongLength · PDF 至多 50 位，XSD 恰为 17 位 · at most 50 characters in the \
        PDF, exactly 17 in the XSD
        CEB303,CEB507,CEB509,CEB603,CEB607 gnum malformedInteger · PDF 为 N4 或 N5，XSD 为至多 5 位整数 \
        · N4 or N5 in the PDF, at most five digits in the XSD
        """
}
