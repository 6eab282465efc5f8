import ClearanceEvents

/// One line of a planned order.
struct PlannedLine: Sendable {
    let article: Article
    let qty: Int
    /// Unit price in fen (of the order's currency).
    let price: Int
    /// Freight that falls on the line.
    var freight = 0
    var tax = LineTax()

    var total: Int { price * qty }
}

/// Everything that is decided about an order before its papers are written.
///
/// Cheap beside the papers, so that a neighbour (a shared voyage) can be planned again.
struct OrderPlan: Sendable {
    let index: Int
    let line: TradeLine
    var placed: Instant
    var dice: Dice
    var buyer: Int
    var consignee: Int
    var platform: Enterprise
    var seller: Enterprise
    var payer: Enterprise
    var carrier: Enterprise
    var agent: Enterprise
    var warehouse: Enterprise
    /// The customs office that takes the declaration.
    var customs: String
    var orderNo: String
    var transaction: String
    var waybillNo: String
    var lines: [PlannedLine] = []
    var freight = 0
    var discount = 0
    var trouble = Trouble.none
    var echo: Echo

    var goods: Int { lines.reduce(0) { $0 + $1.total } }
    var tax: Int { lines.reduce(0) { $0 + $1.tax.total } }
    var paid: Int { goods + freight + tax - discount }
    var pieces: Int { lines.reduce(0) { $0 + $1.qty } }
    var grams: Int { lines.reduce(0) { $0 + $1.article.grams * $1.qty } }

    init(_ world: World, index: Int) {
        self.index = index
        var dice = Dice(seed: world.settings.seed, tag: Tag.order, index: UInt64(index))
        line = TradeLine.allCases[dice.place(TradeLine.shares)]
        let place = (Double(index) + dice.unit()) / Double(max(1, world.settings.orders))
        placed = world.calendar.time(at: place)
        buyer = world.people.pick(&dice)
        consignee = dice.chance(0.9) ? buyer : (buyer + 1) % world.people.count
        platform = world.enterprises.pick(.platform, &dice)
        seller = world.enterprises.pick(.ecommerce, &dice)
        payer = world.enterprises.pick(.payment, &dice)
        carrier = world.enterprises.pick(.logistics, &dice)
        agent = world.enterprises.pick(.broker, &dice)
        warehouse = world.enterprises.pick(.warehouse, &dice)
        customs = OrderPlan.customs(of: warehouse)
        if line.isExportRetail {
            let voyage = world.voyage(of: index)
            (seller, agent, carrier) = (voyage.seller, voyage.agent, voyage.carrier)
            customs = voyage.customs
        }
        let serial = String(1_000_000_000 + index).dropFirst()
        orderNo = "OD\(serial)"
        transaction = "PT\(serial)"
        waybillNo = "WB\(serial)"
        trouble = Trouble.thrown(&dice, disturb: world.settings.disturb)
        echo = Echo(&dice, disturb: world.settings.disturb)
        self.dice = dice
        if line == .parcel || !(line.isImportRetail || trouble.meetsExport) { trouble = .none }
        fill(world)
    }

    /// Chooses the articles so that the order has about the value that its line of trade has.
    private mutating func fill(_ world: World) {
        let target = targetValue()
        let single = line.isImportRetail && target > 500_000
        let count = single ? 1 : lineCount()
        var weights: [Double] = []
        for _ in 0..<count { weights.append(0.3 + dice.unit()) }
        let sum = weights.reduce(0, +)
        let shelf = line.isImportRetail ? world.shelf.imports : world.shelf.exports
        for weight in weights {
            let value = max(1, Int(Double(target) * weight / sum))
            let qty = single ? 1 : quantity(of: value)
            let price = max(1, value / qty)
            let article = Shelf.near(price, on: shelf, &dice)
            lines.append(PlannedLine(article: article, qty: qty, price: price))
        }
        if line.isImportRetail {
            freight = dice.chance(0.6) ? 0 : dice.number(5...20) * 100
            discount = dice.chance(0.2) ? min(goods / 5, dice.number(1...50) * 100) : 0
            taxLines()
        } else {
            freight = dice.number(2...30) * 100
        }
    }

    private mutating func lineCount() -> Int {
        switch dice.place([62, 21, 9, 8]) {
        case 0: 1
        case 1: 2
        case 2: 3
        default: min(99, 4 + Int(dice.logNormal(median: 1.5, spread: 0.9)))
        }
    }

    private mutating func quantity(of value: Int) -> Int {
        switch line {
        case .business9710, .warehouse9810: max(1, min(400, value / dice.number(800...3000)))
        default: 1 + dice.place([70, 20, 6, 4])
        }
    }

    /// The value of the goods in fen, or in cents of a dollar (`specs/world.md`).
    private mutating func targetValue() -> Int {
        switch line {
        case .bonded1210, .bonded1239, .direct9610:
            if dice.chance(0.002) { return dice.number(500_001...2_400_000) }
            // Median 168 and 95th percentile 900: ln(900 / 168) / 1.645 = 1.02.
            return min(480_000, max(500, Int(dice.logNormal(median: 16_800, spread: 1.02))))
        case .export9610, .export1210, .parcel:
            return min(480_000, max(300, Int(dice.logNormal(median: 6_200, spread: 0.9))))
        case .business9710:
            return max(20_000, Int(dice.logNormal(median: 280_000, spread: 0.8)))
        case .warehouse9810:
            return max(50_000, Int(dice.logNormal(median: 900_000, spread: 0.6)))
        }
    }

    /// Spreads freight over the lines by value, the rest on the last, and taxes each line.
    private mutating func taxLines() {
        let goods = self.goods
        var left = freight
        for place in lines.indices {
            let share =
                place == lines.count - 1
                ? left : Money.rounded(freight * lines[place].total, max(1, goods))
            lines[place].freight = min(left, share)
            left -= lines[place].freight
        }
        let reduced = goods + freight <= 500_000
        for place in lines.indices {
            let line = lines[place]
            lines[place].tax = LineTax(
                value: line.total + line.freight, article: line.article, reduced: reduced)
        }
    }
}
