/// A seeded source of randomness: xoshiro256** whose state is filled by splitmix64.
///
/// Integer arithmetic and IEEE sums, products and quotients only, so that a seed gives the same
/// world on every machine. Not for secrets.
public struct Dice: Sendable {
    private var s0: UInt64
    private var s1: UInt64
    private var s2: UInt64
    private var s3: UInt64

    /// Dice for one purpose: the same seed, tag and index give the same throws.
    public init(seed: UInt64, tag: UInt64 = 0, index: UInt64 = 0) {
        var state = Dice.mixed(seed) ^ Dice.mixed(tag &+ 0x51_7C_C1_B7_27_22_0A_95)
        state = Dice.mixed(state &+ index &* 0x9E37_79B9_7F4A_7C15)
        func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            return Dice.mixed(state)
        }
        s0 = next()
        s1 = next()
        s2 = next()
        s3 = next() | 1
    }

    /// The finaliser of splitmix64.
    private static func mixed(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        let product = s1 &* 5
        let result = (product << 7 | product >> 57) &* 9
        let shifted = s1 << 17
        s2 ^= s0
        s3 ^= s1
        s1 ^= s2
        s0 ^= s3
        s2 ^= shifted
        s3 = s3 << 45 | s3 >> 19
        return result
    }

    /// A number in [0, 1) with 53 bits.
    public mutating func unit() -> Double {
        Double(next() >> 11) * (1.0 / 9_007_199_254_740_992.0)
    }

    /// A number in 0..<bound. Traps for a bound below 1.
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "a die has at least one face")
        return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// A number of the closed range.
    public mutating func number(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + below(range.upperBound - range.lowerBound + 1)
    }

    /// True with probability `share`; a share of 0 is never, of 1 always.
    public mutating func chance(_ share: Double) -> Bool { unit() < share }

    /// The place of a throw among weights.
    public mutating func place(_ weights: [Double]) -> Int {
        var rest = unit() * weights.reduce(0, +)
        for (index, weight) in weights.enumerated() {
            rest -= weight
            if rest < 0 { return index }
        }
        return weights.count - 1
    }

    /// One of `choices`, each as likely as the others.
    public mutating func one<Choice>(of choices: [Choice]) -> Choice {
        choices[below(choices.count)]
    }

    /// A nearly normal number of mean 0 and deviation 1: the sum of twelve uniform ones less 6.
    public mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }

    /// A log-normal number with this median; `spread` is the deviation of its logarithm.
    public mutating func logNormal(median: Double, spread: Double) -> Double {
        median * Curve.exponential(spread * normal())
    }

    /// A waiting time in seconds with this median and this 95th percentile.
    public mutating func delay(median: Double, p95: Double) -> Int {
        let spread = Curve.logarithm(p95 / median) / 1.645
        return max(1, Int(logNormal(median: median, spread: spread)))
    }

    /// Upper-case hexadecimal in the form of a 36-character unique number.
    public mutating func guid() -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for half in [next(), next()] {
            for nibble in 0..<16 {
                if [8, 13, 18, 23].contains(text.count) { text.append(UInt8(ascii: "-")) }
                text.append(digits[Int(half >> UInt64(60 - 4 * nibble) & 15)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

/// Exponential and logarithm by sums alone: a C library's last digit differs between machines.
enum Curve {
    private static let ln2 = 0.693_147_180_559_945_3

    static func exponential(_ exponent: Double) -> Double {
        let turns = (exponent / ln2).rounded()
        let rest = exponent - turns * ln2
        var term = 1.0
        var sum = 1.0
        for step in 1...16 {
            term = term * rest / Double(step)
            sum += term
        }
        var power = 1.0
        for _ in 0..<Int(turns.magnitude) { power *= 2 }
        return turns < 0 ? sum / power : sum * power
    }

    /// The natural logarithm. Traps for a number that is not above 0.
    static func logarithm(_ number: Double) -> Double {
        precondition(number > 0, "a logarithm of a positive number")
        var mantissa = number
        var turns = 0.0
        while mantissa > 1.5 {
            mantissa /= 2
            turns += 1
        }
        while mantissa < 0.75 {
            mantissa *= 2
            turns -= 1
        }
        let ratio = (mantissa - 1) / (mantissa + 1)
        let square = ratio * ratio
        var power = ratio
        var sum = 0.0
        for step in 0..<24 {
            sum += power / Double(2 * step + 1)
            power *= square
        }
        return 2 * sum + turns * ln2
    }
}
