/// Bilateral price indices over matched items: Laspeyres, Paasche and Fisher.
///
/// Doubles are used for these ratios alone; the sums behind prices and quantities are exact.
/// Source: `specs/statistics.md`, index formulas.
public struct IndexFormula: Sendable, Equatable {
    /// Prices (unit values) of the items in the first and in the second period.
    public let firstPrices: [Double]
    public let secondPrices: [Double]
    /// Quantities of the same items in the first and in the second period.
    public let firstQuantities: [Double]
    public let secondQuantities: [Double]

    /// The comparison of two periods. Traps unless all four lists have one length.
    public init(
        firstPrices: [Double], firstQuantities: [Double], secondPrices: [Double],
        secondQuantities: [Double]
    ) {
        precondition(
            firstPrices.count == secondPrices.count
                && firstPrices.count == firstQuantities.count
                && firstPrices.count == secondQuantities.count, "one length for all items")
        self.firstPrices = firstPrices
        self.firstQuantities = firstQuantities
        self.secondPrices = secondPrices
        self.secondQuantities = secondQuantities
    }

    /// Σ p₁q₀ / Σ p₀q₀: today's prices with the first period's basket.
    public var laspeyres: Double {
        IndexFormula.sum(secondPrices, firstQuantities)
            / IndexFormula.sum(firstPrices, firstQuantities)
    }

    /// Σ p₁q₁ / Σ p₀q₁: today's prices with the second period's basket.
    public var paasche: Double {
        IndexFormula.sum(secondPrices, secondQuantities)
            / IndexFormula.sum(firstPrices, secondQuantities)
    }

    /// √(Laspeyres × Paasche), the one that meets time and factor reversal.
    public var fisher: Double { SquareRoot.of(laspeyres * paasche) }

    /// Σ p₁q₁ / Σ p₀q₀.
    public var valueRatio: Double {
        IndexFormula.sum(secondPrices, secondQuantities)
            / IndexFormula.sum(firstPrices, firstQuantities)
    }

    /// The quantity indices: prices and quantities exchanged.
    public var quantities: IndexFormula {
        IndexFormula(
            firstPrices: firstQuantities, firstQuantities: firstPrices,
            secondPrices: secondQuantities, secondQuantities: secondPrices)
    }

    /// The same comparison from the second period to the first.
    public var reversed: IndexFormula {
        IndexFormula(
            firstPrices: secondPrices, firstQuantities: secondQuantities,
            secondPrices: firstPrices, secondQuantities: firstQuantities)
    }

    private static func sum(_ left: [Double], _ right: [Double]) -> Double {
        var total = 0.0
        for index in left.indices { total += left[index] * right[index] }
        return total
    }
}
