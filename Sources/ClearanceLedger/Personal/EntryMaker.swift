import ClearanceEvents
import Synchronization

/// Encodes events for one ledger: under its index key, sealed as it seals.
///
/// The cipher's context, the drawn keys and the scratch bytes are kept between events behind a lock
/// that nobody else wants: each batch has a maker of its own.
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
    func add(
        _ event: Event, to batch: inout EncodedBatch, with writer: inout ByteWriter
    ) throws(EncodingRefusal) {
        writer.clear()
        guard seals else {
            let identity = try encoder.encode(event, into: &writer)
            return batch.add(writer.bytes.span, identity, of: fields)
        }
        let result: Result<EntryIdentity, EncodingRefusal> = sealer.withLock { sealer in
            sealer.start()
            do throws(EncodingRefusal) {
                let identity = try encoder.encode(event, into: &writer, sealer: &sealer)
                batch.seals.append(sealer.seals, first: batch.count)
                return .success(identity)
            } catch {
                return .failure(error)
            }
        }
        batch.add(writer.bytes.span, try result.get(), of: fields)
    }
}
