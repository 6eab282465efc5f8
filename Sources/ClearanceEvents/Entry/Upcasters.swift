/// Raises payloads of older layout versions to the current one.
///
/// Each step is a pure function from version n to n + 1. The chain of every type is checked when a
/// ledger opens: a gap is a programmer's error. This version has one layout of each type, so the
/// table is empty; a new layout adds its predecessor here. Layout 0 (a type that no fold reads) has
/// no promise and no step.
public enum Upcasters {
    /// One step of a chain.
    struct Step: Sendable {
        let type: String
        let from: UInt8
        let layout: RecordLayout
        let raise: @Sendable (DataRecord) -> DataRecord
    }

    static let steps: [Step] = []

    /// Checks that every type's steps lead from its oldest layout to the current one.
    public static func checkChains() {
        for step in steps {
            guard let definition = Catalogue.current.type(named: step.type) else {
                preconditionFailure("an upcaster for the unknown type \(step.type)")
            }
            for version in step.from..<definition.layoutVersion {
                precondition(
                    find(definition.name, version) != nil,
                    "\(definition.name) has no step from layout \(version)")
            }
        }
    }

    static func layout(of definition: EventDefinition, version: UInt8) -> RecordLayout {
        find(definition.name, version)?.layout ?? definition.layout
    }

    static func raise(
        _ record: DataRecord, of definition: EventDefinition, from version: UInt8
    ) throws(DecodingError) -> DataRecord {
        guard version != definition.layoutVersion else { return record }
        var current = record
        var reached = version
        while reached < definition.layoutVersion, let step = find(definition.name, reached) {
            current = step.raise(current)
            reached += 1
        }
        guard reached == definition.layoutVersion else {
            throw DecodingError(
                offset: EntryFormat.layoutOffset, expected: "a layout of this version or older")
        }
        return current
    }

    private static func find(_ type: String, _ version: UInt8) -> Step? {
        steps.first { $0.type == type && $0.from == version }
    }
}
