/// The digest of (type, subject, marker): which fact an event is, whatever it says of it.
///
/// The marker of a paper or declaration is appType + appTime (+ msgSeqNo and part of split
/// documents, + orderNo for payments); of a receipt the message, returnStatus, returnTime, a
/// digest of returnInfo and the msgSeqNo of split documents; of a tax bill its status; of a clock
/// day the date; of everything else `source` + `id`.
/// Source: `specs/events/README.md`, natural key. It is made under the published key, so that
/// canonical order is the same in every ledger.
enum NaturalKey {
    static func of(_ event: Event) -> Digest16 {
        var hash = SipHash128(key: .published)
        hash.feed(UInt64(event.type.code))
        feed(event.subject.utf8Span.span, into: &hash)
        let fields = event.data.layout.identity
        let cursor = event.data.cursor
        if let status = text(fields.returnStatus, of: cursor),
            let time = text(fields.returnTime, of: cursor)
        {
            hash.feed(byte: 1)
            feed(fields.message, of: cursor, into: &hash)
            feed(status, into: &hash)
            feed(time: time, into: &hash)
            feed(normal: text(fields.returnInfo, of: cursor), into: &hash)
            if let part = text(fields.msgSeqNo, of: cursor) { feed(part, into: &hash) }
        } else if let time = text(fields.appTime, of: cursor) {
            hash.feed(byte: 2)
            feed(fields.appType, of: cursor, into: &hash)
            feed(time: time, into: &hash)
            feed(fields.msgSeqNo, of: cursor, into: &hash)
            feed(part: fields.part, of: cursor, into: &hash)
            feed(event.type.isPayment ? fields.orderNo : 0, of: cursor, into: &hash)
        } else if let tax = text(fields.taxNo, of: cursor),
            let status = text(fields.status, of: cursor)
        {
            hash.feed(byte: 3)
            feed(tax, into: &hash)
            feed(status, into: &hash)
            feed(part: fields.part, of: cursor, into: &hash)
        } else if event.type == .clockDay {
            hash.feed(byte: 4)
            feed(fields.date, of: cursor, into: &hash)
        } else {
            hash.feed(byte: 5)
            feed(event.source.utf8Span.span, into: &hash)
            feed(event.id.utf8Span.span, into: &hash)
        }
        return hash.finish()
    }

    /// The text of a known field; nil when it is absent, of another kind, or 0.
    @_lifetime(copy data)
    private static func text(_ number: UInt16, of data: DataCursor) -> Span<UInt8>? {
        var cursor = data
        guard number != 0, cursor.next(number: number), cursor.kind.isText else { return nil }
        return cursor.text
    }

    private static func feed(_ number: UInt16, of data: DataCursor, into hash: inout SipHash128) {
        guard let text = text(number, of: data) else { return hash.feed(byte: 0xFF) }
        feed(text, into: &hash)
    }

    /// The part of a split document, which not every layout knows.
    private static func feed(
        part number: UInt16, of data: DataCursor, into hash: inout SipHash128
    ) {
        var cursor = data
        let isThere =
            number == 0 ? cursor.next(unknown: "part".utf8Span.span) : cursor.next(number: number)
        guard isThere, cursor.kind.isText else { return hash.feed(byte: 0xFF) }
        feed(cursor.text, into: &hash)
    }

    private static func feed(normal text: Span<UInt8>?, into hash: inout SipHash128) {
        guard let text else { return hash.feed(byte: 0xFF) }
        if Nfc.isInert(text) { return feed(text, into: &hash) }
        let normal = Nfc.normalised(text.string)
        feed(normal.utf8Span.span, into: &hash)
    }

    /// Customs' and RFC 3339 forms of one instant are one marker: the digits of its microseconds.
    private static func feed(time text: Span<UInt8>, into hash: inout SipHash128) {
        guard let time = Instant(customs: text) ?? Instant(rfc3339: text) else {
            return feed(text, into: &hash)
        }
        var digits: InlineArray<20, UInt8> = .init(repeating: 0)
        var start = 20
        var rest = time.microseconds.magnitude
        repeat {
            start -= 1
            digits[start] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        } while rest > 0
        if time.microseconds < 0 {
            start -= 1
            digits[start] = UInt8(ascii: "-")
        }
        feed(digits.span.extracting(start..<20), into: &hash)
    }

    private static func feed(_ text: Span<UInt8>, into hash: inout SipHash128) {
        hash.feed(low: 0, count: 0, UInt64(text.count), text)
    }
}
