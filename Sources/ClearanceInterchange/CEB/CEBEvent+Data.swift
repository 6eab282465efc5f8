internal import ClearanceEvents

extension CEBEvent {
    /// The event's data: every element that says something, under its name.
    func data(
        layout: RecordLayout, _ attributes: CEBEnvelope.Attributes,
        _ builder: inout RecordBuilder
    ) -> DataRecord {
        let own = shape.document.names.ownFields(of: layout)
        builder.start(layout, arena: shape.document.bytes.span)
        if let head = shape.head { fill(&builder, from: head) }
        if case .list = shape.message.meaning { builder.add("list", own.form) }
        if shape.message.lines != nil, own.items > 0, builder.beginList(number: own.items) {
            for group in shape.groups where group.number > 0 {
                builder.beginRecord()
                fill(&builder, from: group)
                builder.endRecord()
            }
            builder.endList()
        }
        builder.add(shape.message.number, own.message)
        builder.add(shape.edition.rawValue, own.schema)
        if let guid = attributes.guid { builder.add(guid, own.messageGuid) }
        if let version = attributes.version { builder.add(version, own.messageVersion) }
        // The transport block stands behind the documents and is added at the message's end.
        return shape.message.isReceipt
            ? builder.finish()
            : builder.finish(roomForSlots: 6, bytes: InterchangeLimits.transferBytes)
    }

    /// Empty elements say what the edition implies, else nothing, and are left out; numbers take
    /// the ledger's form.
    private func fill(_ builder: inout RecordBuilder, from group: CEBShape.Group) {
        let document = shape.document
        let bytes = document.bytes.span
        let numbers = document.names.numbers(of: group.record, in: builder.layout)
        let edition = group.record.edition(shape.edition)
        let forms = edition.forms
        for place in group.leaves {
            let leaf = shape.leaves[place]
            let element = document.elements[leaf.element]
            if element.range.isEmpty {
                if let index = leaf.field, edition.hasLiteral[index] {
                    addLiteral(of: group.record.fields[index], to: &builder)
                }
                continue
            }
            guard let index = leaf.field, numbers[index] > 0 else {
                let name = document.name(element)
                builder.add(
                    .text, bytes.extracting(element.range), name: name.utf8Span.span)
                continue
            }
            let number = numbers[index]
            if case .text = forms[index] {
                builder.add(.text, at: element.range, number: number)
            } else {
                let text = bytes.extracting(element.range)
                CEBEvent.add(
                    text, at: element.range, form: forms[index], number: number, to: &builder)
            }
        }
    }

    private func addLiteral(of field: CEBField, to builder: inout RecordBuilder) {
        guard let literal = field.literal(in: shape.edition) else { return }
        builder.add(.text, literal.text.utf8Span.span, name: field.name.utf8Span.span)
    }

    private static func add(
        _ text: Span<UInt8>, at place: Range<Int>, form: CEBForm, number: UInt16,
        to builder: inout RecordBuilder
    ) {
        switch form {
        case .decimal where !CEBNumber.isPlainDecimal(text):
            if let decimal = CEBNumber.decimal(text) {
                builder.add(.text, decimal.utf8Span.span, number: number)
                return
            }
        case .integer:
            if CEBNumber.isPlainInteger(text) {
                builder.add(.number, at: place, number: number)
                return
            }
            if let value = CEBNumber.integer(text) {
                builder.add(.number, String(value).utf8Span.span, number: number)
                return
            }
        case .text, .decimal: break
        }
        builder.add(.text, at: place, number: number)
    }
}

extension RecordBuilder {
    fileprivate mutating func add(_ text: String, _ number: UInt16) {
        precondition(number > 0, "every layout of a message has the fields of the message itself")
        add(.text, text.utf8Span.span, number: number)
    }
}
