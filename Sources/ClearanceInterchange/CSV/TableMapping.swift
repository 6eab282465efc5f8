internal import ClearanceEvents

/// Why a mapping cannot be used: every fault with its place in the mapping's JSON.
public struct TableMappingRefusal: Error, Sendable, Equatable {
    public let faults: [InputFault]
}

/// How the rows of a table become events: the mapping file of a platform's own export.
///
///     let mapping = try TableMapping(json: bytes.span)
///     var reader = InterchangeReader(file: "orders.csv", mapping: mapping)
///
/// The form is described in `specs/csv.md`.
public struct TableMapping: Sendable {
    /// The encodings of a table.
    enum Encoding: Sendable {
        case utf8
        case gb18030
    }

    /// Rows of a document that become records of a list.
    struct ListRule: Sendable {
        let name: String
        let layout: RecordLayout
        let rules: [TableRule]
        /// A row counts when this column says something; nil when every row does.
        let when: String?
    }

    /// What the subject is made of when the event's type has no ladder of its own.
    struct SubjectRule: Sendable {
        let scheme: SubjectScheme
        let fields: [String]
    }

    /// The event type of a document: one for all, or by the value of a column.
    struct TypeRule: Sendable {
        let column: String?
        /// One entry without a name when there is no column.
        let types: [String: String]
    }

    var encoding = Encoding.utf8
    var separator = UInt8(ascii: ",")
    /// Lines before the header that are no rows.
    var skipLines = 0
    /// Lines that begin so are no rows.
    var comment: String?
    /// Names of the columns of a table without a header.
    var columns: [String]?
    /// Columns whose equal values make neighbouring rows one document.
    var document: [String] = []
    var source = ""
    var type = TypeRule(column: nil, types: [:])
    var time: TableRule?
    var id: TableRule?
    var subject: SubjectRule?
    var fields: [TableRule] = []
    var lists: [ListRule] = []
    var layout = Catalogue.extras

    /// Reads a mapping. Throws with every fault that it has.
    public init(json: Span<UInt8>) throws(TableMappingRefusal) {
        let tape = JSONTape()
        do throws(JSONTape.Failure) { try tape.parse(json) } catch {
            throw TableMappingRefusal(faults: [error.fault(line: 1)])
        }
        var parser = TableMappingParser(tape, source: json)
        guard let mapping = parser.mapping() else {
            throw TableMappingRefusal(faults: parser.faults)
        }
        self = mapping
    }

    init() {}

    /// Every column that the mapping reads, each once.
    var readColumns: [String] {
        var all = document
        all += fields.flatMap(\.columns)
        for list in lists {
            all += list.rules.flatMap(\.columns)
            if let when = list.when { all.append(when) }
        }
        all += time?.columns ?? []
        all += id?.columns ?? []
        if let column = type.column { all.append(column) }
        var seen: Set<String> = []
        return all.filter { seen.insert($0).inserted }
    }
}
