public import ClearanceEvents

extension Ledger {
    /// What became of one part of the events of a batch.
    private typealias Encoded = (batch: EncodedBatch, rejected: [(Int, EncodingRefusal)])

    /// Encodes events for ``append(_:recordedAt:)``; large batches on two threads.
    ///
    /// What cannot become an entry is told with its index and left out of the batch. Throws when
    /// the batch exceeds a limit of ``LedgerLimits``. Cost: a few microseconds an event.
    public func encode(
        _ events: [Event]
    ) throws(LedgerError) -> (batch: EncodedBatch, rejected: [(Int, EncodingRefusal)]) {
        guard events.count <= LedgerLimits.batchEvents else {
            throw LedgerError(.tooLarge, "a batch has at most \(LedgerLimits.batchEvents) events")
        }
        let encoder = EntryEncoder(indexKey: indexKey)
        let fields = headFields
        let middle = events.count / 2
        let halves =
            events.count < LedgerLimits.parallelEvents
            ? [events[...]] : [events[..<middle], events[middle...]]
        let parts = try Parallel.map(halves) { part throws(LedgerError) in
            Ledger.encode(part, by: encoder, of: fields)
        }
        var whole: Encoded = (EncodedBatch(), [])
        for part in parts {
            whole.batch.append(part.batch)
            whole.rejected += part.rejected
        }
        guard whole.batch.bytes.count <= LedgerLimits.batchBytes else {
            throw LedgerError(.tooLarge, "a batch has at most \(LedgerLimits.batchBytes) bytes")
        }
        return whole
    }

    private static func encode(
        _ events: ArraySlice<Event>, by encoder: EntryEncoder, of fields: HeadFields
    ) -> Encoded {
        var part: Encoded = (EncodedBatch(), [])
        var writer = ByteWriter(capacity: 1_024)
        for index in events.indices {
            writer.clear()
            do throws(EncodingRefusal) {
                let identity = try encoder.encode(events[index], into: &writer)
                part.batch.add(writer.bytes.span, identity, of: fields)
            } catch {
                part.rejected.append((index, error))
            }
        }
        return part
    }
}
