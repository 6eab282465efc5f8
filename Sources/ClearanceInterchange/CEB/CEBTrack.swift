/// Follows one record's sequence through the newest edition while a document is laid out.
///
/// It only tells sound from unsound; what is wrong is explained by a second walk, which nearly no
/// document needs (``CEBShape/formFaults(in:)``).
struct CEBTrack: ~Copyable {
    private var record: CEBRecord
    private var fields: [Int16]
    private var steps: [CEBRecord.Step]
    private var due = 0
    private var isSound = true

    init(_ record: CEBRecord, names: CEBNames) {
        self.record = record
        fields = names.fields(of: record)
        steps = record.steps
    }

    /// Begins another record, or the same one again.
    mutating func restart(_ record: CEBRecord, names: CEBNames) {
        due = 0
        isSound = true
        if record === self.record { return }
        self.record = record
        fields = names.fields(of: record)
        steps = record.steps
    }

    /// Whether the sequence held, to its end.
    var isComplete: Bool {
        isSound && (due == steps.count || steps[due].nextMandatory == steps.count)
    }

    /// The place of an element's field; -1 for an element that the record does not know.
    mutating func place(_ element: CEBElement, in document: CEBDocument) -> Int16 {
        let field = fields[element.name]
        guard field >= 0, isSound else {
            isSound = false
            return field
        }
        let index = Int(field)
        // In its place, and nothing mandatory left out before it.
        guard index >= due, steps[due].nextMandatory >= index, !element.hasChildren,
            !element.isMixed, holds(index, element, in: document)
        else {
            isSound = false
            return field
        }
        due = index + 1
        return field
    }

    /// Whether a field's value breaks its rule.
    func isOdd(_ field: Int16, _ element: CEBElement, in document: CEBDocument) -> Bool {
        let index = Int(field)
        guard index >= 0, steps[index].isRuled, !element.range.isEmpty else { return false }
        return record.rules[index].problem(document.bytes.span.extracting(element.range)) != nil
    }

    private func holds(
        _ index: Int, _ element: CEBElement, in document: CEBDocument
    ) -> Bool {
        let step = steps[index]
        if step.hasLiteral {
            let literal = record.fields[index].literal(in: .v202205)
            return document.problem(element, form: step.form, literal: literal) == nil
        }
        // A text that fits in bytes and has enough of them needs no counting of characters.
        if case .text(let range) = step.form, element.range.count <= range.upperBound,
            (element.range.count + 3) / 4 >= range.lowerBound
        {
            return true
        }
        return document.problem(element, form: step.form) == nil
    }
}
