/// One thing that is wrong with an event: where, and what, in both languages.
///
/// As a *fault* it refuses the event; as a *finding* it stands beside the kept event. Texts never
/// hold a value of the event.
public struct Fault: Sendable, Hashable, CustomStringConvertible {
    /// The kinds of faults and findings; the raw value is the stable word for scripts.
    public enum Code: String, Sendable, CaseIterable {
        case missingField, wrongKind, malformedDecimal, malformedInteger, malformedDate
        case malformedTime, malformedSubject, unknownChoice, tooLong, tooDeep
        case malformedIdentifier, wrongCheckCharacter, unknownCode, subjectMismatch
    }

    public let code: Code
    /// The place, e.g. `data.items[0].qty`.
    public let path: String
    /// The message in English.
    public let english: String
    /// The message in Chinese.
    public let chinese: String

    init(_ code: Code, _ path: String, _ english: String, _ chinese: String) {
        self.code = code
        self.path = path
        self.english = english
        self.chinese = chinese
    }

    public var description: String { "\(code.rawValue) at \(path): \(english)" }
}

/// How much of the form of an event is demanded.
public enum EventProfile: Sendable {
    /// Only what an event cannot do without.
    case open
    /// What the schema of the message named in `data.message` demands, too.
    case ceb
}
