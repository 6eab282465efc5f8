public import ClearanceEvents

/// What a generated world is made of.
public struct WorldSettings: Sendable, Equatable {
    /// The seed; the same settings give the same events in the same order.
    public var seed: UInt64
    /// How many orders are placed.
    public var orders: Int
    /// The factor on every rate of disturbance; 0 gives a world in which all papers agree.
    public var disturb: Double
    /// The first day of the world (Beijing).
    public var firstDay: CivilDay
    /// The number of months in which orders are placed, from the month of ``firstDay`` on.
    public var months: Int
    /// The message schema that the papers name.
    public var schema: String

    /// Settings for a year of trade. Traps for a negative number, no month, or an unknown schema.
    public init(
        seed: UInt64 = 1, orders: Int, disturb: Double = 1.0,
        firstDay: CivilDay = CivilDay(number: 20_454), months: Int = 12,
        schema: String = "202205"
    ) {
        precondition(orders >= 0 && disturb >= 0 && months > 0, "settings of a possible world")
        precondition(schema == "202205" || schema == "2018-113", "a schema of the messages")
        self.seed = seed
        self.orders = orders
        self.disturb = disturb
        self.firstDay = firstDay
        self.months = months
        self.schema = schema
    }
}

/// The ways in which the orders of a world cross the border.
public enum TradeLine: Int, Sendable, CaseIterable {
    /// 网购保税进口
    case bonded1210
    /// 网购保税进口A
    case bonded1239
    /// 直购进口
    case direct9610
    /// 一般出口
    case export9610
    /// 特殊区域出口
    case export1210
    /// 跨境电商B2B直接出口
    case business9710
    /// 跨境电商出口海外仓
    case warehouse9810
    /// 个人邮快件
    case parcel

    /// Shares of 10,000 orders (`specs/world.md`, invented).
    static let shares: [Double] = [5100, 300, 700, 2700, 200, 500, 300, 200]

    var isImportRetail: Bool { rawValue <= TradeLine.direct9610.rawValue }
    var isBonded: Bool { self == .bonded1210 || self == .bonded1239 }
    var isExportRetail: Bool { self == .export9610 || self == .export1210 }

    /// The supervision mode, `tradeMode`.
    var mode: String {
        switch self {
        case .bonded1210, .export1210: "1210"
        case .bonded1239: "1239"
        case .direct9610, .export9610: "9610"
        case .business9710: "9710"
        case .warehouse9810: "9810"
        case .parcel: "0000"
        }
    }
}
