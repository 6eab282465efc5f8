/// A walk over the members of a record, or the items of a list, that copies nothing.
///
///     var fields = event.data.cursor
///     while fields.next() {
///         if fields.number == wanted, fields.kind.isText { use(fields.text) }
///     }
///
/// Members come in the order of their numbers, unknown ones behind them. The walk is lent by the
/// record and ends before the record changes. Cost: one step a value, whatever it holds.
public struct DataCursor: ~Escapable, Copyable {
    let slots: Span<DataSlot>
    let bytes: Span<UInt8>
    /// The place of the value that the walk stands at; of no use before the first step.
    private(set) var index: Int
    private var upcoming: Int
    private let end: Int
    private(set) var slot = DataSlot(kind: .null)

    @_lifetime(copy slots, copy bytes)
    init(slots: Span<DataSlot>, bytes: Span<UInt8>, from start: Int, to end: Int) {
        self.slots = slots
        self.bytes = bytes
        index = start
        upcoming = start
        self.end = end
    }

    /// Steps to the next value; false behind the last one.
    @_lifetime(self: copy self)
    @inline(__always)
    public mutating func next() -> Bool {
        guard upcoming < end else { return false }
        index = upcoming
        slot = slots[index]
        upcoming = index + Int(slot.size)
        return true
    }

    /// Steps to the member with this number; false when there is none between here and the end.
    ///
    /// Numbers that are asked for one after the other must rise.
    @_lifetime(self: copy self)
    public mutating func next(number: UInt16) -> Bool {
        while upcoming < end {
            let found = slots[upcoming].number
            if found == number { return next() }
            guard found != 0, found < number else { return false }
            upcoming += Int(slots[upcoming].size)
        }
        return false
    }

    /// Steps to the unknown member of this name; false when there is none between here and the
    /// end.
    @_lifetime(self: copy self)
    mutating func next(unknown name: Span<UInt8>) -> Bool {
        while next() {
            if slot.number == 0, self.name.isEqual(to: name) { return true }
        }
        return false
    }

    /// The field number of the member; 0 for an unknown member, an item of a list.
    public var number: UInt16 { @inline(__always) get { slot.number } }

    /// What the value is.
    public var kind: DataKind { @inline(__always) get { slot.kind } }

    /// How many members or items a record or list has; 0 for everything else.
    public var count: Int { slot.kind.isContainer ? Int(slot.count) : 0 }

    /// About as many bytes as the record or list takes in an entry.
    var guess: Int { 11 * Int(slot.size) }

    /// The name of an unknown member; empty for a known one and for an item.
    public var name: Span<UInt8> {
        @_lifetime(copy self)
        @inline(__always)
        get {
            let start = Int(slot.offset)
            return bytes.extracting(start..<(start + Int(slot.nameCount)))
        }
    }

    /// The bytes of a text or a number's digits; empty for everything else.
    public var text: Span<UInt8> {
        @_lifetime(copy self)
        @inline(__always)
        get {
            let start = Int(slot.offset) + Int(slot.nameCount)
            return bytes.extracting(start..<(start + (slot.kind.isText ? Int(slot.count) : 0)))
        }
    }

    /// A walk over what the record or list at this place holds; over nothing for other values.
    ///
    /// The layout of a record is that of the field that holds it: `layout.element(of: number)`,
    /// through lists too; records of other members know no field.
    public var inside: DataCursor {
        @_lifetime(copy self)
        @inline(__always)
        get {
            DataCursor(
                slots: slots, bytes: bytes, from: index + 1, to: index + Int(slot.size))
        }
    }

    /// Whether the value says something: an empty text, an empty list and null do not.
    public var hasValue: Bool {
        switch slot.kind {
        case .null: false
        case .text, .list: slot.count > 0
        default: true
        }
    }
}

extension Span<UInt8> {
    /// Whether two runs of bytes are the same.
    func isEqual(to other: Span<UInt8>) -> Bool {
        guard count == other.count else { return false }
        for index in indices where self[index] != other[index] { return false }
        return true
    }

    /// Whether the bytes stand before others in byte order.
    func precedes(_ other: Span<UInt8>) -> Bool {
        let shared = Swift.min(count, other.count)
        for index in 0..<shared where self[index] != other[index] {
            return self[index] < other[index]
        }
        return count < other.count
    }

    /// The text of UTF-8 bytes; damaged parts are replaced.
    var string: String {
        if let utf8 = try? UTF8Span(validating: self) { return String(copying: utf8) }
        return String(decoding: array, as: UTF8.self)
    }
}
