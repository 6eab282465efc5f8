public import ClearanceEvents
import ClearanceStore

/// Whom a verifier believes.
public struct ProofPolicy: Sendable {
    /// The keys that it knows.
    public var keys: [NoteKey]
    /// How many of them must have signed.
    public var threshold: Int
    /// The log that the entries must stand in; nil: whichever the checkpoint names.
    public var origin: String?

    /// Knows these keys; one of them must have signed, unless said otherwise.
    public init(keys: [NoteKey], threshold: Int = 1, origin: String? = nil) {
        self.keys = keys
        self.threshold = threshold
        self.origin = origin
    }
}

/// What a proof file proves, and what in it fails. ``isProven`` is true only when nothing does.
public struct ProofReport: Sendable {
    /// The checks, in their order (`specs/proofs.md`, verifying).
    public enum Check: String, Sendable, CaseIterable {
        case format, checkpoint, signature, keys, origin, index, path, entry
    }

    /// A check that failed.
    public struct Failure: Sendable, Equatable {
        public let check: Check
        /// The entry's position; nil for a check of the file as a whole.
        public let position: UInt64?
        /// In words; never holds bytes of an entry.
        public let what: String
    }

    /// What an entry says, as far as its clear header goes.
    public struct Fact: Sendable {
        public let position: UInt64
        public let type: EventType
        public let subject: String
        public let time: Instant
        public let recorded: Instant
    }

    /// What the log says of itself; nil when there is no checkpoint to read.
    public internal(set) var checkpoint: Checkpoint?
    /// The signature lines, in their order.
    public internal(set) var signatures: [SignedNote.Finding] = []
    /// The entries that can be read, in the order of the log; proven only when nothing failed.
    public internal(set) var facts: [Fact] = []
    /// Every check that failed, in the order of the checks and then of the log.
    public internal(set) var failures: [Failure] = []

    /// Whether everything in the file holds.
    public var isProven: Bool { failures.isEmpty }

    init() {}

    mutating func fail(_ check: Check, at position: UInt64? = nil, _ what: String) {
        failures.append(Failure(check: check, position: position, what: what))
    }

    /// Checks the bytes of a file; needs no ledger. Never throws: what is no proof fails `format`.
    ///
    /// Cost: 0.1 ms a known signature, about 1.5 µs a hash of a path.
    public static func of(_ bytes: [UInt8], policy: ProofPolicy) -> ProofReport {
        do throws(ProofFormatError) {
            return try EventProof(bytes).check(policy)
        } catch {
            var report = ProofReport()
            report.fail(.format, error.description)
            return report
        }
    }
}

extension EventProof {
    /// Checks what the file holds against what the verifier knows.
    public func check(_ policy: ProofPolicy) -> ProofReport {
        var report = ProofReport()
        if let signed = SignedCheckpoint(note) {
            report.checkpoint = signed.checkpoint
            checkSignatures(signed, policy, &report)
            checkPaths(to: signed.checkpoint, &report)
        } else {
            report.fail(.checkpoint, "what follows the empty line is no signed checkpoint")
        }
        for item in items {
            if let fact = ProofReport.Fact(item) {
                report.facts.append(fact)
            } else {
                report.fail(.entry, at: item.position, "the entry cannot be read")
            }
        }
        return report
    }

    private func checkSignatures(
        _ signed: SignedCheckpoint, _ policy: ProofPolicy, _ report: inout ProofReport
    ) {
        let verdict = signed.note.check(keys: policy.keys, threshold: policy.threshold)
        report.signatures = verdict.findings
        if !verdict.isSound {
            report.fail(.signature, "a signature of a known key is wrong or stands twice")
        }
        let threshold = max(policy.threshold, 1)
        if verdict.signers < threshold {
            report.fail(.keys, "\(verdict.signers) of \(threshold) known keys have signed")
        }
        if let origin = policy.origin, origin != signed.checkpoint.origin {
            report.fail(.origin, "the checkpoint is of the log \(signed.checkpoint.origin)")
        }
    }

    /// The order of the checks goes before the order of the log.
    private func checkPaths(to checkpoint: Checkpoint, _ report: inout ProofReport) {
        for item in items where item.index >= checkpoint.size {
            report.fail(
                .index, at: item.position, "the checkpoint ends at \(checkpoint.size)")
        }
        for item in items where item.index < checkpoint.size {
            let root = TreeProof.root(
                leaf: TreeHash.leaf(item.entry.span), index: item.index,
                size: checkpoint.size, path: item.path.map { hashes[$0] })
            if root != checkpoint.root {
                report.fail(.path, at: item.position, "the path does not lead to the root")
            }
        }
    }
}

extension ProofReport.Fact {
    fileprivate init?(_ item: EventProof.Item) {
        guard let view = try? EventView(item.entry.span),
            let subject = String(checked: Array(copying: view.subject)[...])
        else { return nil }
        position = item.position
        type = view.type
        self.subject = subject
        time = view.instant
        recorded = Instant(microseconds: view.recordedTime)
    }
}
