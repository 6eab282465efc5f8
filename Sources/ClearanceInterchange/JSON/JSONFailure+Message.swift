extension JSONTape.Failure {
    /// The fault of a line that is not one JSON document.
    func fault(line: Int) -> InputFault {
        InputFault(
            code: reason.code, path: "", line: line, column: offset + 1, message: reason.message)
    }
}

extension JSONTape.Failure.Reason {
    var code: String {
        switch self {
        case .syntax, .number, .string, .trailing: "json"
        case .utf8: "encoding"
        case .depth: "tooDeep"
        case .size: "tooLarge"
        case .memory: "memory"
        }
    }

    var message: MessageText {
        switch self {
        case .syntax: MessageText(zh: "不是合法的 JSON 对象", en: "not a JSON object")
        case .number: MessageText(zh: "数字写法不合 JSON", en: "not a JSON number")
        case .string: MessageText(zh: "字符串写法不合 JSON", en: "not a JSON string")
        case .trailing:
            MessageText(zh: "对象之后还有内容", en: "something follows the object")
        case .utf8: MessageText(zh: "不是合法的 UTF-8", en: "not UTF-8")
        case .depth: MessageText(zh: "嵌套过深", en: "nested too deeply")
        case .size: MessageText(zh: "一行过长", en: "the line is too long")
        case .memory: MessageText(zh: "内存不足", en: "out of memory")
        }
    }
}
