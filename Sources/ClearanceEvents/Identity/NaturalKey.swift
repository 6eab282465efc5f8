/// The digest of (type, subject, marker): which fact an event is, whatever it says of it.
///
/// The marker of a paper or declaration is appType + appTime (+ msgSeqNo and part of split
/// documents, + orderNo for payments); of a receipt the message, returnStatus, returnTime, a
/// digest of returnInfo and the msgSeqNo of split documents; of a tax bill its status; of a clock day the date; of everything else
/// `source` + `id`.
/// Source: `specs/events/README.md`, natural key. It is made under the published key, so that
/// canonical order is the same in every ledger.
enum NaturalKey {
    static func of(_ event: Event) -> Digest16 {
        var hash = SipHash128(key: .published)
        hash.feed(UInt64(event.type.code))
        feed(event.subject, into: &hash)
        let data = event.data
        let fields = data.layout.identity
        if let status = data.text(number: fields.returnStatus),
            let time = data.text(number: fields.returnTime)
        {
            hash.feed(byte: 1)
            feed(data.text(number: fields.message), into: &hash)
            feed(status, into: &hash)
            feed(canonicalTime(time), into: &hash)
            feed(data.text(number: fields.returnInfo).map(Nfc.normalised), into: &hash)
            if let part = data.text(number: fields.msgSeqNo) { feed(part, into: &hash) }
        } else if let time = data.text(number: fields.appTime) {
            hash.feed(byte: 2)
            feed(data.text(number: fields.appType), into: &hash)
            feed(canonicalTime(time), into: &hash)
            feed(data.text(number: fields.msgSeqNo), into: &hash)
            feed(data.text("part"), into: &hash)
            feed(event.type.isPayment ? data.text(number: fields.orderNo) : nil, into: &hash)
        } else if let tax = data.text(number: fields.taxNo),
            let status = data.text(number: fields.status)
        {
            hash.feed(byte: 3)
            feed(tax, into: &hash)
            feed(status, into: &hash)
            feed(data.text("part"), into: &hash)
        } else if event.type == .clockDay {
            hash.feed(byte: 4)
            feed(data.text(number: fields.date), into: &hash)
        } else {
            hash.feed(byte: 5)
            feed(event.source, into: &hash)
            feed(event.id, into: &hash)
        }
        return hash.finish()
    }

    /// Customs' and RFC 3339 forms of one instant are one marker.
    private static func canonicalTime(_ text: String) -> String {
        let bytes = text.utf8Span.span
        guard let time = Instant(customs: bytes) ?? Instant(rfc3339: bytes) else { return text }
        return String(time.microseconds)
    }

    private static func feed(_ text: String?, into hash: inout SipHash128) {
        guard let text else { return hash.feed(byte: 0xFF) }
        hash.feed(UInt64(text.utf8.count))
        hash.feed(text)
    }
}
