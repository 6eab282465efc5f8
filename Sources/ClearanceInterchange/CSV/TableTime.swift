internal import ClearanceEvents

/// A date or time as a table writes it: `yyyy-MM-dd HH:mm:ss`, `yyyy/M/d`, `yyyy年M月d日`.
///
/// `yyyy MM dd HH mm ss SSS` have their width, `M d H m s` one or two digits; everything else
/// stands for itself.
struct TableTime: Sendable, Equatable {
    private enum Part: Sendable, Equatable {
        /// Digits of a unit: its letter and the least and greatest count.
        case digits(Character, Int, Int)
        case literal(Character)
    }

    private let parts: [Part]

    /// Nil for a pattern without year, month and day.
    init?(_ pattern: String) {
        var parts: [Part] = []
        var rest = pattern[...]
        while let letter = rest.first {
            let run = rest.prefix { $0 == letter }
            if "yMdHmsS".contains(letter) {
                let count = run.count
                parts.append(.digits(letter, count, count == 1 && letter != "S" ? 2 : count))
                rest = rest.dropFirst(count)
            } else {
                parts.append(.literal(letter))
                rest = rest.dropFirst()
            }
        }
        for unit in "yMd" {
            let isThere = parts.contains {
                if case .digits(let letter, _, _) = $0 { letter == unit } else { false }
            }
            if !isThere { return nil }
        }
        self.parts = parts
    }

    /// What is tried when a mapping names no pattern.
    static let usual = [
        "yyyy-M-d H:m:s", "yyyy/M/d H:m:s", "yyyyMMddHHmmss", "yyyy-M-d H:m", "yyyy/M/d H:m",
        "yyyy-M-d", "yyyy/M/d", "yyyyMMdd", "yyyy-M-dTH:m:s",
    ].compactMap(TableTime.init)

    /// The instant of a text; nil when it is none of this pattern.
    func instant(_ text: String, offsetMinutes: Int16) -> Instant? {
        var values: [Character: Int] = [:]
        var rest = text[...]
        for part in parts {
            switch part {
            case .literal(let character):
                guard rest.first == character else { return nil }
                rest = rest.dropFirst()
            case .digits(let letter, let least, let most):
                let digits = rest.prefix(most).prefix { $0.isASCII && $0.isNumber }
                guard digits.count >= least, let value = Int(digits) else { return nil }
                values[letter] = value
                rest = rest.dropFirst(digits.count)
            }
        }
        guard rest.isEmpty, let year = values["y"], let month = values["M"],
            let day = values["d"]
        else { return nil }
        return Instant(
            year: year, month: month, day: day, hour: values["H"] ?? 0,
            minute: values["m"] ?? 0, second: values["s"] ?? 0,
            microsecond: (values["S"] ?? 0) * 1_000, offsetMinutes: offsetMinutes)
    }
}
