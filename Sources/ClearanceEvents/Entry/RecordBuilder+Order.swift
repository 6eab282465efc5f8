extension RecordBuilder {
    /// An unknown name of one open record.
    struct Name: Hashable, Sendable {
        let slot: Int
        let name: [UInt8]
    }

    /// What an unknown member counts as: behind all numbers.
    private static let unknown: UInt32 = 0x1_0000
    /// Unknown members of one record up to which a name is looked for by a walk.
    private static let fewNames = 16

    mutating func admitItem() {
        precondition(frame.isList, "no list is open")
        frame.count += 1
    }

    /// Whether a known field of the open record is new.
    mutating func admit(_ number: UInt16) -> Bool {
        precondition(
            !frame.isList && number > 0
                && Int(number) <= frame.layout.fields.count,
            "no field of the open record")
        guard frame.seen.insert(number) else { return false }
        if number < frame.last { frame.isOrdered = false } else { frame.last = UInt32(number) }
        frame.count += 1
        return true
    }

    /// Whether an unknown member of the open record is new. Names that rise cost one comparison;
    /// others are looked for, so that a hostile record of many names costs no square of them.
    mutating func admit(_ name: Span<UInt8>) -> Bool {
        precondition(!frame.isList, "no record is open")
        let rises =
            frame.unknowns == 0 || frame.unknownsRise && isName(at: frame.lastUnknown, before: name)
        if frame.isIndexed || !rises && frame.unknowns >= RecordBuilder.fewNames {
            index()
            guard names.insert(Name(slot: frame.slot, name: name.array)).inserted else {
                return false
            }
        } else if !rises && stands(name) {
            return false
        }
        frame.unknownsRise = frame.unknownsRise && rises
        frame.isOrdered = frame.isOrdered && frame.unknownsRise
        frame.last = RecordBuilder.unknown
        frame.lastUnknown = writer.slots.count
        frame.unknowns += 1
        frame.count += 1
        return true
    }

    /// Puts the members of the open record in their order.
    mutating func order() {
        places.removeAll(keepingCapacity: true)
        var index = frame.slot + 1
        while index < writer.slots.count {
            let number = writer.slots[index].number
            let key = number == 0 ? RecordBuilder.unknown : UInt32(number)
            places.append(UInt64(key) << 32 | UInt64(index))
            index += Int(writer.slots[index].size)
        }
        sortPlaces()
        ordered.removeAll(keepingCapacity: true)
        for place in places {
            let start = Int(place & 0xFFFF_FFFF)
            for slot in start..<(start + Int(writer.slots[start].size)) {
                ordered.append(writer.slots[slot])
            }
        }
        for place in ordered.indices { writer.slots[frame.slot + 1 + place] = ordered[place] }
    }

    /// Documents are nearly in order: few are sorted by insertion, which costs next to nothing.
    private mutating func sortPlaces() {
        if places.count > 64 {
            places.sort()
        } else {
            for place in places.indices.dropFirst() {
                let key = places[place]
                var free = place
                while free > 0, places[free - 1] > key {
                    places[free] = places[free - 1]
                    free -= 1
                }
                places[free] = key
            }
        }
        guard !frame.unknownsRise else { return }
        let known = places.count - frame.unknowns
        let tail = places[known...].sorted { left, right in
            isName(at: Int(left & 0xFFFF_FFFF), before: Int(right & 0xFFFF_FFFF))
        }
        places.replaceSubrange(known..., with: tail)
    }

    /// The name of the unknown member in a slot.
    @_lifetime(borrow self)
    private func name(at index: Int) -> Span<UInt8> {
        let start = Int(writer.slots[index].offset)
        return writer.bytes.span.extracting(
            start..<(start + Int(writer.slots[index].nameCount)))
    }

    private func isName(at index: Int, before name: Span<UInt8>) -> Bool {
        let own = self.name(at: index)
        return own.precedes(name)
    }

    private func isName(at index: Int, before other: Int) -> Bool {
        let name = self.name(at: other)
        return isName(at: index, before: name)
    }

    /// Whether an unknown member of this name is in the open record.
    private func stands(_ name: Span<UInt8>) -> Bool {
        var cursor = members
        while cursor.next() {
            if cursor.number == 0, cursor.name.isEqual(to: name) { return true }
        }
        return false
    }

    /// What the open record has so far.
    private var members: DataCursor {
        @_lifetime(borrow self)
        get {
            DataCursor(
                slots: writer.slots.span, bytes: writer.bytes.span, from: frame.slot + 1,
                to: writer.slots.count)
        }
    }

    /// Takes the names of the open record into ``names``.
    private mutating func index() {
        if frame.isIndexed { return }
        frame.isIndexed = true
        var found: [Name] = []
        var cursor = members
        while cursor.next() {
            if cursor.number == 0 {
                found.append(Name(slot: frame.slot, name: cursor.name.array))
            }
        }
        names.formUnion(found)
    }
}

extension RecordBuilder {
    /// Adds the members of a record of any layout, told by their names.
    mutating func addMembers(of record: DataRecord) {
        addMembers(record.cursor, layout: record.layout)
    }

    private mutating func addMembers(_ given: DataCursor, layout: RecordLayout) {
        var cursor = given
        while cursor.next() {
            if cursor.number == 0 {
                addMember(cursor, name: cursor.name, inner: Catalogue.extras)
            } else {
                addMember(
                    cursor, name: layout.name(cursor.number).utf8Span.span,
                    inner: layout.inner(cursor.number))
            }
        }
    }

    private mutating func addMember(
        _ cursor: DataCursor, name: Span<UInt8>, inner: RecordLayout
    ) {
        switch cursor.kind {
        case .record:
            guard beginRecord(name: name) else { return }
            addMembers(cursor.inside, layout: inner)
            endRecord()
        case .list:
            guard beginList(name: name) else { return }
            addItems(cursor.inside, layout: inner)
            endList()
        default: add(cursor.kind, cursor.text, name: name)
        }
    }

    private mutating func addItems(_ given: DataCursor, layout: RecordLayout) {
        var cursor = given
        while cursor.next() {
            switch cursor.kind {
            case .record:
                beginRecord()
                addMembers(cursor.inside, layout: layout)
                endRecord()
            case .list:
                beginList()
                addItems(cursor.inside, layout: layout)
                endList()
            default: addItem(cursor.kind, cursor.text)
            }
        }
    }
}

extension Span<UInt8> {
    /// A copy of the bytes.
    var array: [UInt8] {
        var copy: [UInt8] = []
        copy.append(copying: self)
        return copy
    }
}
