/// Currency codes: customs' digits (JGS-20) and ISO 4217 alphabetic.
public enum Currency {
    /// The alphabetic code of either form; nil for a code that the table does not have.
    public static func alphabetic(_ code: String) -> String? {
        alphabetic(code.utf8Span.span)
    }

    static func alphabetic(_ code: Span<UInt8>) -> String? {
        let number = Int(table.number(of: code))
        return number == 0 ? nil : meanings[number - 1]
    }

    /// Whether the table has the code, in either form.
    static func isKnown(_ code: Span<UInt8>) -> Bool { table.number(of: code) != 0 }

    /// Customs' digits of either form; nil for a code that has none in the table.
    public static func digits(_ code: String) -> String? {
        byDigits[code] != nil ? code : byAlphabet[code]
    }

    static let byDigits: [String: String] = [
        "110": "HKD", "113": "IRR", "116": "JPY", "118": "KWD", "121": "MOP", "122": "MYR",
        "127": "PKR", "129": "PHP", "132": "SGD", "136": "THB", "142": "CNY", "143": "TWD",
        "201": "DZD", "300": "EUR", "302": "DKK", "303": "GBP", "326": "NOK", "330": "SEK",
        "331": "CHF", "332": "RUB", "501": "CAD", "502": "USD", "601": "AUD", "609": "NZD",
        "112": "IDR", "133": "KRW",
    ]

    private static let byAlphabet: [String: String] = Dictionary(
        uniqueKeysWithValues: byDigits.map { ($0.value, $0.key) })

    /// Both forms, and the alphabetic code that each means.
    private static let table = WordTable(digitCodes + alphabeticCodes.sorted())
    private static let meanings =
        digitCodes.compactMap { byDigits[$0] } + alphabeticCodes.sorted()
    private static let digitCodes = byDigits.keys.sorted()

    private static let alphabeticCodes: Set<String> = Set(byDigits.values).union([
        "BRL", "INR", "MXN", "ZAR", "TRY", "PLN", "AED", "SAR", "VND", "ILS", "CZK", "HUF",
        "CLP", "EGP", "KZT", "NGN", "KES",
    ])
}
