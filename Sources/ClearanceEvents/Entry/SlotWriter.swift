/// Writes values flat: slots in document order, and their bytes in an arena beside them.
struct SlotWriter: Sendable {
    var slots: [DataSlot] = []
    var bytes: [UInt8] = []

    /// Writes a value that holds no other: text, number, true, false, null.
    mutating func scalar(
        _ kind: DataKind, _ text: Span<UInt8>, number: UInt16, name: Span<UInt8>
    ) {
        slots.append(
            DataSlot(
                number: number, kind: kind, offset: UInt32(bytes.count),
                nameCount: UInt32(name.count), count: UInt32(text.count)))
        if name.count > 0 { bytes.append(copying: name) }
        bytes.append(copying: text)
    }

    /// Begins a record or a list; what is written before ``close(_:count:)`` belongs to it.
    mutating func open(_ kind: DataKind, number: UInt16, name: Span<UInt8>) -> Int {
        slots.append(
            DataSlot(
                number: number, kind: kind, offset: UInt32(bytes.count),
                nameCount: UInt32(name.count)))
        bytes.append(copying: name)
        return slots.count - 1
    }

    /// Ends the record or list that was opened at this slot.
    mutating func close(_ index: Int, count: Int) {
        slots[index].size = UInt32(slots.count - index)
        slots[index].count = UInt32(count)
    }

    /// Writes a value; records take the layout `inner`.
    mutating func value(
        _ value: DataValue, number: UInt16, name: Span<UInt8>, inner: RecordLayout
    ) {
        switch value {
        case .text(let text): scalar(.text, text.utf8Span.span, number: number, name: name)
        case .number(let text): scalar(.number, text.utf8Span.span, number: number, name: name)
        case .bool(let flag): scalar(flag ? .yes : .no, Span(), number: number, name: name)
        case .null: scalar(.null, Span(), number: number, name: name)
        case .record(let given):
            let record = given.converted(to: inner)
            let index = open(.record, number: number, name: name)
            let count = record.count
            copy(record.cursor, from: Int(record.start), to: Int(record.end))
            close(index, count: count)
        case .list(let items):
            let index = open(.list, number: number, name: name)
            for item in items { self.value(item, number: 0, name: Span(), inner: inner) }
            close(index, count: items.count)
        }
    }

    /// Writes whole subtrees of another record as they are, with their bytes.
    mutating func copy(_ source: DataCursor, from start: Int, to end: Int) {
        for index in start..<end {
            var slot = source.slots[index]
            let range = slot.range
            slot.offset = UInt32(bytes.count)
            slots.append(slot)
            bytes.append(copying: source.bytes.extracting(range))
        }
    }
}
