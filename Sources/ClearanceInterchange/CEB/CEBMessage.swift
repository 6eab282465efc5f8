/// The two published forms of the CEB messages; nothing in a message tells them apart.
enum CEBVersion: String, CaseIterable, Sendable {
    /// Newest first: the order in which the forms are tried.
    case v202205 = "202205"
    case v2018 = "2018-113"
}

/// One CEB message as data: its elements, its fields, and what it means.
///
/// A further message is one entry of ``CEBMessage/all`` and one file like `CEB311.swift`.
final class CEBMessage: Sendable {
    /// What the documents of a message become (`specs/interchange.md`, message and status).
    enum Meaning: Sendable {
        /// Drafted, submitted, amended or withdrawn of the named paper.
        case paper(String)
        /// 清单: a declaration of the form `list`.
        case list
        /// Requested, amended or withdrawn return.
        case returnRequest
        /// The named fact when it is declared; stored or taken back, the stem with `Drafted` or
        /// `Withdrawn`, and without a stem only a status.
        case fact(String, stem: String?)
        /// Signed for, or on its way.
        case waybillStatus
        case receipt(ReceiptGroup)
        /// Assessed, summarised or voided, by `status`.
        case tax
        /// 汇总结果: lists have become a customs entry.
        case summaryResult
        /// Customs could not read a message at all.
        case formFailure
    }

    /// How the subject is made from the document's own fields (`CEBShape+Subject`).
    enum Subject: Sendable {
        case order, payment, waybill, proceeds, declaration, cancel, goodsReturn, tallySheet
        case arrival, departure, manifest, summary, tax, message
    }

    /// Import and export messages close differently: see ``extendStandsLast``.
    enum Direction: Sendable {
        case `import`, export
    }

    /// The name without `Message`, e.g. `CEB311`.
    let number: String
    let chinese: String
    /// The repeated element under the root.
    let document: String
    /// The fields of the head, or of the document itself when it has none.
    let head: CEBRecord
    /// Whether the head is an element of its own inside the document.
    let hasHead: Bool
    let lines: CEBRecord?
    /// Whether a document may come in parts.
    let isSplit: Bool
    let direction: Direction
    let meaning: Meaning
    let subject: Subject
    /// The fields that give the event's time, the first that is there.
    let times: [CEBKey]
    /// Whether the XSD demands a signature; without one the documents live, with a finding.
    let needsSignature: Bool
    /// The oldest edition that has the message.
    let since: CEBVersion
    /// Documents of one message, at most (XSD `maxOccurs`).
    let documentLimit: Int
    /// Whether elements behind the last known one are kept with a finding: customs sends more
    /// in them than the XSD knows.
    let keepsTrailing: Bool
    /// Its business checks.
    let checks: [CEBCheckRow]
    private let lineCount: ClosedRange<Int>
    private let olderLineCount: ClosedRange<Int>?

    /// Lines of a document whose XSD sets no bound. More do not fit an entry, and CEB itself
    /// splits such documents (`msgCount`, `msgSeqNo`).
    static let splitLines = 1_000
    /// Documents of a message whose XSD sets no bound.
    static let unboundedDocuments = 10_000

    init(
        _ number: String, _ chinese: String, document: String, head: String? = nil,
        lines: String? = nil, direction: Direction = .import, meaning: Meaning,
        subject: Subject, times: [CEBKey], needsSignature: Bool = false,
        since: CEBVersion = .v2018, documents: Int = InterchangeLimits.documents,
        lineCount: ClosedRange<Int> = 1...99, olderLineCount: ClosedRange<Int>? = nil,
        keepsTrailing: Bool = false, fields: String, lineFields: String? = nil
    ) {
        self.number = number
        self.chinese = chinese
        self.document = document
        let isReceipt =
            switch meaning {
            case .receipt, .tax, .summaryResult, .formFailure: true
            default: false
            }
        func usual(_ name: String, _ form: CEBForm) -> CEBRule {
            CEBRule.usual(
                name, form: form, isImport: direction == .import, isReceipt: isReceipt)
        }
        self.head = CEBRecord(element: head ?? document, fields, usual: usual)
        isSplit = self.head.index(named: "msgSeqNo") != nil
        hasHead = head != nil
        self.lines = lineFields.map { CEBRecord(element: lines ?? "", $0, usual: usual) }
        self.direction = direction
        self.meaning = meaning
        self.subject = subject
        self.times = times
        self.needsSignature = needsSignature
        checks = CEBCheckTable.rows(of: number, head: self.head, lines: self.lines)
        self.since = since
        documentLimit = documents
        self.lineCount = lineCount
        self.olderLineCount = olderLineCount
        self.keepsTrailing = keepsTrailing
        self.isReceipt = isReceipt
    }

    /// Whether customs sends it: no transport block, no signature.
    let isReceipt: Bool

    /// How many lines a document has in an edition (XSD `minOccurs`, `maxOccurs`).
    func lineCount(in version: CEBVersion) -> ClosedRange<Int> {
        version == .v2018 ? olderLineCount ?? lineCount : lineCount
    }

    /// Whether an edition has the message at all.
    func isPart(of version: CEBVersion) -> Bool { since == .v2018 || version == .v202205 }

    /// Imports end with ExtendMessage and Signature, exports with Signature and ExtendMessage.
    var extendStandsLast: Bool { direction == .export }

    /// The transport block's form: exports allow an empty copCode.
    var transfer: CEBRecord {
        direction == .export ? CEBMessage.exportTransfer : CEBMessage.transfer
    }

    /// The messages that can be read and written: all of both editions.
    static let all: [String: CEBMessage] = Dictionary(
        uniqueKeysWithValues: [
            ceb213, ceb214, ceb215, ceb216, ceb303, ceb304, ceb311, ceb312, ceb403, ceb404,
            ceb411, ceb412, ceb505, ceb506, ceb507, ceb508, ceb509, ceb510, ceb511, ceb512,
            ceb513, ceb514, ceb603, ceb604, ceb605, ceb606, ceb607, ceb608, ceb621, ceb622,
            ceb623, ceb624, ceb625, ceb626, ceb701, ceb702, ceb711, ceb712, ceb792, ceb816,
            ceb818, ceb900,
        ].map { ($0.number, $0) })

    /// The transport block of requests (XSD `BaseTransfer`).
    static let transfer = CEBRecord(
        element: "BaseTransfer",
        """
        copCode! C1..18
        copName! C0..100
        dxpMode! C3
        dxpId! C0..30
        note C0..1000
        """)

    /// The transport block of export requests.
    static let exportTransfer = CEBRecord(
        element: "BaseTransfer",
        """
        copCode! C0..18
        copName! C0..100
        dxpMode! C3
        dxpId! C0..30
        note C0..1000
        """)

    /// A third party's subscription (XSD `BaseSubscribe`).
    static let subscribe = CEBRecord(
        element: "BaseSubscribe",
        """
        status! C0..100
        dxpMode! C3
        dxpAddress! C0..100
        note C0..1000
        """)

    /// Somebody's own XML under a name (XSD `ExtendMessage`); what stands in `Message` is free.
    static let extend = CEBRecord(
        element: "ExtendMessage",
        """
        name! C0..30
        version! C0..30
        Message! C0..
        """)
}
