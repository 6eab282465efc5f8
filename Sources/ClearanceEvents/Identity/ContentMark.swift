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
                feed(member.value, kind: .any, into: &hash)
            } else {
                let field = record.layout.field(member.number)
                if field.isTransport { continue }
                hash.feed(byte: 0x11)
                hash.feed(byte: UInt8(truncatingIfNeeded: member.number))
                hash.feed(byte: UInt8(truncatingIfNeeded: member.number >> 8))
                feed(member.value, kind: field.kind, into: &hash)
            }
        }
        hash.feed(byte: 0x12)
    }

    private static func feed(_ value: DataValue, kind: FieldKind, into hash: inout SipHash128) {
        switch value {
        case .text(let text), .number(let text): feed(text, kind: kind, into: &hash)
        case .bool(let flag): hash.feed(byte: flag ? 0x21 : 0x20)
        case .null: hash.feed(byte: 0x22)
        case .record(let record): feed(record, into: &hash)
        case .list(let items):
            hash.feed(byte: 0x23)
            hash.feed(UInt64(items.count))
            for item in items { feed(item, kind: elementKind(of: kind), into: &hash) }
        }
    }

    private static func elementKind(of kind: FieldKind) -> FieldKind {
        switch kind {
        case .texts: .text
        case .subjects: .subject
        default: kind
        }
    }

    private static func feed(_ text: String, kind: FieldKind, into hash: inout SipHash128) {
        switch kind {
        case .decimal, .integer:
            if let value = FixedDecimal(text) {
                hash.feed(byte: 0x30)
                hash.feed(UInt64(bitPattern: value.units))
                return
            }
        case .date:
            if let day = CivilDay(text) {
                hash.feed(byte: 0x31)
                hash.feed(UInt64(bitPattern: Int64(day.number)))
                return
            }
        case .time:
            let bytes = Array(text.utf8)
            if let time = Instant(customs: bytes.span) ?? Instant(rfc3339: bytes.span) {
                hash.feed(byte: 0x32)
                hash.feed(UInt64(bitPattern: time.microseconds))
                return
            }
        case .currency:
            feed(Currency.alphabetic(text) ?? text, into: &hash)
            return
        default: break
        }
        feed(text, into: &hash)
    }

    private static func feed(_ text: String, into hash: inout SipHash128) {
        let normal = Nfc.normalised(text)
        hash.feed(byte: 0x33)
        hash.feed(UInt64(normal.utf8.count))
        hash.feed(normal)
    }
}
