/// Builds records from bytes, one document after the other, without an allocation a value.
///
///     var builder = RecordBuilder(layout)
///     builder.add(.text, orderNo, number: 7)
///     if builder.beginList(number: items) {
///         builder.beginRecord()
///         builder.add(.number, digits, name: gnum)
///         builder.endRecord()
///         builder.endList()
///     }
///     let data = builder.finish()
///
/// Values come in any order; the end of a record puts its members in theirs. Bytes must be UTF-8,
/// which parsers have checked before: other bytes would make an entry that cannot be read back.
/// Any depth can be built; ``Event/faults(profile:)`` and the encoder refuse what is too deep.
/// A builder keeps its room: ``finish()`` hands out a copy of exact size, and ``start(_:)`` begins
/// the next document. Cost: O(bytes); a document in the layout's order is never sorted.
public struct RecordBuilder: Sendable {
    /// A record or list that is open.
    struct Frame: Sendable {
        /// Of the record, or of the records that the list holds.
        var layout: RecordLayout
        var isList = false
        /// The slot of the container; -1 for the whole record.
        var slot = -1
        var count = 0
        /// The last member's number; above all numbers once an unknown member came.
        var last: UInt32 = 0
        var isOrdered = true
        /// The fields that were added.
        var seen = FieldSet()
        /// The slot of the last unknown member, and how many there are.
        var lastUnknown = 0
        var unknowns = 0
        /// Whether the unknown members came in the order of their names.
        var unknownsRise = true
        /// Whether ``names`` has the unknown names of this record.
        var isIndexed = false
    }

    var writer = SlotWriter()
    var frame: Frame
    private var outer: [Frame] = []
    /// Unknown names of records that have many of them.
    var names: Set<Name> = []
    var places: [UInt64] = []
    var ordered: [DataSlot] = []

    /// A builder of records of a layout.
    public init(_ layout: RecordLayout) { frame = Frame(layout: layout) }

    /// Forgets what was built and begins a record of a layout, in the room that is there.
    public mutating func start(_ layout: RecordLayout) {
        if !writer.slots.isEmpty {
            writer.slots.removeAll(keepingCapacity: true)
            writer.bytes.removeAll(keepingCapacity: true)
        }
        if !outer.isEmpty { outer.removeAll(keepingCapacity: true) }
        if !names.isEmpty { names = [] }
        frame = Frame(layout: layout)
    }

    /// Begins a record whose texts mostly lie in one run of bytes already: ``add(_:at:number:)``
    /// then names them without a copy each. What is not named stays in the arena as a hole.
    public mutating func start(_ layout: RecordLayout, arena: Span<UInt8>) {
        start(layout)
        writer.bytes.append(copying: arena)
    }

    /// The record; the builder is empty again and of the same layout. Traps when something inside
    /// is still open.
    ///
    /// With room for values and bytes that are added later, adding them copies nothing.
    public mutating func finish(roomForSlots more: Int = 0, bytes room: Int = 0) -> DataRecord {
        precondition(outer.isEmpty, "a record or list is still open")
        if !frame.isOrdered { order() }
        var slots: [DataSlot] = []
        slots.reserveCapacity(writer.slots.count + more)
        slots.append(contentsOf: writer.slots)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(writer.bytes.count + room)
        bytes.append(contentsOf: writer.bytes)
        let record = DataRecord(
            frame.layout, slots: slots, bytes: bytes, start: 0, end: slots.count)
        start(frame.layout)
        return record
    }

    /// The layout of the innermost open record, or of the records in the innermost open list.
    public var layout: RecordLayout { frame.layout }

    // MARK: Members

    /// Adds a known field; false when it stands already. `text` counts for texts and numbers.
    ///
    /// Traps for a record or list as `kind`, for a number that the layout does not have, and when
    /// a list is open.
    @discardableResult
    public mutating func add(
        _ kind: DataKind, _ text: Span<UInt8> = Span(), number: UInt16
    ) -> Bool {
        precondition(!kind.isContainer, "records and lists are begun")
        guard admit(number) else { return false }
        writer.scalar(
            kind, kind.isText ? text : Span(), number: number, name: Span())
        return true
    }

    /// Adds a text or number whose bytes are in the arena; false when the field stands already.
    ///
    /// Traps for a place outside of the arena.
    @discardableResult
    public mutating func add(_ kind: DataKind, at place: Range<Int>, number: UInt16) -> Bool {
        precondition(
            kind.isText && place.lowerBound >= 0 && place.upperBound <= writer.bytes.count,
            "a text of the arena")
        guard admit(number) else { return false }
        writer.slots.append(
            DataSlot(
                number: number, kind: kind, offset: UInt32(place.lowerBound), nameCount: 0,
                count: UInt32(place.count)))
        return true
    }

    /// Adds a member by its name, known or not; false when it stands already.
    @discardableResult
    public mutating func add(
        _ kind: DataKind, _ text: Span<UInt8> = Span(), name: Span<UInt8>
    ) -> Bool {
        precondition(!kind.isContainer, "records and lists are begun")
        let number = frame.layout.number(of: name)
        if number != 0 { return add(kind, text, number: number) }
        guard admit(name) else { return false }
        writer.scalar(kind, kind.isText ? text : Span(), number: 0, name: name)
        return true
    }

    /// Begins a record as a known field; false, and nothing is open, when the field stands already.
    @discardableResult
    public mutating func beginRecord(number: UInt16) -> Bool {
        begin(.record, number: number)
    }

    /// Begins a record as a member; false, and nothing is open, when the name stands already.
    @discardableResult
    public mutating func beginRecord(name: Span<UInt8>) -> Bool { begin(.record, name: name) }

    /// Begins a list as a known field; false, and nothing is open, when the field stands already.
    @discardableResult
    public mutating func beginList(number: UInt16) -> Bool { begin(.list, number: number) }

    /// Begins a list as a member; false, and nothing is open, when the name stands already.
    @discardableResult
    public mutating func beginList(name: Span<UInt8>) -> Bool { begin(.list, name: name) }

    // MARK: Items

    /// Adds an item to the open list. Traps when a record is open.
    public mutating func addItem(_ kind: DataKind, _ text: Span<UInt8> = Span()) {
        precondition(!kind.isContainer, "records and lists are begun")
        admitItem()
        writer.scalar(kind, kind.isText ? text : Span(), number: 0, name: Span())
    }

    /// Begins a record as an item of the open list. Traps when a record is open.
    public mutating func beginRecord() {
        admitItem()
        open(.record, number: 0, name: Span(), layout: frame.layout)
    }

    /// Begins a list as an item of the open list. Traps when a record is open.
    public mutating func beginList() {
        admitItem()
        open(.list, number: 0, name: Span(), layout: frame.layout)
    }

    // MARK: Ends

    /// Ends the innermost open record. Traps when it is none, or the whole one.
    public mutating func endRecord() {
        precondition(!frame.isList && frame.slot >= 0, "no record is open")
        if !frame.isOrdered { order() }
        close()
    }

    /// Ends the innermost open list. Traps when it is none.
    public mutating func endList() {
        precondition(frame.isList, "no list is open")
        close()
    }

    private mutating func begin(_ kind: DataKind, number: UInt16) -> Bool {
        guard admit(number) else { return false }
        open(kind, number: number, name: Span(), layout: frame.layout.inner(number))
        return true
    }

    private mutating func begin(_ kind: DataKind, name: Span<UInt8>) -> Bool {
        let number = frame.layout.number(of: name)
        if number != 0 { return begin(kind, number: number) }
        guard admit(name) else { return false }
        open(kind, number: 0, name: name, layout: Catalogue.extras)
        return true
    }

    private mutating func open(
        _ kind: DataKind, number: UInt16, name: Span<UInt8>, layout: RecordLayout
    ) {
        let slot = writer.open(kind, number: number, name: name)
        outer.append(frame)
        frame = Frame(layout: layout, isList: kind == .list, slot: slot)
    }

    private mutating func close() {
        writer.close(frame.slot, count: frame.count)
        guard let last = outer.popLast() else { preconditionFailure("nothing is open") }
        frame = last
    }
}
