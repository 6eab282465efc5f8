/// What customs' clerk keeps of one document while its history is gone through.
struct SubmissionFile {
    let paper: SubmissionPaper
    let name: UInt64
    let branch: UInt64
    /// Indices of the facts that are versions, in the order of their history.
    var versions: [Int] = []
    /// The versions that customs has: one, or the parts of one.
    var held: [Int] = []
    /// Whether the document stands.
    var stands = false
    /// Refused, and nothing said since: it may be sent again or changed.
    var isRejected = false
    /// Customs has entered it.
    var isAccepted = false
    /// Released or turned back: what is over cannot be cancelled.
    var isOver = false
    /// The version that was gone through last.
    var last: Int?
    /// What was held when customs rejected it.
    var refused: [Int] = []
    /// The set of parts that is being received.
    var verb = SubmissionVerb.new
    var partCount = 0
    /// The numbers of the parts that are there.
    var partNumbers: Set<Int64> = []
    /// The time of the newest `new` that was taken: waybill numbers may be used again.
    var begun: Int64?

    init(_ fact: SubmissionFact) {
        paper = fact.paper
        name = fact.name
        branch = fact.branch
    }

    /// Whether receipts alone tell that it stands.
    var isUnseen: Bool { stands && last == nil }

    /// Whether every part is there; true for what is not split.
    var isComplete: Bool { partNumbers.count >= partCount }
}
