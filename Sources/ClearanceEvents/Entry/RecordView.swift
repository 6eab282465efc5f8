/// A record inside lent bytes: its fields are found by number, without a copy.
///
/// Damaged bytes read as absent fields; `verify` is what names the damage.
public struct RecordView: ~Escapable, Copyable {
    private let bytes: Span<UInt8>

    @_lifetime(copy bytes)
    init(_ bytes: Span<UInt8>) { self.bytes = bytes }

    /// Whether the field is there.
    public func has(_ field: FieldRef) -> Bool { find(field.number) != nil }

    /// The UTF-8 bytes of a text or number field; empty when it is absent.
    @_lifetime(copy self)
    public func text(_ field: FieldRef) -> Span<UInt8> {
        guard let place = find(field.number), place.wire.isScalar else {
            return bytes.extracting(0..<0)
        }
        return bytes.extracting(place.start..<place.end)
    }

    /// A copy of a text field; nil when it is absent or empty.
    public func string(_ field: FieldRef) -> String? {
        let span = text(field)
        guard span.count > 0, let utf8 = try? UTF8Span(validating: span) else { return nil }
        return String(copying: utf8)
    }

    /// A decimal field; nil when it is absent or is no decimal.
    public func decimal(_ field: FieldRef) -> FixedDecimal? { FixedDecimal(text(field)) }

    /// A whole number; nil when the field is absent or is none.
    public func integer(_ field: FieldRef) -> Int? {
        guard let value = decimal(field), value.units % FixedDecimal.scale == 0 else { return nil }
        return Int(value.units / FixedDecimal.scale)
    }

    /// A date field; nil when it is absent or is no date.
    public func day(_ field: FieldRef) -> CivilDay? { CivilDay(text(field)) }

    /// A time field; nil when it is absent or is no time.
    public func time(_ field: FieldRef) -> Instant? {
        let span = text(field)
        return Instant(customs: span) ?? Instant(rfc3339: span)
    }

    /// A Boolean field; nil when it is absent or is none.
    public func flag(_ field: FieldRef) -> Bool? {
        switch find(field.number)?.wire {
        case .yes: true
        case .no: false
        default: nil
        }
    }

    /// Lends the records of a list field, or the one record of a record field, in their order.
    public func forEachRecord(_ field: FieldRef, _ body: (RecordView) -> Void) {
        forEachItem(field) { wire, span in
            if wire == .record { body(RecordView(span)) }
        }
    }

    /// Lends the texts of a list field, in their order.
    public func forEachText(_ field: FieldRef, _ body: (Span<UInt8>) -> Void) {
        forEachItem(field) { wire, span in
            if wire.isScalar { body(span) }
        }
    }

    private func forEachItem(
        _ field: FieldRef, _ body: (EntryFormat.Wire, Span<UInt8>) -> Void
    ) {
        guard let place = find(field.number) else { return }
        let span = bytes.extracting(place.start..<place.end)
        guard place.wire == .list else { return body(place.wire, span) }
        var reader = ByteReader(span)
        guard let count = try? reader.varint() else { return }
        for _ in 0..<count {
            guard let raw = try? reader.byte(), let wire = EntryFormat.Wire(rawValue: raw) else {
                return
            }
            guard wire.isCounted else { continue }
            guard let item = try? reader.counted() else { return }
            body(wire, item)
        }
    }

    private struct Place {
        let wire: EntryFormat.Wire
        let start: Int
        let end: Int
    }

    /// Fields stand in the order of their numbers, so the scan ends behind the wanted one. Tags and
    /// lengths are mostly one byte; the loop is written for that.
    private func find(_ number: UInt16) -> Place? {
        let wanted = UInt64(number)
        let count = bytes.count
        var index = 0
        while index < count {
            var tag = UInt64(bytes[index])
            if tag < 0x80 {
                index += 1
            } else {
                guard let long = varint(&index) else { return nil }
                tag = long
            }
            let found = tag >> 3
            if found == 0 || found > wanted { return nil }
            let kind = UInt8(tag & 7)
            var length = 0
            if RecordView.countedKinds >> kind & 1 != 0 {
                guard index < count else { return nil }
                length = Int(bytes[index])
                if length < 0x80 {
                    index += 1
                } else {
                    guard let long = varint(&index), long <= UInt64(count) else { return nil }
                    length = Int(long)
                }
                guard length <= count - index else { return nil }
            }
            if found == wanted {
                guard let wire = EntryFormat.Wire(rawValue: kind) else { return nil }
                return Place(wire: wire, start: index, end: index + length)
            }
            index += length
        }
        return nil
    }

    /// One bit a wire type: whether a length and bytes follow its tag.
    private static let countedKinds: UInt8 = 0b0110_0011

    private func varint(_ index: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while index < bytes.count, shift < 64 {
            let next = bytes[index]
            index += 1
            value |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}

extension EntryFormat.Wire {
    var isScalar: Bool { isText }
    var isCounted: Bool { self != .no && self != .yes && self != .null }
}
