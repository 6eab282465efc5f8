/// The digest of an event's canonical values: equal content, equal mark.
///
/// Compared are the event's time, what it corrects, and every member of `data` that is not a
/// transport field: decimals by value, currencies by alphabetic code, times as instants, other
/// texts in NFC. Not compared: source, id, actor, sequence, signer, transport fields. Members are
/// fed one by one, by whoever walks over them. Source: `specs/encoding.md`, content mark.
struct ContentMark {
    private var hash: SipHash128

    /// The mark of an event of which no member was fed.
    init(of event: borrowing Event, key: SipKey) {
        hash = SipHash128(key: key)
        hash.feed(UInt64(bitPattern: event.time.microseconds))
        if let corrects = event.rare?.values.corrects {
            hash.feed(byte: corrects.reason.rawValue)
            feed(item: corrects.source.utf8Span.span, .text)
            feed(item: corrects.id.utf8Span.span, .text)
        }
    }

    /// The digest of all that was fed.
    consuming func finish() -> Digest16 { hash.finish() }

    /// Feeds what stands before the value of a known member that is no text.
    mutating func begin(_ number: UInt16) { hash.feed(low: 0x11 | UInt64(number) << 8, count: 3) }

    /// Feeds the end of a record.
    mutating func end() { hash.feed(byte: 0x12) }

    /// Feeds what stands before the items of a list.
    mutating func begin(list count: Int) {
        hash.feed(byte: 0x23)
        hash.feed(UInt64(count))
    }

    /// Feeds a value without bytes.
    mutating func feed(_ kind: DataKind) {
        switch kind {
        case .yes: hash.feed(byte: 0x21)
        case .no: hash.feed(byte: 0x20)
        case .null: hash.feed(byte: 0x22)
        case .text, .number, .record, .list: preconditionFailure("a value that holds something")
        }
    }

    /// Feeds a known member that is a text.
    mutating func feed(_ number: UInt16, _ text: Span<UInt8>, _ form: FieldTraits.Form) {
        feed(text, form, behind: 0x11 | UInt64(number) << 8, 3)
    }

    /// Feeds an item of a list that is a text.
    mutating func feed(item text: Span<UInt8>, _ form: FieldTraits.Form) {
        feed(text, form, behind: 0, 0)
    }

    /// Feeds a known member, whatever it is.
    mutating func feed(
        member cursor: DataCursor, _ form: FieldTraits.Form, inner: RecordLayout
    ) {
        if cursor.kind.isText { return feed(cursor.number, cursor.text, form) }
        begin(cursor.number)
        feed(value: cursor, form, inner: inner)
    }

    /// Feeds an unknown member.
    mutating func feed(unknown cursor: DataCursor) {
        feed(cursor.name, .text, behind: 0x10, 1)
        feed(value: cursor, .text, inner: Catalogue.extras)
    }

    private mutating func feed(
        value cursor: DataCursor, _ form: FieldTraits.Form, inner: RecordLayout
    ) {
        switch cursor.kind {
        case .text, .number: feed(item: cursor.text, form)
        case .yes, .no, .null: feed(cursor.kind)
        case .record: feed(record: cursor.inside, of: inner)
        case .list:
            begin(list: cursor.count)
            var items = cursor.inside
            while items.next() { feed(value: items, form, inner: inner) }
        }
    }

    private mutating func feed(record given: DataCursor, of layout: RecordLayout) {
        var cursor = given
        while cursor.next() {
            guard cursor.number != 0 else {
                feed(unknown: cursor)
                continue
            }
            let traits = layout.traits(cursor.number)
            if traits.isTransport { continue }
            feed(member: cursor, traits.form, inner: layout.inner(cursor.number))
        }
        end()
    }
}

extension ContentMark {
    /// Feeds `count` bytes and then a text: its value when its form has one, else itself in NFC.
    @inline(__always)
    private mutating func feed(
        _ text: Span<UInt8>, _ form: FieldTraits.Form, behind head: UInt64, _ count: Int
    ) {
        let shift = UInt64(8 * count)
        switch form {
        case .text: break
        case .currency:
            if let code = Currency.alphabetic(text) {
                let bytes = code.utf8Span.span
                return feed(plain: bytes, behind: head, count)
            }
        case .decimal, .date, .time:
            if let (kind, bits) = ContentMark.bits(text, form) {
                hash.feed(low: head | kind << shift, count: count + 1)
                return hash.feed(bits)
            }
        }
        if Nfc.isInert(text) { return feed(plain: text, behind: head, count) }
        let normal = Nfc.normalised(text.string)
        feed(plain: normal.utf8Span.span, behind: head, count)
    }

    @inline(__always)
    private mutating func feed(plain text: Span<UInt8>, behind head: UInt64, _ count: Int) {
        let kind: UInt64 = 0x33 << UInt64(8 * count)
        hash.feed(low: head | kind, count: count + 1, UInt64(text.count), text)
    }

    /// The value of a text of this form, and what tells it from values of other forms.
    private static func bits(
        _ text: Span<UInt8>, _ form: FieldTraits.Form
    ) -> (kind: UInt64, bits: UInt64)? {
        switch form {
        case .decimal: FixedDecimal(text).map { (0x30, UInt64(bitPattern: $0.units)) }
        case .date: CivilDay(text).map { (0x31, UInt64(bitPattern: Int64($0.number))) }
        case .time:
            (Instant(customs: text) ?? Instant(rfc3339: text)).map {
                (0x32, UInt64(bitPattern: $0.microseconds))
            }
        case .text, .currency: nil
        }
    }
}
