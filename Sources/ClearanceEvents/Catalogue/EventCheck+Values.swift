extension EventCheck {
    /// One member against its field. Null and an empty text are an absent value.
    mutating func value(_ value: DataCursor, layout: RecordLayout, depth: Int) {
        let traits = layout.traits(value.number)
        switch traits.check {
        case .record:
            switch value.kind {
            case .null: break
            case .record:
                inner(value.inside, layout: layout.inner(value.number), depth: depth + 1)
            default: wrongKind("a record", "对象")
            }
        case .list, .texts, .subjects:
            list(value, traits: traits, inner: layout.inner(value.number), depth: depth)
        case .any: checkDepth(value, depth: depth)
        case .bool:
            switch value.kind {
            case .yes, .no, .null: break
            default: wrongKind("true or false", "布尔值")
            }
        default: scalar(value, traits: traits, layout: layout)
        }
    }

    private mutating func list(
        _ value: DataCursor, traits: FieldTraits, inner layout: RecordLayout, depth: Int
    ) {
        if value.kind == .null { return }
        guard value.kind == .list else { return wrongKind("a list", "数组") }
        let outer = place
        var items = value.inside
        while items.next() {
            place = items.index
            switch (traits.check, items.kind) {
            case (.list, .record): inner(items.inside, layout: layout, depth: depth + 2)
            case (.list, .text) where traits.isShort: break
            case (.list, _): wrongKind("a record", "对象")
            case (.subjects, .text): subject(items.text)
            case (_, .text): break
            default: wrongKind("a text", "文本")
            }
        }
        place = outer
    }

    private mutating func scalar(
        _ value: DataCursor, traits: FieldTraits, layout: RecordLayout
    ) {
        switch value.kind {
        case .null: break
        case .number where traits.check == .integer: integer(value.text)
        case .number where traits.check == .decimal:
            add(.wrongKind, "a decimal is written as a string", "小数须写成字符串")
        case .text:
            let text = value.text
            if text.isEmpty { return }
            length(text, most: traits.maxLength)
            switch traits.check {
            case .text: break
            case .choice:
                if !layout.isChoice(text, of: value.number) {
                    unknownChoice(of: layout.field(value.number))
                }
            default: self.text(text, check: traits.check)
            }
        default: wrongKind("a text", "文本")
        }
    }

    private mutating func length(_ text: Span<UInt8>, most: Int) {
        if text.count > most, text.characters > most {
            add(.tooLong, "longer than \(most) characters", "超过 \(most) 个字符")
        }
    }

    private mutating func text(_ text: Span<UInt8>, check: FieldTraits.Check) {
        switch check {
        case .decimal:
            if FixedDecimal(text) == nil {
                add(
                    .malformedDecimal, "not -?digits[.digits] of at most 14 + 5 digits",
                    "不是最多 14 位整数、5 位小数的数值")
            }
        case .integer: integer(text)
        case .date:
            if CivilDay(text) == nil {
                add(.malformedDate, "not YYYY-MM-DD or YYYYMMDD", "日期格式不正确")
            }
        case .time: time(text)
        case .subject: subject(text)
        default: break
        }
    }

    private mutating func unknownChoice(of field: FieldDefinition) {
        guard case .choice(let words) = field.kind else { return }
        add(
            .unknownChoice, "none of \(words.joined(separator: ", "))",
            "不在可选值 \(words.joined(separator: "、")) 之内")
    }

    private mutating func integer(_ text: Span<UInt8>) {
        guard let value = FixedDecimal(text), value.units % FixedDecimal.scale == 0 else {
            return add(.malformedInteger, "not a whole number", "不是整数")
        }
    }

    private mutating func time(_ text: Span<UInt8>) {
        if Instant(customs: text) == nil && Instant(rfc3339: text) == nil {
            add(
                .malformedTime, "neither RFC 3339 with offset nor 14 or 17 digits",
                "时间格式不正确")
        }
    }

    private mutating func subject(_ text: Span<UInt8>) {
        if !Subject.isWellFormed(text) {
            add(.malformedSubject, "not a well-formed subject", "主体标识格式不正确")
        }
    }

    private mutating func wrongKind(_ english: String, _ chinese: String) {
        add(.wrongKind, "\(english) is due", "应为\(chinese)")
    }
}

extension Span<UInt8> {
    /// How many scalars the UTF-8 bytes have.
    var characters: Int {
        var count = 0
        for index in indices where self[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }
}
