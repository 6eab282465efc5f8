import ClearanceEvents
import ClearanceStore

/// The log as the index is made from it.
struct FactSource: Sendable {
    let log: EventLog
    let seed: IndexSeed
    let fields: HeadFields

    /// Puts what the entries of a range of positions are into tables; nil tables are left out.
    func read(
        _ range: ClosedRange<UInt64>, facts: PrefixTable?, heads: PrefixTable?
    ) throws(LedgerError) {
        var damage: (UInt64, DecodingError)?
        var keys: [Digest16] = []
        let reader = try log.reader()
        try storing { () throws(StoreError) in
            try reader.forEach(from: range.lowerBound, through: range.upperBound) {
                (position, bytes) in
                do throws(DecodingError) {
                    let view = try EventView(bytes)
                    if let facts { facts.add(record(of: view.identity, at: position)) }
                    guard let heads else { return true }
                    keys.removeAll(keepingCapacity: true)
                    fields.add(view, to: &keys)
                    for key in keys { _ = heads.put(record(ofHead: key, at: position)) }
                    return true
                } catch {
                    damage = (position, error)
                    return false
                }
            }
        }
        if let (position, error) = damage {
            throw LedgerError(.damaged, "position \(position): \(error)")
        }
    }

    /// The record of a fact.
    @inline(__always)
    func record(of identity: EntryIdentity, at position: UInt64) -> PrefixRecord {
        PrefixRecord(
            prefix: seed.prefix(identity.naturalKey), position: position,
            tag: seed.tag(of: identity))
    }

    /// The record of the last entry about something.
    @inline(__always)
    func record(ofHead key: Digest16, at position: UInt64) -> PrefixRecord {
        PrefixRecord(prefix: seed.prefix(key), position: position, tag: seed.tag(ofHead: key))
    }
}
