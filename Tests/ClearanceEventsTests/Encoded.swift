import ClearanceEvents

/// Helpers that make events and lend their entries.
enum Encoded {
    static let key = SipKey(1, 2)

    /// An event of the type whose data are these texts.
    static func event(
        _ type: String, _ subject: String, _ data: [String: DataValue] = [:]
    ) -> Event {
        var event = Event(
            type, subject: subject, time: Instant(microseconds: 1_772_330_400_000_000),
            source: "urn:test", id: "1")
        for (name, value) in data.sorted(by: { $0.key < $1.key }) { event.data[name] = value }
        return event
    }

    static func bytes(_ event: Event) -> [UInt8] {
        var writer = ByteWriter()
        do {
            _ = try EntryEncoder(indexKey: key).encode(event, into: &writer)
        } catch {
            preconditionFailure("a test event is refused: \(error)")
        }
        return writer.bytes
    }

    /// The ties of an event in a grouping.
    static func links(
        _ type: String, _ subject: String, _ data: [String: DataValue] = [:],
        in grouping: any Grouping.Type = Consignments.self
    ) -> Set<LinkSink.Link> {
        let bytes = bytes(event(type, subject, data))
        var sink = LinkSink()
        guard let view = try? EventView(bytes.span) else { return [] }
        grouping.links(of: view, into: &sink)
        return Set(sink.links)
    }

    static func record(_ layout: String, _ members: [String: String]) -> DataValue {
        var record = DataRecord(Catalogue.current.layout(layout))
        for (name, text) in members { record.set(name, text) }
        return .record(record)
    }

    /// A copy of lent text.
    static func string(_ span: Span<UInt8>) -> String {
        String(decoding: span.indices.map { span[$0] }, as: UTF8.self)
    }

    /// Whether the bytes hold the text anywhere.
    static func contains(_ bytes: [UInt8], _ text: String) -> Bool {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return false }
        return (0...(bytes.count - wanted.count)).contains {
            Array(bytes[$0..<($0 + wanted.count)]) == wanted
        }
    }
}
