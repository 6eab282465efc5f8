import ClearanceEvents
import ClearanceStore

extension LedgerView {
    /// The positions of a stream: every event whose subject is exactly this one, ascending.
    ///
    /// Index + 1 is an event's revision. Corrected events stay in their stream. Cost: one look-up
    /// and the length of the stream.
    public func stream(of subject: String) throws(LedgerError) -> [UInt64] {
        let index = group(SubjectIndex.self)
        let key = LinkKey.subject(subject.utf8Span.span)
        do {
            var seen: [UInt64] = []
            for position in try state.positions(index.direct, key)
            where position <= horizon.position {
                let time = try reader.withEntry(position) { (bytes) throws(StoreError) in
                    (try? EventView(bytes).time) ?? .min
                }
                if time <= horizon.time { seen.append(position) }
            }
            return seen
        } catch { throw LedgerError(error) }
    }

    /// The events of a stream, oldest first or newest first, at most `limit`.
    public func streamEvents(
        of subject: String, newestFirst: Bool = false, limit: Int = .max
    ) throws(LedgerError) -> [StoredEvent] {
        let positions = try stream(of: subject)
        let chosen = newestFirst ? Array(positions.reversed()) : positions
        var found: [StoredEvent] = []
        var opener = vault.opener
        for position in chosen.prefix(limit) {
            found.append(try reader.stored(position, by: &opener))
        }
        return found
    }
}
