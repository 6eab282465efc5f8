public import ClearanceEvents

/// Everything that was said of the documents of one thing, as facts in canonical order.
///
/// The row keeps facts; what customs makes of them is derived by ``state``, so that it cannot
/// depend on the order in which they came.
public struct SubmissionRow: FoldRow {
    /// The facts, in canonical order of their events.
    public internal(set) var facts: [SubmissionFact] = []

    public init() {}

    /// What customs makes of the documents. Cost: a few microseconds for a common life.
    public var state: SubmissionState { SubmissionState(of: self) }

    public func encode(into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(facts.count))
        for fact in facts { fact.encode(into: &writer) }
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(DecodingError) {
        for _ in 0..<(try reader.varint()) { facts.append(try SubmissionFact(from: &reader)) }
    }
}

/// The submissions of a consignment: orders, payments, waybills and their statuses, proceeds,
/// lists, cancel and return requests (`specs/papers.md`, submission outcomes).
///
/// Cost of an event: a fact of 30 to 70 bytes, nothing for what is no submission.
public struct SubmissionFold: KeyedFold {
    public typealias Group = Consignments

    public static let name = "submission"
    public static let version: UInt16 = 1

    private let reader = SubmissionReader()

    public init() {}

    public func begin() -> SubmissionRow { SubmissionRow() }

    public func apply(_ event: EventView, to row: inout SubmissionRow) {
        if let fact = reader.fact(of: event) { row.facts.append(fact) }
    }
}

/// The submissions that speak of many consignments at once and may come in several messages:
/// arrival, departure, manifest and summary. One row a document.
public struct DispatchFold: KeyedFold {
    public typealias Group = Dispatches

    public static let name = "dispatch"
    public static let version: UInt16 = 1

    private let reader = DispatchReader()

    public init() {}

    public func begin() -> SubmissionRow { SubmissionRow() }

    public func apply(_ event: EventView, to row: inout SubmissionRow) {
        if let fact = reader.fact(of: event) { row.facts.append(fact) }
    }
}

/// Documents that are sent in numbered messages, each a thing of its own: all parts and receipts
/// of one `arrival:`, `departure:`, `manifest:` or `summary:`.
///
/// Why not ``Consignments``: an arrival names many consignments and belongs to each of them, while
/// its own parts name different ones.
public enum Dispatches: Grouping {
    public static let name = "dispatch"
    public static let version: UInt16 = 1

    public static func links(of event: EventView, into sink: inout LinkSink) {
        switch event.type.code {
        case 0x0C01...0x0C03, 0x0610, 0x0612, 0x0613, 0x0618...0x061B, 0x1101, 0x1102:
            links(ofSubject: event.subject, into: &sink)
        default: break
        }
    }

    public static func links(ofSubject subject: Span<UInt8>, into sink: inout LinkSink) {
        if SubmissionScheme.isDispatch(subject) { sink.concerns(LinkKey.subject(subject)) }
    }
}

/// The first letters of subjects, told apart without a `String`.
enum SubmissionScheme {
    static func isDispatch(_ subject: Span<UInt8>) -> Bool {
        guard subject.count > 8 else { return false }
        return switch subject[0] {
        case UInt8(ascii: "a"): starts(subject, "arrival:")
        case UInt8(ascii: "d"): starts(subject, "departure:")
        case UInt8(ascii: "m"): starts(subject, "manifest:")
        case UInt8(ascii: "s"): starts(subject, "summary:")
        default: false
        }
    }

    static func starts(_ text: Span<UInt8>, _ word: StaticString) -> Bool {
        guard text.count > word.utf8CodeUnitCount else { return false }
        var index = 0
        for byte in word.description.utf8 {
            if text[index] != byte { return false }
            index += 1
        }
        return true
    }
}
