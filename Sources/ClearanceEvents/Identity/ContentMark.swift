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
            feed(corrects.source, into: &hash)
            feed(corrects.id, into: &hash)
        }
        feed(event.data, into: &hash)
        return hash.finish()
    }

    private static func feed(_ record: DataRecord, into hash: inout SipHash128) {
        for member in record.members {
            if member.number == 0 {
                hash.feed(byte: 0x10)
                feed(member.name, into: &hash)
                feed(member.value, form: .text, into: &hash)
            } else {
                let traits = record.layout.traits(member.number)
                if traits.isTransport { continue }
                hash.feed(byte: 0x11)
                hash.feed(byte: UInt8(truncatingIfNeeded: member.number))
                hash.feed(byte: UInt8(truncatingIfNeeded: member.number >> 8))
                feed(member.value, form: traits.form, into: &hash)
            }
        }
        hash.feed(byte: 0x12)
    }

    private static func feed(
        _ value: DataValue, form: FieldTraits.Form, into hash: inout SipHash128
    ) {
        switch value {
        case .text(let text), .number(let text): feed(text, form: form, into: &hash)
        case .bool(let flag): hash.feed(byte: flag ? 0x21 : 0x20)
        case .null: hash.feed(byte: 0x22)
        case .record(let record): feed(record, into: &hash)
        case .list(let items):
            hash.feed(byte: 0x23)
            hash.feed(UInt64(items.count))
            for item in items { feed(item, form: form, into: &hash) }
        }
    }

    private static func feed(
        _ text: String, form: FieldTraits.Form, into hash: inout SipHash128
    ) {
        let bytes = text.utf8Span.span
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
        case .currency: return feed(Currency.alphabetic(text) ?? text, into: &hash)
        case .text: break
        }
        feed(text, into: &hash)
    }

    private static func feed(_ text: String, into hash: inout SipHash128) {
        let normal = Nfc.normalised(text)
        let bytes = normal.utf8Span.span
        hash.feed(byte: 0x33)
        hash.feed(UInt64(bytes.count))
        hash.feed(bytes)
    }
}
