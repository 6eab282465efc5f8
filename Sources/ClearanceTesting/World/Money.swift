/// Amounts in fen, quantities in thousandths: whole numbers until they are printed.
enum Money {
    /// The shortest decimal of an amount in fen.
    static func text(_ fen: Int) -> String { decimal(fen, places: 2) }

    /// The shortest decimal of a number of thousandths.
    static func thousandths(_ number: Int) -> String { decimal(number, places: 3) }

    private static func decimal(_ number: Int, places: Int) -> String {
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let rest = abs(number) % scale
        let whole = (number < 0 ? "-" : "") + String(abs(number) / scale)
        guard rest != 0 else { return whole }
        var digits = String(String(scale + rest).dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return whole + "." + digits
    }

    /// `part` of `whole` as a quotient rounded half up; both at least 0.
    static func rounded(_ part: Int, _ whole: Int) -> Int { (2 * part + whole) / (2 * whole) }
}

/// The retail import tax of one line in fen (rules section 5.1).
struct LineTax: Sendable, Equatable {
    var base = 0
    var duty = 0
    var vat = 0
    var excise = 0

    var total: Int { duty + vat + excise }

    /// The tax on `value` fen of an article: reduced inside the single limit, full above it.
    init(value: Int, article: Article, reduced: Bool) {
        base = value
        let share = reduced ? 70 : 100
        // All in ten-thousandths of a fen, so that only the last step rounds (X5).
        duty = reduced ? 0 : Money.rounded(value * article.duty, 100)
        let dutiable = value + duty
        let rest = 100 - article.excise
        excise = Money.rounded(dutiable * article.excise * share, rest * 100)
        vat = Money.rounded(dutiable * article.vat * share, rest * 100)
    }

    init() {}
}
