extension DataRecord {
    /// Makes room for so many values.
    public mutating func reserve(_ count: Int) { slots.reserveCapacity(count) }

    /// Adds a member that is not there yet; false when the name stands already.
    ///
    /// A record in the value takes the layout of the field. Cost: O(members).
    public mutating func add(_ value: DataValue, name: String) -> Bool {
        let place = place(of: name.utf8Span.span)
        if place.isThere { return false }
        put(value, at: place, name: place.number == 0 ? name : "")
        return true
    }

    /// Adds a known field that is not there yet; false when it stands already.
    ///
    /// Traps for a number that the layout does not have. Cost: O(members).
    public mutating func add(_ value: DataValue, number: UInt16) -> Bool {
        precondition(number > 0 && Int(number) <= layout.fields.count, "no field of the layout")
        let place = place(of: number)
        if place.isThere { return false }
        put(value, at: place, name: "")
        return true
    }

    /// Sets a text member when the text is not nil.
    public mutating func set(_ name: String, _ text: String?) {
        if let text { set(.text(text), name: name) }
    }

    /// Sets a member, whether it is there or not.
    mutating func set(_ value: DataValue, name: String) {
        let place = place(of: name.utf8Span.span)
        put(value, at: place, name: place.number == 0 ? name : "")
    }

    /// Takes a member away; what it held stays in the arena as a hole.
    mutating func remove(_ name: String) {
        own()
        let place = place(of: name.utf8Span.span)
        guard place.isThere else { return }
        slots.removeSubrange(place.index..<(place.index + Int(slots[place.index].size)))
        end = UInt32(slots.count)
    }

    /// Writes a value at its place, over the member that is there.
    private mutating func put(_ value: DataValue, at given: Place, name: String) {
        // The place moves when the record gets arrays of its own.
        let index = given.index - Int(start)
        own()
        var writer = SlotWriter()
        swap(&writer.bytes, &bytes)
        let inner = inner(given.number)
        if index == slots.count {
            swap(&writer.slots, &slots)
            writer.value(value, number: given.number, name: name.utf8Span.span, inner: inner)
            swap(&writer.slots, &slots)
        } else {
            writer.value(value, number: given.number, name: name.utf8Span.span, inner: inner)
            let size = given.isThere ? Int(slots[index].size) : 0
            slots.replaceSubrange(index..<(index + size), with: writer.slots)
        }
        swap(&writer.bytes, &bytes)
        end = UInt32(slots.count)
    }

    /// Gives an inner record arrays of its own, so that it can be changed.
    private mutating func own() {
        guard start != 0 || Int(end) != slots.count else { return }
        var writer = SlotWriter()
        writer.copy(cursor, from: Int(start), to: Int(end))
        slots = writer.slots
        bytes = writer.bytes
        start = 0
        end = UInt32(slots.count)
    }

    /// The record with the layout that its place gives it; members are told again by their names.
    func converted(to layout: RecordLayout) -> DataRecord {
        if self.layout === layout { return self }
        var builder = RecordBuilder(layout)
        builder.addMembers(of: self)
        return builder.finish()
    }
}
