/// One figure of one month as `index` prints it (`specs/statistics.md`, vintage and output).
public struct SeriesPoint: Sendable, Equatable, Encodable {
    /// How far a figure can be trusted.
    public enum Status: String, Sendable, Encodable { case provisional, final, notPublished }

    public let name: String
    /// `YYYY-MM`, a Beijing month.
    public let period: String
    /// Decimal text; nil when it may not be published.
    public let value: String?
    public let unit: String
    /// The codes of the keys asked, in their order.
    public let by: [SeriesKey.Value]
    public let scope: String
    public let source: String
    public let status: Status
    /// The position that the answer holds for.
    public let vintage: UInt64
    public let n: Int64
    /// Why it is not published; nil when it is.
    public let reason: String?

    private enum CodingKeys: String, CodingKey {
        case name, period, value, unit, by, scope, source, status, vintage, n, reason
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(period, forKey: .period)
        try container.encode(value, forKey: .value)
        try container.encode(unit, forKey: .unit)
        try container.encode(
            Dictionary(by.map { ($0.key.rawValue, $0.code) }, uniquingKeysWith: { $1 }),
            forKey: .by)
        try container.encode(scope, forKey: .scope)
        try container.encode(source, forKey: .source)
        try container.encode(status, forKey: .status)
        try container.encode(vintage, forKey: .vintage)
        try container.encode(n, forKey: .n)
        try container.encodeIfPresent(reason, forKey: .reason)
    }
}

/// A key by which series are split.
public enum SeriesKey: String, Sendable, CaseIterable {
    case direction, mode, hs2, country, customs, zone
    case enterpriseClass = "class"
    /// Added to indices of values that are not in CNY.
    case currency

    /// A key with its code; empty where the ledger does not know it.
    public struct Value: Sendable, Hashable {
        public let key: SeriesKey
        public let code: String
    }

    /// The keys asked when none are named.
    public static let usual: [SeriesKey] = [.direction, .mode, .hs2]

    /// The code of a cell under this key.
    func code(of cell: StatisticsCell) -> String {
        switch self {
        case .direction:
            switch cell.direction {
            case .import: "import"
            case .export: "export"
            case .unknown: ""
            }
        case .mode: cell.mode
        case .hs2: cell.chapter
        case .country: cell.country
        case .customs: cell.customs
        // A list says neither its zone nor its enterprise's class.
        case .zone, .enterpriseClass: ""
        case .currency: cell.currency
        }
    }
}
