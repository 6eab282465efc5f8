/// A state kept per thing, as bytes that are equal exactly when the states are.
///
/// A row holds no position, no arrival counter and nothing in hash-table order: the same facts give
/// the same bytes whatever order they came in.
public protocol FoldRow: Sendable, Equatable {
    func encode(into writer: inout ByteWriter)
    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError)
}

/// A projection: what the events of one thing, in canonical order, amount to.
///
/// The meaning of a row is: begin, then apply every event of the thing in canonical order (time,
/// natural key, content), corrected ones left out. Pure: no clock, no randomness, no I/O, no
/// recorded time, no personal plain text (marks only). The ledger keeps rows, postings and
/// checkpoint in one commit, and re-folds a row whenever an event is late, corrected or joins
/// things. Source: `specs/decisions/0004-folds.md`.
public protocol KeyedFold: Sendable {
    associatedtype Group: Grouping
    associatedtype Row: FoldRow

    /// The stable name, used in `status`, tables and digests.
    static var name: String { get }
    /// Raised when the meaning or the bytes of rows change; rows of another version are rebuilt.
    static var version: UInt16 { get }

    /// The row of a thing without events.
    func begin() -> Row
    /// Adds one event, later in canonical order than all before it.
    func apply(_ event: EventView, to row: inout Row)
    /// Second stage: what a row adds to the totals. The ledger subtracts what the old row added.
    func totals(of row: Row, into sink: inout TotalsSink)
}

extension KeyedFold {
    public func totals(of row: Row, into sink: inout TotalsSink) {}
}

/// What one cell of the totals amounts to; sums that undo themselves.
public struct Total: Sendable, Equatable {
    /// How many things were counted.
    public var count: Int64
    /// The sum of the first measure, in its own unit (amounts: 10⁻⁵).
    public var first: Int128
    /// The sum of the second measure.
    public var second: Int128

    public init(count: Int64 = 0, first: Int128 = 0, second: Int128 = 0) {
        self.count = count
        self.first = first
        self.second = second
    }

    /// Whether nothing is left, so that the cell disappears.
    public var isEmpty: Bool { count == 0 && first == 0 && second == 0 }

    public static func += (left: inout Total, right: Total) {
        left.count += right.count
        left.first += right.first
        left.second += right.second
    }

    public static func -= (left: inout Total, right: Total) {
        left.count -= right.count
        left.first -= right.first
        left.second -= right.second
    }
}

/// Collects the cells that one row contributes to.
public struct TotalsSink: Sendable {
    /// Cell → contribution. Cell keys are at most 200 bytes and sort as they should be read.
    public private(set) var cells: [[UInt8]: Total] = [:]

    public init() {}

    /// Forgets everything and keeps the storage.
    public mutating func clear() { cells.removeAll(keepingCapacity: true) }

    /// Adds to a cell.
    public mutating func add(_ cell: [UInt8], _ total: Total) {
        precondition(cell.count <= 200, "a cell key has at most 200 bytes")
        cells[cell, default: Total()] += total
    }
}
