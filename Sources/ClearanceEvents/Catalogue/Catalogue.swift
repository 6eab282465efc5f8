/// One event type of the vocabulary: `clearance.` + ``name`` outside, ``code`` in entries.
public final class EventDefinition: Sendable {
    /// The number in entries; given once, never reused.
    public let code: UInt16
    /// The type without its prefix, e.g. `order.submitted`.
    public let name: String
    public let layout: RecordLayout
    /// Of each inner list at least one field must be there, in the `open` profile.
    public let required: [[String]]
    /// What a choice of the payload demands beyond ``required``.
    public let conditions: [FieldCondition]
    /// Layout version of the payload; 0 for types that no fold reads yet.
    public let layoutVersion: UInt8
    public let chinese: String
    /// ``required`` and ``conditions`` by number.
    let demand: FieldDemand

    init(
        code: UInt16, name: String, layout: RecordLayout, required: [[String]],
        conditions: [FieldCondition], layoutVersion: UInt8, chinese: String
    ) {
        self.code = code
        self.name = name
        self.layout = layout
        self.required = required
        self.conditions = conditions
        self.layoutVersion = layoutVersion
        self.chinese = chinese
        demand = FieldDemand(groups: required, conditions: conditions, of: layout.fields)
    }
}

/// Every event type, record layout and field: the vocabulary as data.
///
/// The text form is read once, at first use; a mistake in it is a programmer's error and traps.
/// Source: `specs/events/`.
public struct Catalogue: Sendable {
    /// The vocabulary of this version.
    public static let current = Catalogue(texts: Vocabulary.texts)

    /// All types in the order of their numbers.
    public let types: [EventDefinition]
    public let layouts: [String: RecordLayout]
    private let names: WordTable
    /// Definitions by number: a look-up stands on the path of every event.
    private let byCode: [EventDefinition?]

    init(texts: [String]) {
        var parser = CatalogueParser()
        for text in texts { parser.parse(text) }
        layouts = parser.layouts
        types = parser.types.sorted { $0.code < $1.code }
        names = WordTable(types.map(\.name))
        var byCode: [EventDefinition?] = Array(
            repeating: nil, count: Int(types.last?.code ?? 0) + 1)
        for type in types { byCode[Int(type.code)] = type }
        self.byCode = byCode
    }

    /// The type with this name, without the prefix `clearance.`; nil when there is none.
    public func type(named name: String) -> EventDefinition? {
        type(named: name.utf8Span.span)
    }

    /// The type with these bytes as its name, without the prefix; nil when there is none.
    public func type(named name: Span<UInt8>) -> EventDefinition? {
        let number = Int(names.number(of: name))
        return number == 0 ? nil : types[number - 1]
    }

    /// The type with this number; nil when there is none.
    public func type(code: UInt16) -> EventDefinition? {
        Int(code) < byCode.count ? byCode[Int(code)] : nil
    }

    /// The layout with this name. Traps for a name that the vocabulary does not have.
    public func layout(_ name: String) -> RecordLayout {
        guard let layout = layouts[name] else { preconditionFailure("no layout \(name)") }
        return layout
    }

    /// The field `layout.name`, for reading views. Traps when the vocabulary does not have it.
    public static func field(_ path: String) -> FieldRef {
        let parts = path.split(separator: ".")
        precondition(parts.count == 2, "a field path is layout.name")
        let layout = current.layout(String(parts[0]))
        guard let number = layout.number(of: String(parts[1])) else {
            preconditionFailure("no field \(path)")
        }
        return FieldRef(number: number, section: layout.field(number).section)
    }
}

/// The number of an event type, as entries hold it.
public struct EventType: Sendable, Hashable {
    public let code: UInt16

    public init(code: UInt16) { self.code = code }

    /// The type with this name, without the prefix; nil when the vocabulary does not have it.
    public init?(named name: String) {
        guard let definition = Catalogue.current.type(named: name) else { return nil }
        code = definition.code
    }

    /// The definition; nil for a number that this version does not know.
    public var definition: EventDefinition? { Catalogue.current.type(code: code) }

    /// The name without its prefix.
    public var name: String { definition?.name ?? "unknown.\(code)" }

    /// Whether the type is a payment paper, whose identity includes the order.
    var isPayment: Bool { code & 0xFF00 == 0x0200 }

    /// Whether the type belongs to the four papers 单证: order, payment, waybill, proceeds.
    public var isPaper: Bool { (0x01...0x04).contains(code >> 8) }
}
