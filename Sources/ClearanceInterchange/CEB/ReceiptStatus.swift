/// Which column of the status map a receipt belongs to.
enum ReceiptGroup: Sendable, Equatable {
    /// 312, 304, 412, 512, 506, 404: of the named paper.
    case paper(String)
    /// 622, 604: of a list.
    case list
    /// 624, 606: of a request to cancel a list.
    case cancel
    /// 626, 214: of a request for a return.
    case goodsReturn
    /// 702: of a request to sum lists up.
    case summary
    /// 514, 712, 508, 510, 608, 216: of something that has no states of its own.
    case other
}

/// What a receipt's status makes of it.
struct ReceiptStatus: Equatable {
    /// The event type, without its prefix.
    let type: String
    /// A fact that the map has no place for: kept as progress, and remarked.
    let isUnexpected: Bool

    /// The event of a status; nil when the status is not a number.
    ///
    /// Below zero something failed; 1, 2, 3, 4, 99 and every status that nobody knows only tell
    /// that something moves. Source: XSD annotations of `returnStatus`, `specs/interchange.md`.
    static func of(_ status: Int, in group: ReceiptGroup) -> ReceiptStatus {
        if status < 0 { return ReceiptStatus(type: "receipt.failed", isUnexpected: false) }
        guard known.contains(status) else {
            return ReceiptStatus(type: "receipt.progress", isUnexpected: false)
        }
        let type: String? =
            switch group {
            case .paper(let paper):
                self.paper[status].map { $0 ?? "receipt.progress" }
                    .map { $0.hasPrefix(".") ? paper + $0 : $0 }
            case .list: list[status]
            case .cancel: cancel[status]
            case .goodsReturn: goodsReturn[status]
            case .summary: summary[status]
            case .other: other[status]
            }
        return ReceiptStatus(type: type ?? "receipt.progress", isUnexpected: type == nil)
    }

    /// The statuses that the XSDs name beyond mere transport.
    private static let known: Set<Int> = [
        100, 120, 300, 399, 500, 501, 502, 503, 505, 599, 600, 700, 800, 899,
    ]

    private static let paper: [Int: String?] = [
        120: ".accepted", 100: ".rejected", 300: nil, 399: nil,
    ]

    private static let list: [Int: String] = [
        120: "declare.accepted", 100: "declare.rejected", 300: "declare.reviewing",
        399: "declare.reviewed", 500: "inspect.ordered", 501: "inspect.detained",
        502: "inspect.detained", 503: "inspect.detained", 599: "inspect.detained",
        505: "receipt.progress", 600: "declare.suspended", 700: "release.returned",
        800: "release.granted", 899: "release.closed",
    ]

    private static let cancel: [Int: String] = [
        120: "receipt.progress", 100: "declare.cancelRefused", 300: "receipt.progress",
        399: "declare.cancelled", 600: "receipt.progress",
    ]

    private static let goodsReturn: [Int: String] = [
        120: "receipt.progress", 100: "return.refused", 300: "receipt.progress",
        399: "return.accepted", 500: "inspect.ordered", 501: "inspect.detained",
        502: "inspect.detained", 503: "inspect.detained", 599: "inspect.detained",
        505: "receipt.progress", 600: "receipt.progress", 800: "return.accepted",
    ]

    private static let summary: [Int: String] = [
        120: "receipt.progress", 100: "declare.summaryRejected", 300: "receipt.progress",
        399: "receipt.progress",
    ]

    private static let other: [Int: String] = [
        120: "receipt.progress", 100: "receipt.failed", 300: "receipt.progress",
        399: "receipt.progress",
    ]
}
