import ClearanceEvents
import Synchronization

/// Encodes events for one ledger: under its index key, sealed as it seals.
///
/// The cipher's context, the drawn keys and the scratch bytes are kept between events, behind a
/// lock: whoever encodes beside others takes a maker of his own.
final class EntryMaker: Sendable {
    let encoder: EntryEncoder
    private let fields: HeadFields
    private let seals: Bool
    private let sealer = Mutex(VaultSealer())

    init(indexKey: SipKey, fields: HeadFields, sealing: Sealing) {
        encoder = EntryEncoder(indexKey: indexKey)
        self.fields = fields
        seals = sealing == .sealed
    }

    /// Appends the entry of an event to the batch; on refusal nothing is added.
    func add(_ event: Event, to batch: inout EncodedBatch) throws(EncodingRefusal) {
        let refusal = sealer.withLock { sealer -> EncodingRefusal? in
            do throws(EncodingRefusal) {
                try add(event, to: &batch, by: &sealer)
                return nil
            } catch { return error }
        }
        if let refusal { throw refusal }
    }

    /// Appends the entries of events to the batch; answers those that were refused, by their
    /// indices.
    func add(
        _ events: ArraySlice<Event>, to batch: inout EncodedBatch
    ) -> [(Int, EncodingRefusal)] {
        sealer.withLock { sealer in
            var refused: [(Int, EncodingRefusal)] = []
            // Lent one by one: a copy of an event would count twenty references.
            let span = events.span
            for index in span.indices {
                do throws(EncodingRefusal) {
                    try add(span[index], to: &batch, by: &sealer)
                } catch {
                    refused.append((events.startIndex + index, error))
                }
            }
            return refused
        }
    }

    private func add(
        _ event: Event, to batch: inout EncodedBatch, by sealer: inout VaultSealer
    ) throws(EncodingRefusal) {
        if event.type == .ledgerErased { try EntryMaker.checkReceipt(event) }
        let identity: EntryIdentity
        if seals {
            sealer.start()
            identity = try encoder.encode(event, into: &batch.writer, sealer: &sealer)
            batch.seals.append(sealer.seals, first: batch.count)
        } else {
            identity = try encoder.encode(event, into: &batch.writer)
        }
        // An open subject is filled in from the event's data while it is encoded.
        let isKnown = event.subject != PersonSubject.open
        batch.add(identity, about: isKnown ? event.subject.utf8Span.span : nil, of: fields)
    }

    /// Refuses an event that says to be the receipt of an erasure and is none: the log is for good,
    /// and verification would tell it as damage ever after.
    private static func checkReceipt(_ event: Event) throws(EncodingRefusal) {
        guard case .fault(let what) = ErasureReceipt.check(event) else { return }
        throw EncodingRefusal(code: "brokenReceipt", path: "data", message: what)
    }
}

/// The makers that rest between two calls, so that a single event draws no keys for hundreds.
final class EntryMakers: Sendable {
    /// No more rest than processors are usual: each holds some kilobytes.
    private static let most = 8

    private let resting = Mutex<[EntryMaker]>([])

    /// One that rests; nil when all work.
    func take() -> EntryMaker? { resting.withLock { $0.popLast() } }

    /// Lets one rest.
    func give(_ maker: EntryMaker) {
        resting.withLock { if $0.count < EntryMakers.most { $0.append(maker) } }
    }
}
