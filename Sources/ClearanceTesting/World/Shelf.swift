/// One article of trade with what customs and the tax office want to know.
struct Article: Sendable {
    let number: Int
    let itemNo: String
    let itemRecordNo: String
    let name: String
    let brand: String
    let model: String
    let gcode: String
    let gtin: String
    /// JGS-20 digits of the country of origin.
    let country: String
    let unit: String
    let unit1: String
    /// Statutory units in one declared unit, in thousandths.
    let factor: Int
    /// Gross weight of one in grams.
    let grams: Int
    /// Percent of value added tax, consumption tax and duty.
    let vat: Int
    let excise: Int
    let duty: Int
    /// The usual price in fen.
    let price: Int
}

/// The articles of a world in the order of their prices.
struct Shelf: Sendable {
    let imports: [Article]
    let exports: [Article]

    init(_ settings: WorldSettings) {
        imports = Shelf.stock(settings.seed, kinds: Shelf.importKinds, prefix: "M", size: 240)
        exports = Shelf.stock(settings.seed, kinds: Shelf.exportKinds, prefix: "X", size: 160)
    }

    /// An article whose usual price is near `fen`.
    static func near(_ fen: Int, on shelf: [Article], _ dice: inout Dice) -> Article {
        var low = 0
        var high = shelf.count
        while low < high {
            let middle = (low + high) / 2
            if shelf[middle].price < fen { low = middle + 1 } else { high = middle }
        }
        let place = low + dice.number(-8...8)
        return shelf[min(shelf.count - 1, max(0, place))]
    }

    private struct Kind {
        let name: String
        let gcode: String
        let unit: String
        let unit1: String
        let factor: Int
        let grams: Int
        let vat: Int
        let excise: Int
        let duty: Int
    }

    private static let importKinds = [
        Kind(
            name: "护肤霜", gcode: "3304990039", unit: "142", unit1: "035", factor: 50,
            grams: 120, vat: 13, excise: 0, duty: 5),
        Kind(
            name: "高档面膜", gcode: "3304990021", unit: "140", unit1: "035", factor: 150,
            grams: 260, vat: 13, excise: 15, duty: 5),
        Kind(
            name: "婴幼儿配方奶粉", gcode: "1901101010", unit: "122", unit1: "035", factor: 900,
            grams: 1150, vat: 13, excise: 0, duty: 15),
        Kind(
            name: "营养片", gcode: "2106909090", unit: "142", unit1: "035", factor: 200,
            grams: 280, vat: 13, excise: 0, duty: 12),
        Kind(
            name: "葡萄酒", gcode: "2204210000", unit: "142", unit1: "095", factor: 750,
            grams: 1350, vat: 13, excise: 10, duty: 14),
        Kind(
            name: "感冒贴", gcode: "3004909099", unit: "140", unit1: "035", factor: 80,
            grams: 130, vat: 13, excise: 0, duty: 3),
        Kind(
            name: "洗发露", gcode: "3305100090", unit: "142", unit1: "035", factor: 500,
            grams: 620, vat: 13, excise: 0, duty: 3),
        Kind(
            name: "香皂", gcode: "3401110000", unit: "007", unit1: "035", factor: 100,
            grams: 125, vat: 13, excise: 0, duty: 7),
        Kind(
            name: "手提包", gcode: "4202210090", unit: "007", unit1: "007", factor: 1000,
            grams: 900, vat: 13, excise: 0, duty: 6),
        Kind(
            name: "针织衫", gcode: "6110300012", unit: "011", unit1: "011", factor: 1000,
            grams: 420, vat: 13, excise: 0, duty: 6),
        Kind(
            name: "梭织外套", gcode: "6202930090", unit: "011", unit1: "011", factor: 1000,
            grams: 950, vat: 13, excise: 0, duty: 6),
        Kind(
            name: "毛巾毯", gcode: "6302600090", unit: "011", unit1: "011", factor: 1000,
            grams: 700, vat: 13, excise: 0, duty: 6),
        Kind(
            name: "运动鞋", gcode: "6404110000", unit: "025", unit1: "025", factor: 1000,
            grams: 1100, vat: 13, excise: 0, duty: 12),
        Kind(
            name: "电动牙刷", gcode: "8509809000", unit: "001", unit1: "001", factor: 1000,
            grams: 380, vat: 13, excise: 0, duty: 8),
        Kind(
            name: "积木玩具", gcode: "9503006000", unit: "006", unit1: "006", factor: 1000,
            grams: 1400, vat: 13, excise: 0, duty: 0),
        Kind(
            name: "谷物饼坯", gcode: "1904900000", unit: "125", unit1: "035", factor: 400,
            grams: 460, vat: 9, excise: 0, duty: 10),
    ]

    private static let exportKinds = [
        Kind(
            name: "手机壳", gcode: "3926909090", unit: "007", unit1: "035", factor: 60,
            grams: 80, vat: 13, excise: 0, duty: 0),
        Kind(
            name: "连衣裙", gcode: "6204430090", unit: "011", unit1: "011", factor: 1000,
            grams: 350, vat: 13, excise: 0, duty: 0),
        Kind(
            name: "数据线", gcode: "8544421900", unit: "014", unit1: "035", factor: 50,
            grams: 70, vat: 13, excise: 0, duty: 0),
        Kind(
            name: "假发", gcode: "6704200000", unit: "007", unit1: "035", factor: 200,
            grams: 260, vat: 13, excise: 0, duty: 0),
        Kind(
            name: "露营灯", gcode: "9405420000", unit: "007", unit1: "035", factor: 400,
            grams: 520, vat: 13, excise: 0, duty: 0),
        Kind(
            name: "背包", gcode: "4202920000", unit: "007", unit1: "007", factor: 1000,
            grams: 640, vat: 13, excise: 0, duty: 0),
    ]

    /// Japan, Australia, USA, Korea, Germany, New Zealand, France, Netherlands (JGS-20).
    private static let origins = ["116", "601", "502", "133", "304", "609", "305", "309"]
    private static let brands = ["样样", "虚舟", "测澜", "假日熊", "拟山", "试金鹿", "甲乙丙", "无名氏"]

    private static func stock(
        _ seed: UInt64, kinds: [Kind], prefix: String, size: Int
    ) -> [Article] {
        var dice = Dice(seed: seed, tag: Tag.shelf, index: UInt64(size))
        var price = 900.0
        // Prices climb evenly on a logarithmic scale from 9 yuan to 12,000 yuan.
        let step = Curve.exponential(Curve.logarithm(1_200_000.0 / 900.0) / Double(size - 1))
        return (0..<size).map { number in
            defer { price *= step }
            let kind = dice.one(of: kinds)
            let brand = dice.one(of: brands)
            let serial = String(10_000 + number).dropFirst()
            return Article(
                number: number, itemNo: "\(prefix)-SKU-\(serial)", itemRecordNo: String(serial),
                name: "\(brand)牌\(kind.name)", brand: brand,
                model: "品名:\(kind.name)|品牌:\(brand)|型号:\(prefix)\(serial)",
                gcode: kind.gcode, gtin: gtin("690000\(prefix == "M" ? 1 : 2)0\(serial)"),
                country: dice.one(of: origins), unit: kind.unit, unit1: kind.unit1,
                factor: kind.factor, grams: kind.grams, vat: kind.vat, excise: kind.excise,
                duty: kind.duty, price: Int(price))
        }
    }

    /// Twelve digits and their check digit (GS1).
    private static func gtin(_ body: String) -> String {
        var sum = 0
        for (place, digit) in body.utf8.enumerated() {
            sum += Int(digit - 48) * (place % 2 == 0 ? 1 : 3)
        }
        return body + String((10 - sum % 10) % 10)
    }
}
