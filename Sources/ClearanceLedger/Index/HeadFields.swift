import ClearanceEvents
import ClearanceStore

/// What an event is about, as conditions name it: its subject, and the references that the ledger
/// keeps last positions of.
struct HeadFields: Sendable {
    /// The names of the references, as configured.
    let names: [String]
    /// For each type number, the field of each name; nil where the type has none.
    private let fields: [[FieldRef?]]

    /// No reference beside the subject.
    static let none = HeadFields()

    private init() {
        names = []
        fields = []
    }

    /// The fields of references by their names.
    ///
    /// Throws `notConditional` for a name that no event type has as a text of its clear body, for
    /// a name twice, and for more than eight.
    init(_ names: [String]) throws(LedgerError) {
        guard names.count <= LedgerLimits.conditionalReferences,
            Set(names).count == names.count
        else {
            throw LedgerError(
                .notConditional,
                "at most \(LedgerLimits.conditionalReferences) references, each once")
        }
        self.names = names
        let types = Catalogue.current.types
        var fields = [[FieldRef?]](repeating: [], count: Int(types.last?.code ?? 0) + 1)
        for (index, name) in names.enumerated() {
            var isKnown = false
            for type in types {
                guard let field = HeadFields.field(name, of: type) else { continue }
                isKnown = true
                if fields[Int(type.code)].isEmpty {
                    fields[Int(type.code)] = Array(repeating: nil, count: names.count)
                }
                fields[Int(type.code)][index] = field
            }
            guard isKnown else {
                throw LedgerError(
                    .notConditional, "\(name) is no field that can be a conditional reference")
            }
        }
        self.fields = fields
    }

    /// A text that stands in clear; what is sealed must not be found by its value.
    private static func field(_ name: String, of type: EventDefinition) -> FieldRef? {
        guard let number = type.layout.number(of: name) else { return nil }
        let field = type.layout.field(number)
        guard field.section == .body, field.mark == nil else { return nil }
        switch field.kind {
        case .text, .code, .subject: return field.ref
        default: return nil
        }
    }

    /// Appends the keys of what an event is about: its subject first.
    func add(_ view: EventView, to keys: inout [Digest16]) {
        keys.append(LinkKey.subject(view.subject))
        let code = Int(view.type.code)
        guard code < fields.count, !fields[code].isEmpty else { return }
        for index in names.indices {
            guard let field = fields[code][index] else { continue }
            let text = view.data.text(field)
            if text.count > 0 { keys.append(key(of: index, text)) }
        }
    }

    /// The key of a value of a reference; nil when the ledger keeps none of that name.
    func key(of name: String, _ value: Span<UInt8>) -> Digest16? {
        names.firstIndex(of: name).map { key(of: $0, value) }
    }

    private func key(of index: Int, _ value: Span<UInt8>) -> Digest16 {
        LinkKey.of("reference", names[index].utf8Span.span, value)
    }
}

/// The keys of what the entries of a batch are about, one list after another.
struct HeadKeys: Sendable {
    private(set) var keys: [Digest16] = []
    private(set) var ends: [Int] = []

    /// Makes room for so many entries with a subject alone.
    mutating func reserve(_ entries: Int) {
        keys.reserveCapacity(entries)
        ends.reserveCapacity(entries)
    }

    /// Adds those of one entry.
    mutating func add(_ view: EventView, of fields: HeadFields) {
        fields.add(view, to: &keys)
        ends.append(keys.count)
    }

    /// Adds those of an entry with a subject alone.
    mutating func add(_ subject: Span<UInt8>) {
        keys.append(LinkKey.subject(subject))
        ends.append(keys.count)
    }

    /// Adds all of other entries behind the own ones.
    mutating func append(_ other: HeadKeys) {
        let base = keys.count
        keys.append(contentsOf: other.keys)
        for end in other.ends { ends.append(base + end) }
    }

    /// Where the keys of an entry lie.
    @inline(__always)
    func range(of entry: Int) -> Range<Int> { (entry == 0 ? 0 : ends[entry - 1])..<ends[entry] }
}
