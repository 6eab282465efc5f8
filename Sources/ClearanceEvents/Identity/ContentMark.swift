/// The digest of an event's canonical values: equal content, equal mark.
///
/// Compared are the event's time, what it corrects, and every member of `data` that is not a
/// transport field: decimals by value, currencies by alphabetic code, times as instants, other
/// texts in NFC. Not compared: source, id, actor, sequence, signer, transport fields.
/// Source: `specs/encoding.md`, content mark.
enum ContentMark {
    static func of(_ event: Event, key: SipKey) -> Digest16 {
        var hash = SipHash128(key: key)
        hash.feed(UInt64(bitPattern: event.time.microseconds))
        if let corrects = event.corrects {
            hash.feed(byte: corrects.reason.rawValue)
            feed(corrects.source.utf8Span.span, into: &hash)
            feed(corrects.id.utf8Span.span, into: &hash)
        }
        feed(event.data.cursor, of: event.data.layout, into: &hash)
        return hash.finish()
    }

    private static func feed(
        _ given: DataCursor, of layout: RecordLayout, into hash: inout SipHash128
    ) {
        var cursor = given
        while cursor.next() {
            let number = cursor.number
            if number == 0 {
                hash.feed(byte: 0x10)
                feed(cursor.name, into: &hash)
                feed(cursor, form: .text, inner: Catalogue.extras, into: &hash)
                continue
            }
            let traits = layout.traits(number)
            if traits.isTransport { continue }
            hash.feed(low: 0x11 | UInt64(number) << 8, count: 3)
            if cursor.kind.isText {
                feed(cursor.text, form: traits.form, into: &hash)
            } else {
                feed(cursor, form: traits.form, inner: layout.inner(number), into: &hash)
            }
        }
        hash.feed(byte: 0x12)
    }

    private static func feed(
        _ cursor: DataCursor, form: FieldTraits.Form, inner: RecordLayout,
        into hash: inout SipHash128
    ) {
        switch cursor.kind {
        case .text, .number: feed(cursor.text, form: form, into: &hash)
        case .yes: hash.feed(byte: 0x21)
        case .no: hash.feed(byte: 0x20)
        case .null: hash.feed(byte: 0x22)
        case .record: feed(cursor.inside, of: inner, into: &hash)
        case .list:
            hash.feed(byte: 0x23)
            hash.feed(UInt64(cursor.count))
            var items = cursor.inside
            while items.next() { feed(items, form: form, inner: inner, into: &hash) }
        }
    }

    private static func feed(
        _ bytes: Span<UInt8>, form: FieldTraits.Form, into hash: inout SipHash128
    ) {
        switch form {
        case .decimal:
            if let value = FixedDecimal(bytes) {
                hash.feed(byte: 0x30)
                return hash.feed(UInt64(bitPattern: value.units))
            }
        case .date:
            if let day = CivilDay(bytes) {
                hash.feed(byte: 0x31)
                return hash.feed(UInt64(bitPattern: Int64(day.number)))
            }
        case .time:
            if let time = Instant(customs: bytes) ?? Instant(rfc3339: bytes) {
                hash.feed(byte: 0x32)
                return hash.feed(UInt64(bitPattern: time.microseconds))
            }
        case .currency:
            if let code = Currency.alphabetic(bytes) {
                return feed(plain: code.utf8Span.span, into: &hash)
            }
        case .text: break
        }
        feed(bytes, into: &hash)
    }

    /// Feeds a text in NFC.
    private static func feed(_ bytes: Span<UInt8>, into hash: inout SipHash128) {
        if Nfc.isInert(bytes) { return feed(plain: bytes, into: &hash) }
        let normal = Nfc.normalised(bytes.string)
        feed(plain: normal.utf8Span.span, into: &hash)
    }

    private static func feed(plain bytes: Span<UInt8>, into hash: inout SipHash128) {
        hash.feed(byte: 0x33)
        hash.feed(UInt64(bytes.count))
        hash.feed(bytes)
    }
}
