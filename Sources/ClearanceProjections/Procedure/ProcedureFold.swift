public import ClearanceEvents

/// The procedure of every list: one row a consignment (`specs/procedure.md`).
///
/// The row collects facts; the state, its findings and the monthly cells are derived from the
/// whole set. Cost of an event: one step of about 60 bytes; a list paper adds its codes and lines.
public struct ProcedureFold: KeyedFold {
    public typealias Group = Consignments

    public static let name = "procedure"
    public static let version: UInt16 = 1

    public init() {}

    public func begin() -> ProcedureRow { ProcedureRow() }

    public func apply(_ event: EventView, to row: inout ProcedureRow) {
        guard let step = ProcedureFold.step(of: event) else { return }
        row.steps.append(step)
    }

    public func totals(of row: ProcedureRow, into sink: inout TotalsSink) {
        StatisticsCells.add(row, into: &sink)
    }

    /// The fact that an event is for the procedure; nil when it is none.
    static func step(of event: EventView) -> ProcedureStep? {
        guard let kind = StepKind.of(event.type) else { return nil }
        let scheme = ListScheme(event.subject)
        guard belongs(kind, scheme) else { return nil }
        var step = ProcedureStep(
            kind: kind, time: event.time, ref: event.identity.naturalKey.high)
        let data = event.data
        if let fields = ProcedureFields.of(kind) {
            step.invt = data.words(fields.invt)
            number(&step, data, fields, scheme, event.subject)
            receipt(&step, data, fields)
        }
        if kind.isPaper { step.paper = PaperFields.paper(of: event) }
        StepContent.add(to: &step, data, scheme)
        return step
    }

    /// Whether the event is about a list or what refers to one: receipts of orders, payments and
    /// waybills have the same types of status and are none of the procedure's.
    private static func belongs(_ kind: StepKind, _ scheme: ListScheme) -> Bool {
        switch kind {
        case .progress, .failed: scheme.isList
        case .drafted, .submitted, .amended, .withdrawn: scheme.isList
        default: true
        }
    }

    /// The numbers of the list. What refers to a list has numbers of its own, which are never the
    /// list's (`specs/procedure.md`, three numbers of one list).
    private static func number(
        _ step: inout ProcedureStep, _ data: RecordView, _ fields: ProcedureFields,
        _ scheme: ListScheme, _ subject: Span<UInt8>
    ) {
        guard scheme.isList else {
            step.own = text(subject)
            return
        }
        step.pre = data.words(fields.pre)
        let name = scheme.rest(of: subject)
        switch scheme {
        case .declaration: step.cop = name
        case .pre: if step.pre.isEmpty { step.pre = name }
        default: if step.invt.isEmpty { step.invt = name }
        }
        let (agent, cop) = (data.words(fields.agent), data.words(fields.cop))
        if step.cop.isEmpty, !agent.isEmpty, !cop.isEmpty { step.cop = agent + "/" + cop }
    }

    private static func receipt(
        _ step: inout ProcedureStep, _ data: RecordView, _ fields: ProcedureFields
    ) {
        guard let status = fields.status, let message = fields.message else { return }
        let code = data.words(status)
        step.isReceipt = !code.isEmpty
        if step.kind == .progress || step.kind == .failed { step.words = [code] }
        switch data.words(message) {
        case "CEB622", "CEB624", "CEB626": step.direction = .import
        case "CEB604", "CEB606", "CEB214": step.direction = .export
        default: break
        }
    }

    private static func text(_ span: Span<UInt8>) -> String {
        guard let utf8 = try? UTF8Span(validating: span) else { return "" }
        return String(copying: utf8)
    }
}

/// The scheme of a subject, as far as the procedure tells them apart.
enum ListScheme: Sendable {
    case declaration, pre, list, cancel, goodsReturn, tax, other

    private static let names: [(name: StaticString, scheme: ListScheme)] = [
        ("declaration:", .declaration), ("pre:", .pre), ("list:", .list),
        ("cancel:", .cancel), ("return:", .goodsReturn), ("tax:", .tax),
    ]

    init(_ subject: Span<UInt8>) {
        self = .other
        for (name, scheme) in Self.names where Self.starts(subject, name) {
            self = scheme
            return
        }
    }

    /// Whether the subject is a list itself.
    var isList: Bool { self == .declaration || self == .pre || self == .list }

    /// The part behind the scheme.
    func rest(of subject: Span<UInt8>) -> String {
        var colon = 0
        while colon < subject.count, subject[colon] != 58 { colon += 1 }
        guard colon < subject.count,
            let utf8 = try? UTF8Span(validating: subject.extracting((colon + 1)..<subject.count))
        else { return "" }
        return String(copying: utf8)
    }

    private static func starts(_ subject: Span<UInt8>, _ name: StaticString) -> Bool {
        let bytes = name.description.utf8
        guard subject.count > bytes.count else { return false }
        var index = 0
        for byte in bytes {
            if subject[index] != byte { return false }
            index += 1
        }
        return true
    }
}
