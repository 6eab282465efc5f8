import ClearanceEvents

/// Where entries of one type name persons apart from marks, which only top-level texts have:
/// subjects, and lists of persons such as the parties of a penalty.
struct PersonPlaces: Sendable {
    /// A list whose items are a subject beside personal texts.
    private struct List: Sendable {
        let field: FieldRef
        let name: String
        let subject: FieldRef
    }

    /// The fields that name whom or what the entry is about, apart from its subject.
    private let subjects: [FieldRef]
    private let lists: [List]

    /// The places of each type that has any, by its code.
    static let ofTypes: [UInt16: PersonPlaces] = {
        var places: [UInt16: PersonPlaces] = [:]
        for type in Catalogue.current.types {
            let found = PersonPlaces(type.layout)
            if !found.subjects.isEmpty || !found.lists.isEmpty { places[type.code] = found }
        }
        return places
    }()

    private init(_ layout: RecordLayout) {
        subjects = layout.fields.filter { $0.kind == .subject || $0.kind == .subjects }.map(\.ref)
        lists = layout.fields.compactMap { field in
            guard let element = layout.element(of: field.number),
                let subject = element.fields.first(where: { $0.kind == .subject }),
                element.fields.contains(where: { $0.section != .body })
            else { return nil }
            return List(field: field.ref, name: field.name, subject: subject.ref)
        }
    }

    /// Whether an entry may name persons whom only its sealed part knows.
    var hasLists: Bool { !lists.isEmpty }

    /// Whether the clear part of an entry has this subject in one of the places.
    func names(_ subject: Span<UInt8>, in data: RecordView) -> Bool {
        var isThere = false
        for field in subjects {
            data.forEachText(field) { isThere = isThere || $0.isEqual(to: subject) }
        }
        for list in lists {
            data.forEachRecord(list.field) { item in
                isThere = isThere || item.text(list.subject).isEqual(to: subject)
            }
        }
        return isThere
    }

    /// Whether an item of a list has a text that is this identity number, in whatever member.
    func names(number person: Digest16, key: SipKey, in data: DataRecord) -> Bool {
        func holds(_ value: DataValue) -> Bool {
            switch value {
            case .text(let text): Mark.of(text, way: .identity, key: key) == person
            case .number(let digits): Mark.of(digits, way: .identity, key: key) == person
            case .record(let record): record.members.contains { holds($0.value) }
            case .list(let items): items.contains { holds($0) }
            default: false
            }
        }
        return lists.contains { list in data[list.name].map { holds($0) } ?? false }
    }
}
