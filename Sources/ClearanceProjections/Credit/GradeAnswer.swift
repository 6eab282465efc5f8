/// What `grade` says of one agency (`specs/credit.md`, output of `grade`).
public struct GradeAnswer: Sendable, Equatable, Encodable {
    /// One trigger that held.
    public struct Fired: Sendable, Equatable, Encodable {
        public let rule: String
        public let ruleSet: String
        /// The day on which it held, and the window that was counted.
        public let on: String
        public let from: String
        public let to: String
        /// Penalties, their sum in CNY, documents of the year before, the limit of the sum.
        public let n: String
        public let a: String
        public let documents: String?
        public let limit: String
        public let message: CreditRules.Text
        /// The penalties (high half of their natural keys); the caller turns them into positions.
        public let refs: [UInt64]
        public var positions: [UInt64] = []

        private enum CodingKeys: String, CodingKey {
            case rule, ruleSet, on, from, to, n, a
            case documents = "N"
            case limit, message, positions
        }
    }

    /// A penalty that was left out, and by which rule.
    public struct LeftOut: Sendable, Equatable, Encodable {
        public let rule: String
        public let refs: [UInt64]
        public var positions: [UInt64] = []

        private enum CodingKeys: String, CodingKey { case rule, positions }
    }

    public let agency: String
    /// The authority's decision that holds; never replaced by ``computed``.
    public let recorded: String?
    public let stage: String?
    public let computed: String?
    public let ruleSet: String?
    public let ruleSetHash: String?
    public let status: String?
    public let provisional: Bool
    public let since: String?
    public let until: String?
    public var fired: [Fired]
    public let unknown: [String]
    /// Whether one of both grades is dishonest and the other is not.
    public let differs: Bool
    public let coverage: String
    /// The first day on which a repair may be asked for.
    public let mayApplyFrom: String?
    /// When the computed grade ends by itself.
    public let endsOn: String?
    public var leftOut: [LeftOut]

    /// The same with the positions of its evidence.
    public func located(_ positions: [UInt64: [UInt64]]) -> GradeAnswer {
        var copy = self
        for index in copy.fired.indices {
            copy.fired[index].positions =
                fired[index].refs.flatMap { positions[$0] ?? [] }.sorted()
        }
        for index in copy.leftOut.indices {
            copy.leftOut[index].positions =
                leftOut[index].refs.flatMap { positions[$0] ?? [] }.sorted()
        }
        return copy
    }
}
