/// Buyers who cannot exist: their identity numbers name a division that there is not, a birth in
/// 1900 and a wrong check character; their names count stems and branches.
struct People: Sendable {
    /// How many there are.
    let count: Int
    private let shift: Double

    init(_ settings: WorldSettings) {
        count = max(8, settings.orders * 9 / 20)
        // Zipf's law of exponent 1.1, moved to the right, so that nobody buys every day.
        shift = Double(count) / 20
    }

    /// One person; the first ones buy the most.
    func pick(_ dice: inout Dice) -> Int {
        let low = People.power(shift, -0.1)
        let high = People.power(shift + Double(count), -0.1)
        let value = low + dice.unit() * (high - low)
        let rank = People.power(value, -10) - shift
        return min(count - 1, max(0, Int(rank)))
    }

    /// Eighteen characters of nobody. Distinct for ten million persons.
    static func idNumber(_ person: Int) -> String {
        let serial = String(10_000_000 + person % 10_000_000).dropFirst()
        let body = "99\(serial.prefix(4))19000101\(serial.suffix(3))"
        var sum = 0
        for digit in body.utf8 { sum = (sum + Int(digit - 48)) * 2 % 11 }
        // The right character would be (12 - sum) % 11; three digits further is a wrong one.
        return body + String(((12 - sum) % 11 + 3) % 10)
    }

    static func name(_ person: Int) -> String {
        let surnames = ["测", "试", "假", "虚", "拟", "样"]
        let stems = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"]
        let branches = ["子", "丑", "寅", "卯", "辰", "巳", "午", "未", "申", "酉", "戌", "亥"]
        return surnames[person % 6] + stems[person / 6 % 10] + branches[person / 60 % 12]
    }

    static func telephone(_ person: Int) -> String {
        "1380000" + String(10_000 + person % 10_000).dropFirst()
    }

    static func address(_ person: Int) -> String {
        "测试省样例市虚拟区第\(1 + person % 97)街\(1 + person / 97 % 991)号"
    }

    /// The division of the address: no such division exists.
    static let district = "990101"

    private static func power(_ base: Double, _ exponent: Double) -> Double {
        Curve.exponential(exponent * Curve.logarithm(base))
    }
}
