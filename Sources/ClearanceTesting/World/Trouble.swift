/// What goes wrong with the papers of one order; rates of `specs/world.md`, scaled by `disturb`.
public enum Trouble: Int, Sendable, CaseIterable {
    /// All papers come and agree.
    case none
    /// Two payments that add up.
    case splitPayment
    /// Two or three waybills for one order.
    case severalParcels
    /// The payment differs by one cent.
    case offByCent
    /// Somebody else paid.
    case wrongPayer
    /// A paper never comes.
    case missing
    /// The order was first sent with another amount.
    case amended
    /// A paper is taken back before the list is declared.
    case withdrawn
    /// A paper is first stored only, some never declared.
    case drafted
    /// A paper comes more than a day late.
    case late

    /// The shares of ``allCases`` without ``none``.
    static let shares: [Double] = [
        0.015, 0.025, 0.005, 0.006, 0.010, 0.010, 0.006, 0.005, 0.010,
    ]

    static func thrown(_ dice: inout Dice, disturb: Double) -> Trouble {
        var rest = dice.unit()
        for (index, share) in shares.enumerated() {
            rest -= share * disturb
            if rest < 0 { return allCases[index + 1] }
        }
        return .none
    }

    /// Whether papers of an export can have it.
    var meetsExport: Bool {
        switch self {
        case .splitPayment, .severalParcels, .wrongPayer: false
        default: true
        }
    }
}

/// What ties two orders that are placed one after the other; rates of `specs/world.md`.
public enum PairTrouble: Int, Sendable {
    /// Nothing.
    case none
    /// One payment for both orders.
    case combinedPayment
    /// The second waybill has the number of the first, more than six months later.
    case numberReused
    /// Both platforms gave the same order number.
    case sharedOrderNo

    /// Thrown for pairs of two retail imports only: 0.61² of all pairs, while the rates are
    /// meant of retail imports.
    static func thrown(_ dice: inout Dice, disturb: Double) -> PairTrouble {
        let share = 1 / 0.61
        var rest = dice.unit()
        for (rate, trouble) in [
            (0.02, PairTrouble.combinedPayment), (0.001, .numberReused), (0.0005, .sharedOrderNo),
        ] {
            rest -= rate * share * disturb
            if rest < 0 { return trouble }
        }
        return .none
    }
}

/// Copies of a paper that arrive beside it.
struct Echo: Sendable {
    /// Sent again with another guid and the same content.
    var resent = false
    /// The same file twice.
    var duplicate = false
    /// The same key with another content.
    var conflicting = false

    init(_ dice: inout Dice, disturb: Double) {
        resent = dice.chance(0.01 * disturb)
        duplicate = dice.chance(0.02 * disturb)
        conflicting = dice.chance(0.001 * disturb)
    }
}

/// Why customs refuses the first list of an order, with the check code of the receipt.
struct Refusal: Sendable {
    let code: String
    let text: String

    static let payer = Refusal(code: "1327", text: "订购人与支付人姓名或身份证不一致")
    static let amount = Refusal(code: "1332", text: "支付金额与订单支付金额不一致")
    static let buyerName = Refusal(code: "13127", text: "清单订购人姓名与订单不一致")
    static let telephone = Refusal(code: "130126", text: "清单订购人电话与订单不一致")
    static let lineCount = Refusal(code: "1320", text: "清单与订单商品项数不一致")
    static let lines = Refusal(code: "1322", text: "订单清单表体商品项不一致")
    static let byHand = Refusal(code: "1300", text: "人工退单")
    static let quota = Refusal(code: "1313", text: "超过个人年度购买额度")
    static let guarantee = Refusal(code: "1311", text: "担保金额不足")
    static let system = Refusal(code: "1301", text: "系统异常")

    /// Reasons that do not follow from the papers, with their share of all refusals in percent;
    /// the missing 40 are 1327 and 1332, which do.
    private static let others: [(Refusal, Double)] = [
        (buyerName, 7.5), (telephone, 7.5), (lineCount, 6), (lines, 6), (byHand, 10), (quota, 8),
        (guarantee, 5), (system, 10),
    ]

    static func thrown(_ dice: inout Dice, for trouble: Trouble) -> Refusal? {
        switch trouble {
        case .wrongPayer: return dice.chance(0.92) ? payer : nil
        case .offByCent: return dice.chance(0.9) ? amount : nil
        default:
            guard dice.chance(0.025 * 0.6) else { return nil }
            return others[dice.place(others.map(\.1))].0
        }
    }
}
