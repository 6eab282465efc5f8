import ClearanceEvents

/// Reads the fields of a record layout by name, resolved once.
struct CreditFields: Sendable {
    private let fields: [String: FieldRef]

    init(_ layout: String) {
        let names = Catalogue.current.layout(layout).fields.map(\.name)
        fields = Dictionary(
            uniqueKeysWithValues: names.map { ($0, Catalogue.field(layout + "." + $0)) })
    }

    /// The field `name`. Traps for a name that the layout lacks.
    subscript(name: String) -> FieldRef {
        guard let field = fields[name] else { preconditionFailure("no field \(name)") }
        return field
    }

    static let enterprise = CreditFields("enterprise")
    static let grade = CreditFields("grade")
    static let penalty = CreditFields("penalty")
    static let party = CreditFields("party")
    static let change = CreditFields("penaltyChange")
    static let count = CreditFields("count")
    static let repair = CreditFields("repair")
    static let listing = CreditFields("listing")
    static let credential = CreditFields("credential")
}

extension RecordView {
    /// A text field; empty when it is absent.
    func words(_ fields: CreditFields, _ name: String) -> String { string(fields[name]) ?? "" }

    /// The texts of a list field, in their order.
    func list(_ field: FieldRef) -> [String] {
        var texts: [String] = []
        forEachText(field) { span in
            if let utf8 = try? UTF8Span(validating: span) { texts.append(String(copying: utf8)) }
        }
        return texts
    }
}
