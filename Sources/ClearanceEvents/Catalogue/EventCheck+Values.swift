extension EventCheck {
    /// One member against its field. Null and an empty text are an absent value.
    mutating func value(
        _ value: DataValue, field: FieldDefinition, layout: RecordLayout, path: String, depth: Int
    ) {
        switch field.kind {
        case .record:
            switch value {
            case .null: break
            case .record(let record): inner(record, path: path, depth: depth + 1)
            default: wrongKind(path, "a record", "对象")
            }
        case .list, .texts, .subjects: list(value, field: field, path: path, depth: depth)
        case .any: checkDepth(value, path: path, depth: depth)
        case .bool:
            switch value {
            case .bool, .null: break
            default: wrongKind(path, "true or false", "布尔值")
            }
        default: scalar(value, field: field, path: path)
        }
    }

    private mutating func list(
        _ value: DataValue, field: FieldDefinition, path: String, depth: Int
    ) {
        if case .null = value { return }
        guard case .list(let items) = value else { return wrongKind(path, "a list", "数组") }
        for (index, item) in items.enumerated() {
            let place = "\(path)[\(index)]"
            switch (field.kind, item) {
            case (.list, .record(let record)): inner(record, path: place, depth: depth + 2)
            case (.list, .text) where field.isShort: break
            case (.list, _): wrongKind(place, "a record", "对象")
            case (.subjects, .text(let text)): subject(text, path: place)
            case (_, .text): break
            default: wrongKind(place, "a text", "文本")
            }
        }
    }

    private mutating func scalar(_ value: DataValue, field: FieldDefinition, path: String) {
        switch value {
        case .null: break
        case .number(let digits) where field.kind == .integer: integer(digits, path: path)
        case .number where field.kind == .decimal:
            add(
                .wrongKind, path, "a decimal is written as a string", "小数须写成字符串")
        case .text(let text) where text.isEmpty: break
        case .text(let text): self.text(text, field: field, path: path)
        default: wrongKind(path, "a text", "文本")
        }
    }

    private mutating func text(_ text: String, field: FieldDefinition, path: String) {
        if let most = field.maxLength, text.utf8.count > most, text.unicodeScalars.count > most {
            add(.tooLong, path, "longer than \(most) characters", "超过 \(most) 个字符")
        }
        switch field.kind {
        case .decimal:
            if FixedDecimal(text) == nil {
                add(
                    .malformedDecimal, path, "not -?digits[.digits] of at most 14 + 5 digits",
                    "不是最多 14 位整数、5 位小数的数值")
            }
        case .integer: integer(text, path: path)
        case .date:
            if CivilDay(text) == nil {
                add(.malformedDate, path, "not YYYY-MM-DD or YYYYMMDD", "日期格式不正确")
            }
        case .time: time(text, path: path)
        case .subject: subject(text, path: path)
        case .choice(let words):
            if !words.contains(text) {
                add(
                    .unknownChoice, path, "none of \(words.joined(separator: ", "))",
                    "不在可选值 \(words.joined(separator: "、")) 之内")
            }
        default: break
        }
    }

    private mutating func integer(_ text: String, path: String) {
        guard let value = FixedDecimal(text), value.units % FixedDecimal.scale == 0 else {
            return add(.malformedInteger, path, "not a whole number", "不是整数")
        }
    }

    private mutating func time(_ text: String, path: String) {
        let bytes = Array(text.utf8)
        if Instant(customs: bytes.span) == nil && Instant(rfc3339: bytes.span) == nil {
            add(
                .malformedTime, path, "neither RFC 3339 with offset nor 14 or 17 digits",
                "时间格式不正确")
        }
    }

    private mutating func subject(_ text: String, path: String) {
        if !Subject(text).isWellFormed {
            add(.malformedSubject, path, "not a well-formed subject", "主体标识格式不正确")
        }
    }

    private mutating func wrongKind(_ path: String, _ english: String, _ chinese: String) {
        add(.wrongKind, path, "\(english) is due", "应为\(chinese)")
    }
}
