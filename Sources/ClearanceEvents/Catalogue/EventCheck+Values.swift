extension EventCheck {
    /// One member against its field. Null and an empty text are an absent value.
    mutating func value(_ value: DataValue, number: UInt16, layout: RecordLayout, depth: Int) {
        let traits = layout.traits(number)
        switch traits.check {
        case .record:
            switch value {
            case .null: break
            case .record(let record): inner(record, depth: depth + 1)
            default: wrongKind("a record", "对象")
            }
        case .list, .texts, .subjects: list(value, traits: traits, depth: depth)
        case .any: checkDepth(value, depth: depth)
        case .bool:
            switch value {
            case .bool, .null: break
            default: wrongKind("true or false", "布尔值")
            }
        default: scalar(value, traits: traits, number: number, layout: layout)
        }
    }

    private mutating func list(_ value: DataValue, traits: FieldTraits, depth: Int) {
        if case .null = value { return }
        guard case .list(let items) = value else { return wrongKind("a list", "数组") }
        for (place, item) in items.enumerated() {
            trail.enter(place)
            switch (traits.check, item) {
            case (.list, .record(let record)): inner(record, depth: depth + 2)
            case (.list, .text) where traits.isShort: break
            case (.list, _): wrongKind("a record", "对象")
            case (.subjects, .text(let text)): subject(text)
            case (_, .text): break
            default: wrongKind("a text", "文本")
            }
            trail.leave()
        }
    }

    private mutating func scalar(
        _ value: DataValue, traits: FieldTraits, number: UInt16, layout: RecordLayout
    ) {
        switch value {
        case .null: break
        case .number(let digits) where traits.check == .integer: integer(digits)
        case .number where traits.check == .decimal:
            add(.wrongKind, "a decimal is written as a string", "小数须写成字符串")
        case .text(let text) where text.isEmpty: break
        case .text(let text):
            length(text, most: traits.maxLength)
            switch traits.check {
            case .text: break
            case .choice: choice(text, of: layout.field(number))
            default: self.text(text, check: traits.check)
            }
        default: wrongKind("a text", "文本")
        }
    }

    private mutating func length(_ text: String, most: Int) {
        if text.utf8.count > most, text.unicodeScalars.count > most {
            add(.tooLong, "longer than \(most) characters", "超过 \(most) 个字符")
        }
    }

    private mutating func text(_ text: String, check: FieldTraits.Check) {
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

    private mutating func choice(_ text: String, of field: FieldDefinition) {
        guard case .choice(let words) = field.kind, !words.contains(text) else { return }
        add(
            .unknownChoice, "none of \(words.joined(separator: ", "))",
            "不在可选值 \(words.joined(separator: "、")) 之内")
    }

    private mutating func integer(_ text: String) {
        guard let value = FixedDecimal(text), value.units % FixedDecimal.scale == 0 else {
            return add(.malformedInteger, "not a whole number", "不是整数")
        }
    }

    private mutating func time(_ text: String) {
        let bytes = text.utf8Span.span
        if Instant(customs: bytes) == nil && Instant(rfc3339: bytes) == nil {
            add(
                .malformedTime, "neither RFC 3339 with offset nor 14 or 17 digits",
                "时间格式不正确")
        }
    }

    private mutating func subject(_ text: String) {
        if !Subject(text).isWellFormed {
            add(.malformedSubject, "not a well-formed subject", "主体标识格式不正确")
        }
    }

    private mutating func wrongKind(_ english: String, _ chinese: String) {
        add(.wrongKind, "\(english) is due", "应为\(chinese)")
    }
}
