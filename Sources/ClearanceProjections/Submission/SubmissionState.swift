/// What customs makes of the documents of one thing (`specs/papers.md`, submission outcomes).
public struct SubmissionState: Sendable, Equatable {
    /// One version of a document.
    public struct Version: Sendable, Equatable {
        public let verb: SubmissionVerb
        /// `appTime`, microseconds since 1970 UTC.
        public let time: Int64
        /// The high halves of the event's natural key and of its content mark: how it is found
        /// again in the log.
        public let ref: UInt64
        public let content: UInt64
        /// `msgSeqNo`; nil for a message that is not split.
        public let part: Int?
        public internal(set) var outcome: SubmissionOutcome
        /// Whether it is what matching compares: the newest that is neither withdrawn nor
        /// rejected.
        public internal(set) var isLive = false
        /// Whether it is what customs has of the document.
        public internal(set) var isHeld = false
    }

    /// How many parts of a split document there are.
    public struct Parts: Sendable, Equatable {
        /// `msgCount`, as the first part said.
        public let count: Int
        /// The numbers that are not there, ascending; at most ``SubmissionState/shownParts``.
        public let missing: [Int]

        /// Whether every part is there.
        public var isComplete: Bool { missing.isEmpty }
    }

    /// One document with its versions, oldest first.
    public struct Document: Sendable, Equatable {
        public let paper: SubmissionPaper
        /// The digest of its subject.
        public let name: UInt64
        /// What separates documents of one subject (a payment's order); else 0.
        public let branch: UInt64
        public internal(set) var versions: [Version] = []
        /// nil for a document that is not sent in parts.
        public internal(set) var parts: Parts?
    }

    /// The documents, by kind, then by the time of their first version.
    public internal(set) var documents: [Document] = []

    /// The most missing parts that are named.
    public static let shownParts = 1_000

    init(of row: SubmissionRow) {
        var clerk = SubmissionClerk(row.facts)
        clerk.run()
        documents = clerk.documents()
    }
}
