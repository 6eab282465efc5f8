public import ClearanceEvents

/// The dated numbers of matching; data, named by every outcome through id and hash.
///
/// The defaults are the project's own design and provisional (`specs/matching.md`, M3a, X19).
public struct MatchRules: Sendable, Equatable {
    /// The name of the rule set.
    public var id: String
    /// The first day on which the rule set holds.
    public var validFrom: CivilDay
    /// Beijing days after the order's own day within which its payment is awaited.
    public var paymentDays: Int
    /// Beijing days after the order's own day within which its waybill is awaited.
    public var waybillDays: Int
    /// Accepted absolute difference of amounts, per alphabetic currency, in 10⁻⁵; absent = 0.
    public var tolerance: [String: Int64]
    /// Whether buyer and payer must be one person (X5).
    public var buyerIsPayer: Bool
    /// Calendar months after which a waybill number may be used again.
    public var reuseMonths: Int
    /// `provisional` or `confirmed`.
    public var status: String
    /// Where the numbers come from.
    public var source: String

    /// A rule set; the defaults are the current one.
    public init(
        id: String = "match-1", validFrom: CivilDay = CivilDay(number: 0), paymentDays: Int = 7,
        waybillDays: Int = 7, tolerance: [String: Int64] = [:], buyerIsPayer: Bool = true,
        reuseMonths: Int = 6, status: String = "provisional", source: String = "own design"
    ) {
        self.id = id
        self.validFrom = validFrom
        self.paymentDays = paymentDays
        self.waybillDays = waybillDays
        self.tolerance = tolerance
        self.buyerIsPayer = buyerIsPayer
        self.reuseMonths = reuseMonths
        self.status = status
        self.source = source
    }

    /// The rule set of this version.
    public static let current = MatchRules()

    /// 32 hexadecimal digits over every member; equal exactly for equal rule sets.
    public var hash: String {
        var writer = ByteWriter()
        writer.write(text: id)
        writer.writeSigned(Int64(validFrom.number))
        writer.writeSigned(Int64(paymentDays))
        writer.writeSigned(Int64(waybillDays))
        let sorted = tolerance.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        writer.writeVarint(UInt64(sorted.count))
        for (currency, units) in sorted {
            writer.write(text: currency)
            writer.writeSigned(units)
        }
        writer.write(UInt8(buyerIsPayer ? 1 : 0))
        writer.writeSigned(Int64(reuseMonths))
        writer.write(text: status)
        writer.write(text: source)
        var hash = SipHash128(key: .published)
        hash.feed(writer.bytes.span)
        return hash.finish().hex
    }

    /// Whether the last Beijing day that has ended is behind a deadline of `days`.
    ///
    /// The deadline is the end of the day `days` after the order's own day; without a day reached
    /// no deadline passes.
    func isPast(_ ordered: CivilDay, days: Int, reached: CivilDay?) -> Bool {
        guard let reached else { return false }
        return reached.number >= ordered.number + days
    }

    /// The last Beijing day that has ended at an instant: the day reached under `--as-of`.
    public static func dayReached(asOf instant: Instant) -> CivilDay {
        instant.beijingDay.adding(days: -1)
    }
}
