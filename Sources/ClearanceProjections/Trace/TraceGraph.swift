import ClearanceEvents

/// What `trace` answers: everything that the ledger joins to one thing (`specs/traceability.md`).
public struct TraceGraph: Sendable, Equatable, Encodable {
    /// One thing of the trade.
    public struct Node: Sendable, Equatable, Encodable {
        public let id: String
        public let kind: TraceKind
        /// All names of the thing, sorted.
        public let subjects: [String]
        public let label: String
        /// RFC 3339 in Beijing; nil when no event is about the thing itself.
        public let from: String?
        public let until: String?
        /// Who holds it at the instant asked, and where it is.
        public let holder: String?
        public let place: String?
        /// The highest level of its open risks.
        public let risk: String?
        /// Positions of its events.
        public let events: [UInt64]
    }

    /// How one thing led to another; it runs from the source to what came of it.
    public struct Edge: Sendable, Equatable, Encodable {
        public let from: String
        public let to: String
        public let kind: String
        public let quantity: String?
        public let unit: String?
        public let since: String?
        public let until: String?
        public let events: [UInt64]
        /// `certain` or `possible`; the two are never mixed.
        public let certainty: String
    }

    /// What is not known.
    public struct Gap: Sendable, Equatable, Encodable {
        public let node: String
        public let from: String?
        public let until: String?
        public let code: String
        public let message: [String: String]
    }

    /// Who answers for a part of the trade.
    public struct Responsible: Sendable, Equatable, Encodable {
        public let party: String
        public let role: String
        public let from: String?
        public let until: String?
        public let rule: String
        public let events: [UInt64]
    }

    public let subject: String
    public internal(set) var nodes: [Node]
    public internal(set) var edges: [Edge]
    public internal(set) var gaps: [Gap]
    public internal(set) var responsible: [Responsible]
}

/// The kinds of nodes.
public enum TraceKind: String, Sendable, CaseIterable, Encodable {
    case order, payment, waybill, proceeds, list, inspection, release, cancel
    case goodsReturn = "return"
    case tax, arrival, departure, manifest, goods, lot, package, site, enterprise, person, risk

    /// Whether a walk ends here: these would join trades that have nothing in common.
    var endsWalk: Bool { self == .enterprise || self == .site || self == .person }

    /// The Chinese name.
    public var chinese: String {
        switch self {
        case .order: "订单"
        case .payment: "支付单"
        case .waybill: "运单"
        case .proceeds: "收款单"
        case .list: "清单"
        case .inspection: "查验"
        case .release: "放行"
        case .cancel: "撤销申请"
        case .goodsReturn: "退货"
        case .tax: "税单"
        case .arrival: "运抵"
        case .departure: "离境"
        case .manifest: "总分单"
        case .goods: "商品"
        case .lot: "批次"
        case .package: "包裹"
        case .site: "监管场所"
        case .enterprise: "企业"
        case .person: "个人"
        case .risk: "风险"
        }
    }
}
