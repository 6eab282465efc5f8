public import ClearanceEvents
import ClearanceStore

/// An event with its place in the log.
public struct StoredEvent: Sendable, Equatable {
    public let position: UInt64
    /// When it was recorded.
    public let recorded: Instant
    public let event: Event
}

extension Ledger {
    /// The event at a position; nil when the log does not reach it. Cost: about 3 µs, and the
    /// checksum of its chunk, at most 2.5 more. Throws `damaged` when that is not what was written.
    public func event(at position: UInt64) throws(LedgerError) -> Event? {
        try stored(at: position)?.event
    }

    /// The event at a position with its recorded time; nil when the log does not reach it.
    public func stored(at position: UInt64) throws(LedgerError) -> StoredEvent? {
        let reader = try log.reader()
        guard position >= 1, position <= (try reader.lastPosition()) else { return nil }
        var opener = vault.opener
        return try reader.stored(position, by: &opener)
    }

    /// Lends the entries of a range of positions in their order, without a copy, until `body` says
    /// no. Cost: about 125 ns an entry. Throws at the first entry that cannot be read.
    public func forEachEntry(
        from start: UInt64 = 1, through end: UInt64 = .max,
        _ body: (UInt64, EventView) -> Bool
    ) throws(LedgerError) {
        let reader = try log.reader()
        var damage: (UInt64, DecodingError)?
        var next = max(start, 1)
        do throws(StoreError) {
            try reader.forEach(from: next, through: end) { (position, bytes) in
                next = position + 1
                do throws(DecodingError) {
                    return body(position, try EventView(bytes))
                } catch {
                    damage = (position, error)
                    return false
                }
            }
        } catch { throw LedgerError(error, reading: next) }
        if let (position, error) = damage {
            throw LedgerError(.damaged, "position \(position): \(error)")
        }
    }

    /// Owned events of a range of positions, at most `limit`.
    public func events(
        from start: UInt64 = 1, through end: UInt64 = .max, limit: Int
    ) throws(LedgerError) -> [StoredEvent] {
        var found: [StoredEvent] = []
        var damage: LedgerError?
        var opener = vault.opener
        try forEachEntry(from: start, through: end) { position, view in
            guard found.count < limit else { return false }
            do throws(DecodingError) {
                found.append(try StoredEvent(position: position, view: view, by: &opener))
            } catch {
                damage = LedgerError(.damaged, "position \(position): \(error)")
            }
            return damage == nil
        }
        if let damage { throw damage }
        return found
    }
}

extension StoredEvent {
    init(
        position: UInt64, view: EventView, by opener: inout VaultOpener
    ) throws(DecodingError) {
        self.init(
            position: position, recorded: Instant(microseconds: view.recordedTime),
            event: try Event(view, opener: &opener))
    }
}

extension LogReader {
    /// The owned event at a position that the log reaches.
    func stored(
        _ position: UInt64, by opener: inout VaultOpener
    ) throws(LedgerError) -> StoredEvent {
        do {
            return try withEntry(position) { (bytes) throws(StoreError) in
                do throws(DecodingError) {
                    return try StoredEvent(
                        position: position, view: try EventView(bytes), by: &opener)
                } catch {
                    throw StoreError(.corrupted, "decode an entry: \(error)")
                }
            }
        } catch { throw LedgerError(error, reading: position) }
    }
}
