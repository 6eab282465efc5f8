/// The members of an event's `data` or of a record inside it.
///
/// Known fields stand in the order of their numbers, unknown ones behind them in the byte order of
/// their names; this order is the entry's and the printed one. A record lies flat: one run of
/// slots over one run of bytes, both shared by copies and by the records inside it, so that
/// handing out an inner record copies nothing. A record inside takes the layout of the field that
/// holds it, and knows no field when that has none. Two records are equal when they have the same
/// layout and the same members, byte for byte.
///
/// Values are read through ``subscript(_:)`` and ``text(_:)``, or without a copy by ``cursor``;
/// documents are built with ``RecordBuilder``, single values set here.
public struct DataRecord: Sendable, Equatable {
    public let layout: RecordLayout
    var slots: [DataSlot]
    /// The arena: names and texts, perhaps with holes that changes left behind.
    var bytes: [UInt8]
    /// The slots of the members.
    var start: UInt32
    var end: UInt32

    /// An empty record.
    public init(_ layout: RecordLayout) {
        self.init(layout, slots: [], bytes: [], start: 0, end: 0)
    }

    init(_ layout: RecordLayout, slots: [DataSlot], bytes: [UInt8], start: Int, end: Int) {
        self.layout = layout
        self.slots = slots
        self.bytes = bytes
        self.start = UInt32(start)
        self.end = UInt32(end)
    }

    public static func == (left: DataRecord, right: DataRecord) -> Bool {
        guard left.layout === right.layout, left.end - left.start == right.end - right.start else {
            return false
        }
        let (one, other) = (left.cursor, right.cursor)
        for place in 0..<Int(left.end - left.start) {
            let slot = one.slots[Int(left.start) + place]
            let like = other.slots[Int(right.start) + place]
            guard slot.isLike(like),
                one.bytes.extracting(slot.range).isEqual(to: other.bytes.extracting(like.range))
            else { return false }
        }
        return true
    }

    /// A walk over the members that copies nothing.
    public var cursor: DataCursor {
        @_lifetime(borrow self)
        get {
            DataCursor(slots: slots.span, bytes: bytes.span, from: Int(start), to: Int(end))
        }
    }

    /// Whether there is no member.
    public var isEmpty: Bool { start == end }

    /// How many members there are. Cost: O(members).
    public var count: Int {
        var count = 0
        var index = Int(start)
        while index < Int(end) {
            count += 1
            index += Int(slots[index].size)
        }
        return count
    }

    /// The value of a member; setting nil removes it. Cost: O(members), and a copy of a text.
    public subscript(name: String) -> DataValue? {
        get {
            let place = place(of: name.utf8Span.span)
            return place.isThere ? value(at: place.index) : nil
        }
        set {
            if let newValue { set(newValue, name: name) } else { remove(name) }
        }
    }

    /// The text of a text or number member; nil when it is absent or of another kind.
    public func text(_ name: String) -> String? {
        let place = place(of: name.utf8Span.span)
        return place.isThere ? text(at: place.index) : nil
    }

    /// The text of a known field by its number; nil when it is absent, of another kind, or 0.
    public func text(number: UInt16) -> String? {
        var cursor = self.cursor
        return number != 0 && cursor.next(number: number) && cursor.kind.isText
            ? cursor.text.string : nil
    }

    /// Whether a known field says something: an empty text, an empty list and null do not.
    public func has(_ number: UInt16) -> Bool {
        var cursor = self.cursor
        return number != 0 && cursor.next(number: number) && cursor.hasValue
    }

    /// The layout of the records that a member of this number holds.
    func inner(_ number: UInt16) -> RecordLayout { layout.inner(number) }
}

extension RecordLayout {
    /// The layout of the records that a member of this number holds: one that knows no field when
    /// the vocabulary has none for it.
    func inner(_ number: UInt16) -> RecordLayout {
        number == 0 ? Catalogue.extras : element(of: number) ?? Catalogue.extras
    }
}

extension DataRecord {
    /// Where a member stands, or where it would stand.
    struct Place {
        let number: UInt16
        let index: Int
        let isThere: Bool
    }

    /// The place of a member by its name.
    func place(of name: Span<UInt8>) -> Place {
        let number = layout.number(of: name)
        if number != 0 { return place(of: number) }
        var cursor = self.cursor
        while cursor.next() {
            guard cursor.number == 0, !cursor.name.precedes(name) else { continue }
            return Place(
                number: 0, index: cursor.index, isThere: cursor.name.isEqual(to: name))
        }
        return Place(number: 0, index: Int(end), isThere: false)
    }

    /// The place of a known field.
    func place(of number: UInt16) -> Place {
        var index = Int(start)
        while index < Int(end) {
            let found = slots[index].number
            if found == 0 || found >= number {
                return Place(number: number, index: index, isThere: found == number)
            }
            index += Int(slots[index].size)
        }
        return Place(number: number, index: index, isThere: false)
    }

    private func text(at index: Int) -> String? {
        var cursor = DataCursor(
            slots: slots.span, bytes: bytes.span, from: index, to: Int(end))
        return cursor.next() && cursor.kind.isText ? cursor.text.string : nil
    }

    /// The value in a slot that is a member of this record.
    func value(at index: Int) -> DataValue {
        value(at: index, inner: inner(slots[index].number))
    }

    private func value(at index: Int, inner: RecordLayout) -> DataValue {
        let slot = slots[index]
        switch slot.kind {
        case .text: return .text(text(at: index) ?? "")
        case .number: return .number(text(at: index) ?? "")
        case .no: return .bool(false)
        case .yes: return .bool(true)
        case .null: return .null
        case .record:
            return .record(
                DataRecord(
                    inner, slots: slots, bytes: bytes, start: index + 1,
                    end: index + Int(slot.size)))
        case .list:
            var items: [DataValue] = []
            items.reserveCapacity(Int(slot.count))
            var item = index + 1
            while item < index + Int(slot.size) {
                items.append(value(at: item, inner: inner))
                item += Int(slots[item].size)
            }
            return .list(items)
        }
    }
}

extension DataRecord {
    /// One member: field number 0 for a name that the layout does not know.
    public struct Member: Sendable, Equatable {
        public let number: UInt16
        public let name: String
        public let value: DataValue
    }

    /// Copies of the members in their order. Cost: O(members), one text each; a walk that is
    /// made for every event uses ``cursor``.
    public var members: [Member] {
        var members: [Member] = []
        var cursor = self.cursor
        while cursor.next() {
            members.append(
                Member(
                    number: cursor.number,
                    name: cursor.number == 0 ? cursor.name.string : layout.name(cursor.number),
                    value: value(at: cursor.index)))
        }
        return members
    }

    /// How many records and lists stand inside each other, this one included.
    var levels: Int { DataRecord.levels(cursor) }

    /// What a record holds, counted over all of it.
    struct Size {
        /// Values, records and lists among them.
        var values = 0
        /// Records and lists.
        var containers = 0
        /// The bytes of texts and names.
        var bytes = 0
    }

    /// What this record holds. Cost: one flat pass.
    var size: Size {
        var size = Size(values: Int(end - start))
        let slots = slots.span.extracting(Int(start)..<Int(end))
        for index in slots.indices {
            let slot = slots[index]
            size.bytes += Int(slot.nameCount) + (slot.kind.isText ? Int(slot.count) : 0)
            if slot.kind.isContainer { size.containers += 1 }
        }
        return size
    }

    /// Whether more records and lists stand inside each other than `limit`, this one included.
    ///
    /// Most records have fewer of them altogether.
    func isDeeper(than limit: Int, _ size: Size) -> Bool {
        size.containers >= limit && levels > limit
    }

    private static func levels(_ given: DataCursor) -> Int {
        var most = 0
        var cursor = given
        while cursor.next() {
            if cursor.kind.isContainer { most = max(most, levels(cursor.inside)) }
        }
        return most + 1
    }
}
