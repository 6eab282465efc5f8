public import ClearanceEvents

/// Encodes events one by one into an ``EncodedBatch``, on whatever thread the caller is.
///
///     var encoder = ledger.batchEncoder
///     try encoder.add(event)
///     try ledger.append(encoder.take(), recordedAt: .input)
///
/// Several encoders of one ledger may work side by side; their batches are joined in the order that
/// the caller wants. Cost: a few microseconds an event; nothing of the event is kept.
public struct BatchEncoder: Sendable {
    private let maker: EntryMaker
    private var batch = EncodedBatch()

    init(_ maker: EntryMaker) { self.maker = maker }

    /// How many entries wait to be taken.
    public var count: Int { batch.count }

    /// The bytes of the entries that wait to be taken.
    public var byteCount: Int { batch.byteCount }

    /// Adds the entry of an event; on refusal nothing is added.
    public mutating func add(_ event: Event) throws(EncodingRefusal) {
        try maker.add(event, to: &batch)
    }

    /// The entries that were added since the last time, in their order.
    public mutating func take() -> EncodedBatch {
        let taken = batch
        batch = EncodedBatch()
        return taken
    }
}

extension Ledger {
    /// An encoder under this ledger's key of marks, sealing as this ledger does.
    public var batchEncoder: BatchEncoder { BatchEncoder(entryMaker) }
}
