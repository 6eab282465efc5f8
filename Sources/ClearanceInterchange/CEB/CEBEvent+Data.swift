internal import ClearanceEvents

extension CEBEvent {
    /// The event's data: every element that says something, under its name.
    func data(
        layout: RecordLayout, schema: CEBVersion, _ builder: inout RecordBuilder
    ) -> DataRecord {
        builder.start(layout)
        if let head = shape.head { fill(&builder, from: head) }
        if case .list = shape.message.meaning { builder.add("list", named: "form") }
        if shape.message.lines != nil, let items = layout.number(of: "items"),
            builder.beginList(number: items)
        {
            for group in shape.groups where group.number > 0 {
                builder.beginRecord()
                fill(&builder, from: group)
                builder.endRecord()
            }
            builder.endList()
        }
        builder.add(shape.message.number, named: "message")
        builder.add(schema.rawValue, named: "schema")
        if let guid = envelope.guid { builder.add(guid, named: "messageGuid") }
        if let version = envelope.version { builder.add(version, named: "messageVersion") }
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
        for place in group.leaves {
            let leaf = shape.leaves[place]
            let element = document.elements[leaf.element]
            if element.range.isEmpty {
                if let index = leaf.field, edition.hasLiteral[index] {
                    addLiteral(of: group.record.fields[index], to: &builder)
                }
                continue
            }
            let text = bytes.extracting(element.range)
            guard let index = leaf.field, numbers[index] > 0 else {
                let name = document.name(element)
                builder.add(.text, text, name: name.utf8Span.span)
                continue
            }
            CEBEvent.add(text, form: edition.forms[index], number: numbers[index], to: &builder)
        }
    }

    private func addLiteral(of field: CEBField, to builder: inout RecordBuilder) {
        guard let literal = field.literal(in: shape.edition) else { return }
        builder.add(literal.text, named: field.name)
    }

    private static func add(
        _ text: Span<UInt8>, form: CEBForm, number: UInt16, to builder: inout RecordBuilder
    ) {
        switch form {
        case .text: builder.add(.text, text, number: number)
        case .decimal:
            if CEBNumber.isPlainDecimal(text) {
                builder.add(.text, text, number: number)
            } else if let decimal = CEBNumber.decimal(text) {
                builder.add(.text, decimal.utf8Span.span, number: number)
            } else {
                builder.add(.text, text, number: number)
            }
        case .integer:
            if CEBNumber.isPlainInteger(text) {
                builder.add(.number, text, number: number)
            } else if let value = CEBNumber.integer(text) {
                builder.add(.number, String(value).utf8Span.span, number: number)
            } else {
                builder.add(.text, text, number: number)
            }
        }
    }
}

extension RecordBuilder {
    fileprivate mutating func add(_ text: String, named name: String) {
        add(.text, text.utf8Span.span, name: name.utf8Span.span)
    }
}
