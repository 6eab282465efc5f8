public import ClearanceEvents
import ClearanceStore

/// What an event `ledger.erased` says: what was erased, when, and under whose signature.
///
/// It names positions and how many sections, never what stood there. The text that is signed is
/// made of the receipt's own fields, so that anybody can make it again (`specs/personal.md`).
public struct ErasureReceipt: Sendable, Equatable {
    /// Runs of positions of one receipt: an entry has a greatest size.
    static let mostRuns = 2_000

    /// The ledger in which it was erased.
    public let origin: String
    /// `person:` and the mark of the identity number.
    public let subject: String
    public let time: Instant
    /// The day that was reached; nil when the ledger knew none.
    public let on: CivilDay?
    /// Positions as `7` or `9-12`, ascending.
    public let positions: [String]
    /// How many sections were erased by the act that left this receipt.
    public let sections: Int

    init(
        origin: String, subject: String, time: Instant, on: CivilDay?, positions: [String],
        sections: Int
    ) {
        self.origin = origin
        self.subject = subject
        self.time = time
        self.on = on
        self.positions = positions
        self.sections = sections
    }

    /// The receipt that an event is; nil for any other event, and for one that lacks a part.
    public init?(_ event: Event) {
        guard event.type == .ledgerErased, let origin = event.data.text("name"),
            event.data.text("at") == event.time.rfc3339,
            case .number(let digits)? = event.data["count"], let sections = Int(digits),
            case .list(let items)? = event.data["positions"]
        else { return nil }
        var positions: [String] = []
        for item in items {
            guard case .text(let run) = item else { return nil }
            positions.append(run)
        }
        let on = event.data.text("on")
        let day = on.flatMap { CivilDay($0) }
        guard (on == nil) == (day == nil) else { return nil }
        self.init(
            origin: origin, subject: event.subject, time: event.time, on: day,
            positions: positions, sections: sections)
    }

    /// The signed text: seven lines, each with a line feed.
    public var text: String {
        """
        clearance erased 1
        \(origin)
        \(subject)
        \(time.rfc3339)
        \(on.map { "\($0)" } ?? "-")
        \(sections)
        \(positions.joined(separator: " "))

        """
    }

    private var digest: String { SHA256Hash.of(Array(text.utf8).span).hexadecimal }

    /// The event. Its id is the digest of the text, so that an erasure that was interrupted and
    /// goes on says the same once.
    ///
    /// Throws `signing` when the signer fails or gives what its own key does not verify.
    func event(signedBy signer: (any CheckpointSigner)?) throws(LedgerError) -> Event {
        let digest = self.digest
        var event = Event(
            "ledger.erased", subject: subject, time: time, source: "urn:clearance:ledger",
            id: "erased-\(digest)")
        event.data.set("on", on.map { "\($0)" })
        event.data["at"] = .text(time.rfc3339)
        event.data["name"] = .text(origin)
        event.data["positions"] = .list(positions.map { .text($0) })
        event.data["count"] = .number("\(sections)")
        event.data["hash"] = .text(digest)
        guard let signer else { return event }
        let bytes = Array(text.utf8)
        let signature: [UInt8]
        do { signature = try signer.sign(bytes) } catch {
            throw LedgerError(.signing, "the signer \(signer.key.name) failed")
        }
        guard signer.key.isValid(signature, of: bytes) else {
            throw LedgerError(.signing, "the signer \(signer.key.name) signed wrongly")
        }
        event.data["signature"] = .text(signature.hexadecimal)
        event.data["key"] = .text(signer.key.description)
        return event
    }

    /// The positions of one run, as `7` or `9-12`; nil for any other text.
    static func run(_ text: some StringProtocol) -> ClosedRange<UInt64>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { UInt64($0) }
        guard ends.count <= 2, let first = ends[0], let last = ends[ends.count - 1], first >= 1,
            first <= last, last < .max
        else { return nil }
        return first...last
    }

    /// Ascending positions as runs, so many a receipt.
    static func runs(of positions: [UInt64]) -> [[String]] {
        var runs: [(UInt64, UInt64)] = []
        for position in positions {
            if let last = runs.last, last.1 + 1 == position {
                runs[runs.count - 1].1 = position
            } else {
                runs.append((position, position))
            }
        }
        let texts = runs.map { $0.0 == $0.1 ? "\($0.0)" : "\($0.0)-\($0.1)" }
        return stride(from: 0, to: texts.count, by: mostRuns).map {
            Array(texts[$0..<min($0 + mostRuns, texts.count)])
        }
    }
}

extension ErasureReceipt {
    /// What came of looking at the signature of a receipt.
    public enum Check: Sendable, Equatable {
        /// Signed by this key, which is one of those that were asked for.
        case signed(NoteKey)
        /// Nobody signed it, and nobody was asked for.
        case unsigned
        /// Why it is not to be believed; never bytes of the entry.
        case fault(String)
    }

    /// Looks at the signature of an event `ledger.erased`.
    ///
    /// The text is made again of the event's own fields, so a change of any of them is found.
    /// Cost: 0.1 ms.
    ///
    /// - Parameter keys: one of these must have signed; none: whoever the receipt names as signer,
    ///   or nobody.
    public static func check(_ event: Event, keys: [NoteKey] = []) -> Check {
        let (signature, named) = (event.data.text("signature"), event.data.text("key"))
        guard let receipt = ErasureReceipt(event), event.data.text("hash") == receipt.digest else {
            return .fault("the receipt's hash is not of its own fields")
        }
        if signature == nil && named == nil {
            return keys.isEmpty ? .unsigned : .fault("the receipt is not signed")
        }
        guard let named, let key = NoteKey(named), let signature,
            let bytes = [UInt8](hexadecimal: signature),
            key.isValid(bytes, of: Array(receipt.text.utf8))
        else { return .fault("the receipt's signature is wrong") }
        guard keys.isEmpty || keys.contains(key) else {
            return .fault("the receipt is signed by another key")
        }
        return .signed(key)
    }
}
