internal import ClearanceEvents

/// What a value should be beyond its form; a breach is a finding, never a refusal.
enum CEBRule: Sendable, Equatable {
    case free
    case oneOf([[UInt8]])
    case time
    case date
    case digits
    case integer
}

extension CEBRule {
    /// Reads the word of a field line; a mistake in it is a programmer's error and traps.
    init(_ word: String) {
        if word.hasPrefix("=") {
            self = .oneOf(word.dropFirst().split(separator: ",").map { Array($0.utf8) })
            return
        }
        switch word {
        case "time": self = .time
        case "date": self = .date
        case "digits": self = .digits
        case "integer": self = .integer
        default: preconditionFailure("rule \(word)")
        }
    }

    /// What is wrong with a value that is not empty; nil when nothing is.
    func problem(_ bytes: Span<UInt8>) -> (code: String, message: MessageText)? {
        switch self {
        case .free: return nil
        case .oneOf(let words):
            for word in words where CEBRule.equal(word, bytes) { return nil }
            return ("unknownCode", .code)
        case .time: return Instant(customs: bytes) == nil ? ("malformedTime", .time) : nil
        case .date: return CivilDay(bytes) == nil ? ("malformedDate", .date) : nil
        case .digits:
            for index in bytes.indices where bytes[index] &- 48 >= 10 {
                return ("unknownCode", .code)
            }
            return nil
        case .integer: return CEBNumber.integer(bytes) == nil ? ("unknownCode", .code) : nil
        }
    }

    private static func equal(_ word: [UInt8], _ bytes: Span<UInt8>) -> Bool {
        guard word.count == bytes.count else { return false }
        for index in word.indices where word[index] != bytes[index] { return false }
        return true
    }
}

extension MessageText {
    static let code = MessageText(zh: "不在代码表内", en: "not in the code list")
    static let time = MessageText(zh: "不是合法的时间", en: "not a point in time")
    static let date = MessageText(zh: "不是合法的日期", en: "not a date")
}
