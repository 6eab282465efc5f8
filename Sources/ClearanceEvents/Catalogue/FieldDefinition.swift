/// What a field's value is, which decides how it is checked and compared.
public enum FieldKind: Sendable, Equatable {
    /// Any text; compared in NFC.
    case text
    /// A code of a list; kept as given, compared as given.
    case code
    /// One of the listed words.
    case choice([String])
    /// `-?digits[.digits]`, at most 14 + 5 digits, as a JSON string.
    case decimal
    /// A whole number, as a JSON number or a string of digits.
    case integer
    /// `YYYY-MM-DD` or `YYYYMMDD`.
    case date
    /// RFC 3339 with offset, or customs' 14 or 17 digits in Beijing time.
    case time
    /// `true` or `false`.
    case bool
    /// ISO 4217 alphabetic, or customs' digits; compared as the alphabetic code.
    case currency
    /// Another subject of the ledger.
    case subject
    /// A record of the named layout.
    case record(String)
    /// A list of records of the named layout.
    case list(String)
    /// A list of texts.
    case texts
    /// A list of subjects.
    case subjects
    /// Any JSON value.
    case any
}

/// Which part of the entry holds a field (`specs/encoding.md`, sections).
public enum Section: UInt8, Sendable, CaseIterable {
    /// The clear body: codes, decimals, dates.
    case body = 0
    /// Buyer, payer, person, and every free text.
    case buyer = 1
    /// Consignee.
    case consignee = 2

    /// The section in a set of them; 0 for the body, which everything belongs to.
    var bit: UInt8 { self == .body ? 0 : 1 << rawValue }
}

/// One field of a record layout. Numbers are given in the order of the layout and never reused.
public struct FieldDefinition: Sendable {
    public let number: UInt16
    public let name: String
    public let kind: FieldKind
    /// Whether the field must be there in the `open` profile.
    public let isMandatory: Bool
    /// The longest accepted text, in characters; nil when only the entry's size limits it.
    public let maxLength: Int?
    public let section: Section
    /// The normalisation under which a mark is made; nil for none.
    public let mark: MarkNormalisation?
    /// Transport fields are kept and not compared (`specs/encoding.md`, content mark).
    public let isTransport: Bool
    /// The Chinese name.
    public let chinese: String
    /// Where the field comes from: messages, each with `!` where its schema wants a value.
    public let origin: String
    /// Whether an item of the list may be a text, short for a record with only its first field.
    public let isShort: Bool

    /// The field for reading views.
    public var ref: FieldRef { FieldRef(number: number, section: section) }

    /// Whether the schema of this message, e.g. `CEB311`, wants a value in the field.
    public func isMandatory(in message: String) -> Bool {
        demandingMessages.contains(message)
    }

    fileprivate var demandingMessages: [String] {
        origin.split(separator: " ").filter { $0.last == "!" }.map { String($0.dropLast()) }
    }

    func renumbered(_ number: UInt16) -> FieldDefinition {
        FieldDefinition(
            number: number, name: name, kind: kind, isMandatory: isMandatory,
            maxLength: maxLength, section: section, mark: mark, isTransport: isTransport,
            chinese: chinese, origin: origin, isShort: isShort)
    }
}

/// What must be there when a code or choice field has one of some values, or has none of them.
///
/// An absent choice counts as its first word, an absent code as no value.
public struct FieldCondition: Sendable, Equatable {
    public let field: String
    public let values: [String]
    /// Whether the condition holds for every value but ``values``.
    public let isNegated: Bool
    /// Of each inner list at least one field must be there.
    public let required: [[String]]
}

/// An ordered set of fields that a record of `data` may hold.
public final class RecordLayout: Sendable {
    public let name: String
    public let chinese: String
    public let fields: [FieldDefinition]
    /// Each inner list names fields of which at least one must be there.
    public let oneOf: [[String]]
    /// What a choice demands beyond the mandatory fields.
    public let conditions: [FieldCondition]
    /// What tells one event of a layout from another, resolved once.
    let identity: IdentityFields
    /// What a record inside a list or a record field must have.
    let demand: FieldDemand
    /// The numbers of the fields that stand in subjects; 0 for one that the layout lacks.
    private let subjectFields: InlineArray<16, UInt16>
    private let table: WordTable
    private let names: [String]
    private let traits: [FieldTraits]
    private let elements: [RecordLayout?]
    /// The words of each choice field.
    private let choices: [WordTable?]
    private let mandatory: [String: [UInt16]]

    init(
        name: String, chinese: String, fields: [FieldDefinition], oneOf: [[String]],
        conditions: [FieldCondition] = [], elements: [RecordLayout?] = []
    ) {
        precondition(fields.count <= RecordLayout.mostFields, "\(name) has too many fields")
        self.name = name
        self.chinese = chinese
        self.fields = fields
        self.oneOf = oneOf
        self.conditions = conditions
        self.elements = elements
        names = fields.map(\.name)
        let table = WordTable(names)
        self.table = table
        let traits = fields.map { FieldTraits($0) }
        self.traits = traits
        choices = fields.map {
            guard case .choice(let words) = $0.kind else { return nil }
            return WordTable(words)
        }
        subjectFields = InlineArray { index in
            table.number(of: SubjectField.allCases[index].name)
        }
        identity = IdentityFields { table.number(of: $0) }
        demand = FieldDemand(
            groups: fields.filter(\.isMandatory).map { [$0.name] } + oneOf,
            conditions: conditions, of: fields)
        var mandatory: [String: [UInt16]] = [:]
        for field in fields {
            for message in field.demandingMessages {
                mandatory[message, default: []].append(field.number)
            }
        }
        self.mandatory = mandatory
    }

    /// The number of a field that stands in subjects; 0 when the layout lacks it.
    func number(of field: SubjectField) -> UInt16 { subjectFields[field.rawValue] }

    /// Which fields a record has is kept as one bit each while it is built or checked.
    static let mostFields = 255

    /// The field's number; nil for a name that the layout does not know.
    public func number(of name: String) -> UInt16? {
        let number = table.number(of: name)
        return number == 0 ? nil : number
    }

    /// The number of the field with these bytes as its name; 0 when the layout does not know it.
    public func number(of name: Span<UInt8>) -> UInt16 { table.number(of: name) }

    /// The name of a field number of this layout.
    func name(_ number: UInt16) -> String { names[Int(number) - 1] }

    /// The layout of the records that a field holds; nil when it holds none.
    public func element(of number: UInt16) -> RecordLayout? {
        elements.isEmpty ? nil : elements[Int(number) - 1]
    }

    /// Whether a text is one of the words of a choice field.
    func isChoice(_ text: Span<UInt8>, of number: UInt16) -> Bool {
        choices[Int(number) - 1].map { $0.number(of: text) != 0 } ?? false
    }

    /// The fields in which the schema of this message, e.g. `CEB311`, wants a value.
    func mandatory(in message: String) -> [UInt16] { mandatory[message] ?? [] }

    /// What encoding needs to know of a field, without the cost of its whole definition.
    func traits(_ number: UInt16) -> FieldTraits { traits[Int(number) - 1] }

    /// The definition of a field number of this layout.
    public func field(_ number: UInt16) -> FieldDefinition {
        precondition(number >= 1 && Int(number) <= fields.count, "not a field of \(name)")
        return fields[Int(number) - 1]
    }
}

/// A field of a layout, resolved once, used to read views without names.
public struct FieldRef: Sendable, Hashable {
    public let number: UInt16
    public let section: Section
}

/// How a text is normalised before its mark is made. A new way holds from its position on.
public enum MarkNormalisation: UInt8, Sendable {
    /// NFC and trimmed.
    case exact = 1
    /// Identity numbers: upper case, half width, 15 digits widened to 18.
    case identity = 2
    /// ``exact``, then without width, case, white space and punctuation: folding version 1.
    case folded = 3
}
