public import ClearanceEvents

extension Ledger {
    /// What became of one part of the events of a batch.
    typealias Encoded = (batch: EncodedBatch, rejected: [(Int, EncodingRefusal)])

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
        var whole: Encoded = (EncodedBatch(), [])
        if events.count < LedgerLimits.parallelEvents {
            whole = encode(events[...], room: events.count)
        } else {
            let middle = events.count / 2
            let parts = try Parallel.map([0, 1]) { half throws(LedgerError) in
                // The others are added behind the first.
                half == 0
                    ? encode(events[..<middle], room: events.count)
                    : encode(events[middle...], room: events.count - middle)
            }
            for part in parts {
                whole.batch.append(part.batch)
                whole.rejected += part.rejected
            }
        }
        guard whole.batch.bytes.count <= LedgerLimits.batchBytes else {
            throw LedgerError(.tooLarge, "a batch has at most \(LedgerLimits.batchBytes) bytes")
        }
        return whole
    }

    private func encode(_ events: ArraySlice<Event>, room: Int) -> Encoded {
        let maker = makers.take() ?? entryMaker
        defer { makers.give(maker) }
        return Ledger.encode(events, by: maker, room: room)
    }

    static func encode(
        _ events: ArraySlice<Event>, by maker: EntryMaker, room: Int = 0
    ) -> Encoded {
        var part: Encoded = (EncodedBatch(), [])
        part.batch.reserve(room)
        part.rejected = maker.add(events, to: &part.batch)
        return part
    }
}
