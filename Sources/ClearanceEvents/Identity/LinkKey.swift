/// Digests of the names by which things are found: subjects, numbers, envelopes.
public enum LinkKey {
    /// The digest of a name in its own space, e.g. (`order`, `NO1`).
    public static func of(_ space: StaticString, _ text: Span<UInt8>) -> Digest16 {
        var hash = start(space)
        hash.feed(text)
        return hash.finish()
    }

    /// The digest of a two-part name, e.g. (`waybill`, `LOG1`, `W1`).
    public static func of(
        _ space: StaticString, _ first: Span<UInt8>, _ second: Span<UInt8>
    ) -> Digest16 {
        var hash = start(space)
        hash.feed(UInt64(first.count))
        hash.feed(first)
        hash.feed(second)
        return hash.finish()
    }

    /// The digest of a name given as text.
    public static func of(_ space: StaticString, _ text: String) -> Digest16 {
        of(space, text.utf8Span.span)
    }

    /// The digest of a subject as it stands in the log.
    public static func subject(_ text: Span<UInt8>) -> Digest16 {
        var hash = subjects
        hash.feed(text)
        return hash.finish()
    }

    /// The space of subjects, of which every event has one.
    private static let subjects = start("subject")

    /// The digest of an event's (source, id).
    public static func envelope(source: Span<UInt8>, id: Span<UInt8>) -> Digest16 {
        of("envelope", source, id)
    }

    private static func start(_ space: StaticString) -> SipHash128 {
        var hash = SipHash128(key: .published)
        hash.feed(space.description)
        hash.feed(byte: 0)
        return hash
    }
}
