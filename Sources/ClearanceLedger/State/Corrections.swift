import ClearanceEvents

/// Which events are corrected by which, as far as the log was read.
struct Corrections: Sendable {
    /// One correction: where it stands, who it is, whether it replaces or voids.
    struct Entry: Sendable, Equatable {
        let position: UInt64
        let envelope: Digest16
        let reason: Correction.Reason
    }

    /// Corrections by the (source, id) that they name.
    private(set) var byTarget: [Digest16: [Entry]] = [:]

    var isEmpty: Bool { byTarget.isEmpty }

    mutating func add(_ entry: Entry, target: Digest16) {
        if byTarget[target]?.contains(entry) != true {
            byTarget[target, default: []].append(entry)
        }
    }

    /// Whether an event is out of force as known at a position: corrected by an event that is
    /// itself in force.
    func voids(_ envelope: Digest16, knownAt limit: UInt64) -> Bool {
        guard byTarget[envelope] != nil else { return false }
        var answers: [Asked: Bool] = [:]
        return voids(Asked(envelope: envelope, depth: 0), knownAt: limit, &answers)
    }

    /// One step of a question: of many corrections that correct each other all are asked at each
    /// depth, and each of them once.
    private struct Asked: Hashable {
        let envelope: Digest16
        let depth: Int
    }

    private func voids(
        _ asked: Asked, knownAt limit: UInt64, _ answers: inout [Asked: Bool]
    ) -> Bool {
        // A chain of corrections ends; a ring of them, which no honest source makes, is cut here.
        guard asked.depth < Corrections.depth, let entries = byTarget[asked.envelope] else {
            return false
        }
        if let known = answers[asked] { return known }
        let isVoid = entries.contains {
            $0.position <= limit && $0.envelope != asked.envelope
                && !voids(
                    Asked(envelope: $0.envelope, depth: asked.depth + 1), knownAt: limit, &answers)
        }
        answers[asked] = isVoid
        return isVoid
    }

    /// Longer than any chain of corrections that people make.
    static let depth = 16

    /// Whether an event takes no part in folds: out of force, or itself a mere cancellation.
    func leavesOut(_ event: EventView, knownAt limit: UInt64) -> Bool {
        if event.isCorrection, event.correction?.reason == .didNotOccur { return true }
        return isEmpty ? false : voids(event.envelopeKey, knownAt: limit)
    }

    static let prefix: UInt8 = 0x63

    /// The rows under which the state keeps them.
    static func stored(_ entries: [Entry]) -> [UInt8] {
        var writer = ByteWriter()
        for entry in entries {
            writer.write(entry.position)
            writer.write(entry.envelope.high)
            writer.write(entry.envelope.low)
            writer.write(entry.reason.rawValue)
        }
        return writer.bytes
    }

    mutating func load(_ bytes: Span<UInt8>, target: Digest16) throws(DecodingError) {
        var reader = ByteReader(bytes)
        while !reader.isAtEnd {
            let position = try reader.uint64()
            let envelope = Digest16(high: try reader.uint64(), low: try reader.uint64())
            guard let reason = Correction.Reason(rawValue: try reader.byte()) else {
                throw DecodingError(offset: reader.offset, expected: "a correction reason")
            }
            add(Entry(position: position, envelope: envelope, reason: reason), target: target)
        }
    }
}
