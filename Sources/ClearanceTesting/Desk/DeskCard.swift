import ClearanceEvents

/// What the desk keeps of one document.
struct DeskCard: Sendable {
    let kind: DeskKind
    /// The version that stands; of a split document the first part.
    private(set) var document: Event?
    /// Further parts of it.
    private(set) var parts: [Event] = []
    /// Natural keys and contents of everything that was taken.
    private var seen: [Identity] = []
    /// `appTime` of the newest version that was taken.
    private(set) var sent: Instant?
    var stands = false
    var isRejected = false
    /// Customs has entered it.
    var isEntered = false
    /// Released, so that it cannot be cancelled any more.
    var isReleased = false
    var isClosed = false
    var preNo: String?
    var invtNo: String?
    var sumNo: String?

    /// What tells one version from another.
    private struct Identity: Equatable {
        let key: Digest16
        let content: Digest16
    }

    init(kind: DeskKind) { self.kind = kind }

    /// The subject, and what separates documents of one subject.
    static func name(of document: Event, _ kind: DeskKind) -> String {
        switch kind {
        case .payment: document.subject + "#" + (document.data.text("orderNo") ?? "")
        case .status: document.subject + "#" + (document.data.text("logisticsStatus") ?? "")
        case .tally: "tally of " + document.subject
        default: document.subject
        }
    }

    /// Any key serves: only equality is used.
    private static let encoder = EntryEncoder(indexKey: SipKey(0x6465_736B, 1))

    private static func identity(of document: Event) -> Identity? {
        var writer = ByteWriter()
        return (try? encoder.encode(document, into: &writer)).map {
            Identity(key: $0.naturalKey, content: $0.content)
        }
    }

    /// Whether this very content was taken before, under whatever guid.
    func knows(_ document: Event) -> Bool {
        DeskCard.identity(of: document).map(seen.contains) ?? false
    }

    static func sent(_ document: Event) -> Instant {
        let text = document.data.text("appTime") ?? ""
        return Instant(customs: text.utf8Span.span) ?? document.time
    }

    /// Takes a version in; a deletion ends the document.
    mutating func keep(_ version: Event) {
        if let identity = DeskCard.identity(of: version) { seen.append(identity) }
        sent = DeskCard.sent(version)
        switch version.data.text("appType") {
        case "3":
            (document, parts, stands) = (nil, [], false)
        case "1" where isOpen:
            parts.append(version)
        default:
            (document, parts, stands, isRejected) = (version, [], true, false)
        }
    }

    /// Ends the document; it may be sent again.
    mutating func reject() {
        (stands, isRejected, isEntered) = (false, true, false)
    }

    // MARK: Parts

    private var count: Int { document.flatMap { Int($0.data.text("msgCount") ?? "") } ?? 1 }

    private var numbers: [String] {
        ([document].compactMap(\.self) + parts).map { $0.data.text("msgSeqNo") ?? "1" }
    }

    /// Whether parts of it are missing.
    var isOpen: Bool { stands && numbers.count < count }

    /// Whether a further part fits those that are there.
    func fits(_ part: Event) -> Bool {
        let number = part.data.text("msgSeqNo") ?? "1"
        return Int(part.data.text("msgCount") ?? "1") == count && !numbers.contains(number)
    }

    // MARK: Content

    /// gnum → quantity in 10⁻⁵.
    var lines: [String: Int64] { document.map(DeskCard.lines) ?? [:] }

    static func lines(_ document: Event) -> [String: Int64] {
        var lines: [String: Int64] = [:]
        for item in items(document) {
            lines[item.text("gnum") ?? "", default: 0] +=
                FixedDecimal(item.text("qty") ?? "")?.units ?? 0
        }
        return lines
    }

    static func items(_ document: Event) -> [DataRecord] {
        guard case .list(let items) = document.data["items"] else { return [] }
        return items.compactMap {
            if case .record(let record) = $0 { record } else { nil }
        }
    }

    /// The waybill numbers that a manifest, arrival or departure lists, every part of it.
    var listed: Set<String> {
        let all = [document].compactMap(\.self) + parts
        return Set(all.flatMap(DeskCard.items).compactMap { $0.text("logisticsNo") })
    }

    func agrees(with other: Event, on fields: [String]) -> Bool {
        guard let document else { return false }
        return fields.allSatisfy { field in
            guard let one = document.data.text(field), let two = other.data.text(field) else {
                return true
            }
            return one == two
        }
    }

    /// Whether both speak of one order.
    func isOfOrder(_ other: Event) -> Bool {
        document?.data.text("orderNo") == other.data.text("orderNo")
            && agrees(with: other, on: ["ebpCode", "ebcCode"])
    }

    /// Whether both speak of one waybill.
    func isOnWaybill(_ other: Event) -> Bool {
        document?.data.text("logisticsNo") == other.data.text("logisticsNo")
            && agrees(with: other, on: ["logisticsCode"])
    }
}
