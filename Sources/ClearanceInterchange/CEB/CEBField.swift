internal import ClearanceEvents

/// What the XSD says of one element's text.
enum CEBForm: Sendable, Hashable {
    /// `xs:string` with a length in characters.
    case text(ClosedRange<Int>)
    /// `xs:decimal`, 19 digits, 5 of them behind the point.
    case decimal
    /// `xs:int`, with at most so many digits.
    case integer(digits: Int?)
}

/// The value that an empty element has (XSD `default`), and that every element has when it is
/// `fixed`.
struct CEBLiteral: Sendable, Equatable {
    let text: String
    let bytes: [UInt8]
    let isFixed: Bool

    init(_ text: String, isFixed: Bool) {
        self.text = text
        bytes = Array(text.utf8)
        self.isFixed = isFixed
    }
}

/// One element of a record, in the order of the XSD.
///
/// A class, as a record is: each is made once and passed on for every element read.
final class CEBField: Sendable {
    let name: String
    let isMandatory: Bool
    /// The form of 202205.
    var form: CEBForm { newer.form }
    /// Whether 2018-113 has the field at all.
    let isInOlder: Bool
    let rule: CEBRule
    private let newer: Word
    private let older: Word

    /// What one word of a field line says: a form, and the value that is implied.
    fileprivate struct Word {
        let form: CEBForm
        let literal: CEBLiteral?
    }

    fileprivate init(
        name: String, isMandatory: Bool, newer: Word, older: Word, isInOlder: Bool, rule: CEBRule
    ) {
        self.name = name
        self.isMandatory = isMandatory
        self.newer = newer
        self.older = older
        self.isInOlder = isInOlder
        self.rule = rule
    }

    func form(in version: CEBVersion) -> CEBForm {
        version == .v2018 ? older.form : newer.form
    }

    /// The value that an edition implies; nil when it implies none.
    func literal(in version: CEBVersion) -> CEBLiteral? {
        version == .v2018 ? older.literal : newer.literal
    }

    /// Whether an edition has the field.
    func isPart(of version: CEBVersion) -> Bool { isInOlder || version != .v2018 }
}

/// A sequence of elements: a head, a line, a transport block.
///
/// Written as one field a line: name (`!` mandatory), form (`C1..60`, `C14`, `C0..`, `N`, `I9`;
/// `C3=142` fixed, `C1?2` when empty), then `old=` for the whole form of 2018-113 (`old=-`: not
/// there) and the rule of its value where it is not the usual one.
final class CEBRecord: Sendable {
    /// What an edition says of the fields, by their places and apart from them, for the walk over
    /// every element.
    struct Edition: Sendable {
        let forms: [CEBForm]
        let literals: [CEBLiteral?]
        let hasLiteral: [Bool]
        let isPart: [Bool]
        let mandatory: [Bool]

        fileprivate init(_ version: CEBVersion, of fields: [CEBField]) {
            forms = fields.map { $0.form(in: version) }
            literals = fields.map { $0.literal(in: version) }
            hasLiteral = literals.map { $0 != nil }
            isPart = fields.map { $0.isPart(of: version) }
            mandatory = fields.map { $0.isMandatory && $0.isPart(of: version) }
        }
    }

    /// One field of the newest edition, as the walk over every element needs it.
    struct Step: Sendable {
        let form: CEBForm
        let hasLiteral: Bool
        let isRuled: Bool
        /// The place of the first mandatory field from this one on; the number of fields when
        /// there is none.
        let nextMandatory: Int
    }

    let element: String
    let fields: [CEBField]
    let rules: [CEBRule]
    let steps: [Step]
    private let newer: Edition
    private let older: Edition
    private let names: WordTable
    private let keys: [Int16]

    /// Reads the text form; a mistake in it is a programmer's error and traps.
    ///
    /// `usual`: the rule of a field whose line has no word for one.
    init(
        element: String, _ text: String, usual: (String, CEBForm) -> CEBRule = { _, _ in .free }
    ) {
        self.element = element
        fields = text.split(separator: "\n").map { CEBRecord.field($0, usual: usual) }
        rules = fields.map(\.rule)
        newer = Edition(.v202205, of: fields)
        older = Edition(.v2018, of: fields)
        steps = CEBRecord.steps(of: newer, rules: rules)
        names = WordTable(fields.map(\.name))
        let places = fields.map(\.name)
        keys = CEBKey.allCases.map { key in
            Int16(places.firstIndex { $0 == key.name } ?? -1)
        }
    }

    private static func steps(of edition: Edition, rules: [CEBRule]) -> [Step] {
        var steps: [Step] = []
        var next = edition.forms.count
        for index in edition.forms.indices.reversed() {
            if edition.mandatory[index] { next = index }
            steps.append(
                Step(
                    form: edition.forms[index], hasLiteral: edition.hasLiteral[index],
                    isRuled: rules[index] != .free, nextMandatory: next))
        }
        return steps.reversed()
    }

    /// What a version says of the fields.
    func edition(_ version: CEBVersion) -> Edition { version == .v2018 ? older : newer }

    /// The place of the field of a key; -1 when the record has none.
    func place(of key: CEBKey) -> Int16 { keys[key.rawValue] }

    /// The place of the field with this name; nil when there is none.
    func index(named name: String) -> Int? {
        let number = names.number(of: name)
        return number == 0 ? nil : Int(number) - 1
    }

    private static func field(
        _ line: Substring, usual: (String, CEBForm) -> CEBRule
    ) -> CEBField {
        let words = line.split(separator: " ").map(String.init)
        precondition(words.count >= 2, "field line: \(line)")
        let newer = word(words[1])
        var older = newer
        var isInOlder = true
        var rule: CEBRule?
        for text in words.dropFirst(2) {
            if text == "old=-" {
                isInOlder = false
            } else if text.hasPrefix("old=") {
                older = word(String(text.dropFirst(4)))
            } else {
                rule = CEBRule(text)
            }
        }
        let isMandatory = words[0].hasSuffix("!")
        let name = isMandatory ? String(words[0].dropLast()) : words[0]
        return CEBField(
            name: name, isMandatory: isMandatory, newer: newer, older: older,
            isInOlder: isInOlder, rule: rule ?? usual(name, newer.form))
    }

    private static func word(_ text: String) -> CEBField.Word {
        guard let mark = text.firstIndex(where: { $0 == "=" || $0 == "?" }) else {
            return CEBField.Word(form: form(text), literal: nil)
        }
        let value = String(text[text.index(after: mark)...])
        return CEBField.Word(
            form: form(String(text[..<mark])),
            literal: CEBLiteral(value, isFixed: text[mark] == "="))
    }

    private static func form(_ word: String) -> CEBForm {
        let rest = word.dropFirst()
        switch word.first {
        case "N": return .decimal
        case "I": return .integer(digits: Int(rest))
        default:
            let bounds = rest.split(separator: ".").compactMap { Int($0) }
            precondition(word.first == "C" && (1...2).contains(bounds.count), "form \(word)")
            if rest.hasSuffix("..") { return .text(bounds[0]...Int.max) }
            return .text(bounds[0]...(bounds.last ?? bounds[0]))
        }
    }
}
