import ClearanceEvents
import ClearanceLedger
import ClearanceStore

/// What is remembered of an input that was read to its end: which bytes, read how, what became of
/// them, and where in the log it stands.
struct InputRecord: Sendable, Equatable {
    /// Places of the log of one input, before it is not remembered: a line of 300 kB.
    static let ranges = 16_384

    /// SHA-256 of the input's bytes, in hexadecimal digits.
    var digest: String
    /// ``Reading/fingerprint``, in hexadecimal digits.
    var reading: String
    var bytes = 0
    /// Documents that stand in the log.
    var kept = 0
    var findings = 0
    var rejected = 0
    /// Where the ledger's rejects have the refused lines; nil when nothing was refused.
    var rejects: RejectsFile.Mark?
    /// The positions at which its events stand, in their order, without overlaps.
    var positions: [ClosedRange<UInt64>] = []
    /// ``proof(of:in:)`` of these positions.
    var proof = ""

    /// The last position of it; 0 when it has none.
    var last: UInt64 { positions.last?.upperBound ?? 0 }

    /// What stands at the given positions: SHA-256 over the natural key and content mark of every
    /// entry. Nil when the log does not reach one of them or cannot be read there.
    ///
    /// So a record holds good as long as the ledger has exactly these events at these places,
    /// whatever happened to it in between. Cost: about 0.2 µs an entry.
    static func proof(of positions: [ClosedRange<UInt64>], in ledger: Ledger) -> String? {
        var hash = SHA256Hash()
        // Hashed by the thousand: a call for each entry would cost more than the entry.
        var buffer: [UInt8] = []
        for range in positions {
            var next = range.lowerBound
            do {
                try ledger.forEachEntry(from: next, through: range.upperBound) { position, view in
                    guard position == next else { return false }
                    next += 1
                    let identity = view.identity
                    buffer.append(identity.naturalKey)
                    buffer.append(identity.content)
                    if buffer.count >= 1 << 16 {
                        hash.update(buffer.span)
                        buffer.removeAll(keepingCapacity: true)
                    }
                    return true
                }
            } catch { return nil }
            guard next == range.upperBound + 1 else { return nil }
        }
        hash.update(buffer.span)
        return hash.value.hexadecimal
    }
}

extension InputRecord {
    /// The word at the start of a line: the form of what follows.
    private static let form = "i1"
    private static let checkDigits = 16

    /// The record as a line, with its line feed: words with a blank between, a checksum at the end.
    var line: [UInt8] {
        let places = positions.map { "\($0.lowerBound)-\($0.upperBound)" }
        let body = [
            Self.form, digest, reading, "\(bytes)", "\(kept)", "\(findings)", "\(rejected)",
            rejects?.text ?? "-", "\(last)", proof,
            places.isEmpty ? "-" : places.joined(separator: ","),
        ].joined(separator: " ")
        return Array((body + " " + Self.check(of: body) + "\n").utf8)
    }

    /// Reads a line without its line feed; nil when it is not one that was written whole.
    init?(line: some Sequence<UInt8>) {
        let text = String(decoding: Array(line), as: UTF8.self)
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 12, words[0] == Self.form,
            words[11] == Self.check(of: words[..<11].joined(separator: " ")),
            let bytes = Int(words[3]), let kept = Int(words[4]), let findings = Int(words[5]),
            let rejected = Int(words[6])
        else { return nil }
        (digest, reading, proof) = (String(words[1]), String(words[2]), String(words[9]))
        (self.bytes, self.kept, self.findings, self.rejected) = (bytes, kept, findings, rejected)
        if words[7] != "-" {
            guard let mark = RejectsFile.Mark(words[7]) else { return nil }
            rejects = mark
        }
        guard words[10] != "-" else { return }
        for place in words[10].split(separator: ",") {
            let ends = place.split(separator: "-").compactMap { UInt64($0) }
            guard ends.count == 2, ends[0] <= ends[1] else { return nil }
            positions.append(ends[0]...ends[1])
        }
    }

    private static func check(of body: String) -> String {
        String(SHA256Hash.of(Array(body.utf8).span).hexadecimal.prefix(checkDigits))
    }
}

extension [UInt8] {
    fileprivate mutating func append(_ digest: Digest16) {
        for half in [digest.high, digest.low] {
            for shift in 0..<8 { append(UInt8(truncatingIfNeeded: half >> (8 * shift))) }
        }
    }
}
