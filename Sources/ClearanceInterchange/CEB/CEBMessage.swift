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
        /// Signed for, or on its way.
        case waybillStatus
        case receipt(ReceiptGroup)
    }

    /// How the subject is made from the document's own fields.
    enum Subject: Sendable {
        case order
        case payment
        case waybill
        case declaration
    }

    /// The name without `Message`, e.g. `CEB311`.
    let number: String
    let chinese: String
    /// The repeated element under the root.
    let document: String
    /// The fields of the head, or of the document itself when ``headElement`` is nil.
    let head: CEBRecord
    let headElement: [UInt8]?
    let lines: CEBRecord?
    let lineElement: [UInt8]
    let meaning: Meaning
    let subject: Subject
    /// The fields that give the event's time, the first that is there.
    let times: [String]
    let needsSignature: Bool
    /// Its business checks.
    let checks: [CEBCheckRow]

    /// Lines of one import document (XSD `maxOccurs`).
    static let lineLimit = 99

    init(
        _ number: String, _ chinese: String, document: String, head: String? = nil,
        lines: String? = nil, meaning: Meaning, subject: Subject, times: [String],
        needsSignature: Bool = false, fields: String, lineFields: String? = nil
    ) {
        self.number = number
        self.chinese = chinese
        self.document = document
        let isReceipt = if case .receipt = meaning { true } else { false }
        func usual(_ name: String, _ form: CEBForm) -> CEBRule {
            CEBRule.usual(name, form: form, in: number, isReceipt: isReceipt)
        }
        self.head = CEBRecord(element: head ?? document, fields, usual: usual)
        headElement = head.map { Array($0.utf8) }
        self.lines = lineFields.map { CEBRecord(element: lines ?? "", $0, usual: usual) }
        lineElement = Array((lines ?? "").utf8)
        self.meaning = meaning
        self.subject = subject
        self.times = times
        self.needsSignature = needsSignature
        checks = CEBCheckTable.rows(of: number, head: self.head, lines: self.lines)
    }

    /// Whether customs sends it: no transport block, no signature.
    var isReceipt: Bool {
        if case .receipt = meaning { true } else { false }
    }

    /// The messages that can be read and written.
    static let all: [String: CEBMessage] = Dictionary(
        uniqueKeysWithValues: [
            ceb311, ceb312, ceb411, ceb412, ceb511, ceb512, ceb513, ceb514, ceb621, ceb622,
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

    /// A third party's subscription (XSD `BaseSubscribe`).
    static let subscribe = CEBRecord(
        element: "BaseSubscribe",
        """
        status! C0..100
        dxpMode! C3
        dxpAddress! C0..100
        note C0..1000
        """)
}
