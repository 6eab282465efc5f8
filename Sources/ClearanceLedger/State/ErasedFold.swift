import ClearanceEvents

/// A grouping and the folds over its things.
struct GroupDefinition: Sendable {
    let grouping: any Grouping.Type
    var folds: [any ErasedFold]

    var name: String { grouping.name }

    /// Whether the grouping only finds positions: no things, no rows.
    var isIndexOnly: Bool { grouping == SubjectIndex.self }
}

/// A fold without its types: rows are bytes. Called once a thing, generic inside.
protocol ErasedFold: Sendable {
    var name: String { get }
    var version: UInt16 { get }
    /// The row of a thing's events in canonical order; empty when it is that of no events.
    func row(of events: borrowing ThingEvents) -> [UInt8]
    /// The same row, and what it adds to the totals, without decoding it again.
    func row(of events: borrowing ThingEvents, totals sink: inout TotalsSink) -> [UInt8]
    /// What a row adds to the totals.
    func totals(of row: [UInt8], into sink: inout TotalsSink) throws(DecodingError)
}

struct FoldBox<F: KeyedFold>: ErasedFold {
    let fold: F

    var name: String { F.name }
    var version: UInt16 { F.version }

    private let empty: [UInt8]

    init(fold: F) {
        self.fold = fold
        empty = FoldBox.bytes(of: fold.begin())
    }

    func row(of events: borrowing ThingEvents) -> [UInt8] {
        let bytes = FoldBox.bytes(of: events.folded(by: fold))
        return bytes == empty ? [] : bytes
    }

    func row(of events: borrowing ThingEvents, totals sink: inout TotalsSink) -> [UInt8] {
        let row = events.folded(by: fold)
        let bytes = FoldBox.bytes(of: row)
        if bytes == empty { return [] }
        fold.totals(of: row, into: &sink)
        return bytes
    }

    private static func bytes(of row: F.Row) -> [UInt8] {
        var writer = ByteWriter(capacity: 512)
        row.encode(into: &writer)
        return writer.bytes
    }

    func totals(of row: [UInt8], into sink: inout TotalsSink) throws(DecodingError) {
        var reader = ByteReader(row.span)
        fold.totals(of: try F.Row(from: &reader), into: &sink)
    }
}

/// The events of one thing, copied once and put into canonical order.
struct ThingEvents: ~Copyable {
    private struct Item {
        let order: CanonicalOrder
        let position: UInt64
        let start: Int
        let end: Int
        let shape: EventView.Shape
    }

    private var bytes: [UInt8] = []
    private var items: [Item] = []

    /// How many events there are.
    var count: Int { items.count }

    /// Forgets everything and keeps the storage.
    mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        items.removeAll(keepingCapacity: true)
    }

    /// Adds an entry; returns why it cannot be read, or nil.
    mutating func add(_ entry: Span<UInt8>, position: UInt64) -> DecodingError? {
        do throws(DecodingError) {
            let view = try EventView(entry)
            let start = bytes.count
            bytes.append(copying: entry)
            items.append(
                Item(
                    order: view.order, position: position, start: start, end: bytes.count,
                    shape: view.shape))
            return nil
        } catch {
            return error
        }
    }

    /// Puts the events into canonical order; a natural key's equal contents keep log order.
    mutating func sort() {
        items.sort {
            $0.order == $1.order ? $0.position < $1.position : $0.order < $1.order
        }
    }

    /// What a fold makes of the events.
    borrowing func folded<F: KeyedFold>(by fold: F) -> F.Row {
        var row = fold.begin()
        for item in items {
            let entry = bytes.span.extracting(item.start..<item.end)
            fold.apply(EventView(entry, shape: item.shape), to: &row)
        }
        return row
    }
}
