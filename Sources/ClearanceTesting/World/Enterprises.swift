/// An invented enterprise with its codes.
struct Enterprise: Sendable {
    /// Ten digits, 海关注册编码.
    let code: String
    /// Eighteen characters with their check character, 统一社会信用代码.
    let uscc: String
    let name: String
    let kind: Kind
    let grade: Grade

    enum Kind: Int, Sendable, CaseIterable {
        case platform = 1
        case ecommerce, payment, logistics, broker, warehouse, siteOperator, overseas

        /// The word of `record.enterprise.roles`.
        var role: String {
            switch self {
            case .platform: "platform"
            case .ecommerce: "ecommerce"
            case .payment: "payment"
            case .logistics: "logistics"
            case .broker: "broker"
            case .warehouse: "warehouse"
            case .siteOperator: "siteOperator"
            case .overseas: "overseasWarehouse"
            }
        }

        var chinese: String {
            switch self {
            case .platform: "平台"
            case .ecommerce: "电商"
            case .payment: "支付"
            case .logistics: "物流"
            case .broker: "报关"
            case .warehouse: "仓储"
            case .siteOperator: "场所"
            case .overseas: "海外仓"
            }
        }
    }

    /// Customs' grades with their share of the enterprises of May 2020 (rules section 1.4).
    enum Grade: String, Sendable, CaseIterable {
        case advancedCertified, certified, regular, dishonest

        static let shares: [Double] = [3_236, 25_624, 1_424_400, 6_788]

        /// The share of lists that are inspected (mean rates of 2019).
        var inspected: Double {
            switch self {
            case .advancedCertified: 0.0057
            case .certified: 0.0169
            case .regular: 0.0244
            case .dishonest: 0.8476
            }
        }
    }
}

/// The enterprises of a world, by kind.
struct Enterprises: Sendable {
    private let byKind: [[Enterprise]]

    init(_ settings: WorldSettings) {
        byKind = Enterprise.Kind.allCases.map { kind in
            let count = Enterprises.count(kind, orders: settings.orders)
            return (0..<count).map { Enterprises.make(kind, $0, of: count, settings.seed) }
        }
    }

    subscript(kind: Enterprise.Kind) -> [Enterprise] { byKind[kind.rawValue - 1] }

    var all: [Enterprise] { Array(byKind.joined()) }

    /// An enterprise of a kind; the first ones have the most business.
    func pick(_ kind: Enterprise.Kind, _ dice: inout Dice) -> Enterprise {
        let some = self[kind]
        let place = dice.unit()
        return some[Int(place * place * Double(some.count))]
    }

    private static func count(_ kind: Enterprise.Kind, orders: Int) -> Int {
        switch kind {
        case .platform: 4 + min(36, orders / 20_000)
        case .ecommerce: 40 + min(2_000, orders / 1_000)
        case .payment: 4
        case .logistics: 6 + min(14, orders / 50_000)
        case .broker: 6 + min(24, orders / 40_000)
        case .warehouse: 5 + min(15, orders / 50_000)
        case .siteOperator: 4
        case .overseas: 3
        }
    }

    private static func make(
        _ kind: Enterprise.Kind, _ index: Int, of count: Int, _ seed: UInt64
    ) -> Enterprise {
        // Division 99 does not exist, so that no real enterprise is ever meant.
        let serial = String(10_000 + index).dropFirst()
        let code = "99\(10 + kind.rawValue)96\(serial)"
        var grade = Enterprise.Grade.regular
        if kind == .ecommerce || kind == .broker {
            // One of each grade stands at the rare end, so that small worlds have them too.
            switch count - index {
            case 1: grade = .dishonest
            case 2: grade = .certified
            case 3: grade = .advancedCertified
            default:
                let place = UInt64(kind.rawValue << 20 + index)
                var dice = Dice(seed: seed, tag: Tag.grade, index: place)
                grade = Enterprise.Grade.allCases[dice.place(Enterprise.Grade.shares)]
            }
        }
        return Enterprise(
            code: code, uscc: CreditCode.make(kind: kind.rawValue, serial: index),
            name: "测试\(kind.chinese)\(numeral(index + 1))号企业", kind: kind, grade: grade)
    }

    /// A number in Chinese digits.
    static func numeral(_ number: Int) -> String {
        let digits = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"]
        return String(number).utf8.map { digits[Int($0) - 48] }.joined()
    }
}

/// Social credit codes (GB 32100) over an organisation code (GB 11714) of an impossible division.
enum CreditCode {
    private static let alphabet = Array("0123456789ABCDEFGHJKLMNPQRTUWXY".utf8)

    static func make(kind: Int, serial: Int) -> String {
        let organisation = Array("M\(kind)\(String(1_000_000 + serial).dropFirst())".utf8)
        let body = Array("91990000".utf8) + organisation + [organisationCheck(organisation)]
        return String(decoding: body + [check(body)], as: UTF8.self)
    }

    /// The check character of eight characters of an organisation code.
    static func organisationCheck(_ body: [UInt8]) -> UInt8 {
        let weights = [3, 7, 9, 10, 5, 8, 4, 2]
        var sum = 0
        for (place, byte) in body.enumerated() {
            sum += weights[place] * (byte < 58 ? Int(byte) - 48 : Int(byte) - 55)
        }
        let check = (11 - sum % 11) % 11
        return check == 10 ? UInt8(ascii: "X") : UInt8(48 + check)
    }

    /// The check character of the first seventeen characters.
    static func check(_ body: [UInt8]) -> UInt8 {
        let weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
        var sum = 0
        for (place, byte) in body.enumerated() {
            sum += weights[place] * (alphabet.firstIndex(of: byte) ?? 0)
        }
        return alphabet[(31 - sum % 31) % 31]
    }
}

/// The purposes for which dice are made; each has its own throws.
enum Tag {
    static let grade: UInt64 = 1
    static let order: UInt64 = 2
    static let pair: UInt64 = 3
    static let shelf: UInt64 = 4
    static let voyage: UInt64 = 5
    static let record: UInt64 = 6
    static let guid: UInt64 = 7
    static let file: UInt64 = 8
    static let side: UInt64 = 9
}
