/// What customs makes of one version of a document.
///
/// The number is that of customs' table of processing exceptions (202205 specification, table
/// 7-2, imports only); an outcome of an export, or one that the table does not name, has none.
public struct SubmissionOutcome: Sendable, Equatable {
    /// What happens to the version.
    public enum Kind: String, Sendable, CaseIterable {
        /// Only stored with the e-port; customs has not seen it.
        case stored
        /// Taken: the document is new, changed or deleted by it.
        case taken
        /// A part of a split message whose other parts are not all there.
        case partsMissing
        /// The same content under the same key once more.
        case alreadyKnown
        /// Another content under the same key; the one with the greater content mark stands.
        case conflict
        /// Taken, and refused by customs afterwards (returnStatus 100).
        case rejected
        /// A change or delete of a document that customs does not have.
        case unknown
        /// A second new document under a key that stands; for a list also a second declaration
        /// of the same order (X16).
        case alreadyExists
        /// A paper changed or deleted after a list that names it was declared.
        case afterDeclaration
        /// Older than the version that customs has.
        case older
        /// A cancel or return request about a list that customs does not have.
        case listUnknown
        /// A document, or the list that a cancel request names, is in a state that forbids it.
        case stateForbids
        /// A list that is asked to be cancelled twice (X15).
        case alreadyCancelled
        /// A return names a line that the list does not have (X14).
        case lineUnknown
        /// A return of more than the list had (X14).
        case quantityExceeded
        /// A part of a split message that came twice with another content.
        case partTwice
        /// A part of a split message that disagrees with the others on their count.
        case partsDisagree
        /// Any other number that customs answered with.
        case failed
    }

    public let kind: Kind
    /// Customs' number, negative; nil when the table has none for it.
    public let number: Int?
    /// Whether customs said it itself; else it follows from what is known.
    public let isSaid: Bool

    init(_ kind: Kind, number: Int? = nil, isSaid: Bool = false) {
        self.kind = kind
        self.number = number
        self.isSaid = isSaid
    }

    /// The outcome of a paper with customs' number for it; exports have no public numbers.
    public init(_ kind: Kind, of paper: SubmissionPaper, isExport: Bool) {
        self.init(kind, number: isExport ? nil : SubmissionNumbers.number(kind, paper))
    }

    /// Whether the version has no effect at customs.
    public var isRefusal: Bool {
        switch kind {
        case .stored, .taken, .partsMissing, .rejected: false
        default: true
        }
    }

    /// The outcome in words: customs' own where it has a number.
    public var message: (zh: String, en: String) {
        if let number, let text = SubmissionNumbers.text(number) { return text }
        return SubmissionNumbers.text(of: kind)
    }
}
