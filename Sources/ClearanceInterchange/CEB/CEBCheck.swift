internal import ClearanceEvents

/// The business checks of one document: what its own figures say of each other.
///
/// Every breach is a finding; the event is kept. Rule numbers X… are those of
/// `specs/interchange.md`.
struct CEBCheck {
    private let shape: CEBShape
    private let data: DataRecord
    private let items: [DataRecord]
    private(set) var findings: [InputFault] = []

    init(_ shape: CEBShape, data: DataRecord) {
        self.shape = shape
        self.data = data
        var items: [DataRecord] = []
        if case .list(let values) = data["items"] {
            for case .record(let record) in values { items.append(record) }
        }
        self.items = items
    }

    /// X13: `gnum` counts from 1 without a gap.
    mutating func lineNumbers() {
        for (index, item) in items.enumerated() where item.text("gnum") != String(index + 1) {
            find("gnum", line: index, "gnum", zh: "项号应从 1 起连续", en: "gnum counts from 1")
        }
    }

    /// X12: `totalPrice` = `price` × `qty`, as exactly as five places of the price allow.
    mutating func lineTotals() {
        for (index, item) in items.enumerated() {
            guard let price = decimal("price", of: item), let quantity = decimal("qty", of: item),
                let total = decimal("totalPrice", of: item)
            else { continue }
            let product = Int128(price.units) * Int128(quantity.units)
            let given = Int128(total.units) * Int128(FixedDecimal.scale)
            // Half a unit of the price's last place, times the quantity.
            let slack = quantity.units.magnitude / 2
            if (product - given).magnitude > UInt128(slack) {
                find(
                    "lineTotal", line: index, "totalPrice", zh: "总价不等于单价乘以数量",
                    en: "the line total is not price times quantity")
            }
        }
    }

    /// X12: the lines add up to the head.
    mutating func sumOfLines(is field: String) {
        guard let head = decimal(field, of: data), !items.isEmpty else { return }
        var sum: Int128 = 0
        for item in items {
            guard let total = decimal("totalPrice", of: item) else { return }
            sum += Int128(total.units)
        }
        if sum != Int128(head.units) {
            find("goodsValue", field, zh: "与表体总价之和不符", en: "not the sum of the lines")
        }
    }

    /// X2: `acturalPaid` = `goodsValue` + `freight` + `taxTotal` − `discount`.
    mutating func actualPaid() {
        guard let goods = decimal("goodsValue", of: data),
            let freight = decimal("freight", of: data), let tax = decimal("taxTotal", of: data),
            let discount = decimal("discount", of: data),
            let paid = decimal("acturalPaid", of: data)
        else { return }
        let sum =
            Int128(goods.units) + Int128(freight.units) + Int128(tax.units)
            - Int128(discount.units)
        if sum != Int128(paid.units) {
            find(
                "actualPaid", "acturalPaid", zh: "实际支付金额与各项之和不符",
                en: "not goods value + freight + tax - discount")
        }
    }

    mutating func isPositive(_ field: String) {
        guard let value = decimal(field, of: data), value.units <= 0 else { return }
        find("notPositive", field, zh: "应大于零", en: "should be above zero")
    }

    /// X13: both weights above zero, net not above gross.
    mutating func weights() {
        isPositive("grossWeight")
        isPositive("netWeight")
        guard let gross = decimal("grossWeight", of: data),
            let net = decimal("netWeight", of: data), net > gross
        else { return }
        find("weight", "netWeight", zh: "净重大于毛重", en: "net weight above gross weight")
    }

    /// X13: one unit, one quantity; a second unit and a second quantity stand together.
    mutating func units() {
        for (index, item) in items.enumerated() {
            if let unit = item.text("unit"), unit == item.text("unit1"),
                decimal("qty", of: item) != decimal("qty1", of: item)
            {
                find(
                    "unit", line: index, "qty1", zh: "单位相同而数量不同",
                    en: "one unit, two quantities")
            }
            let hasUnit = item["unit2"] != nil
            if hasUnit != (item["qty2"] != nil) {
                find(
                    "unit", line: index, hasUnit ? "unit2" : "qty2",
                    zh: "第二数量与第二单位应同时填写",
                    en: "second quantity and second unit stand together")
            }
        }
    }

    /// X11: 9610 tells how the goods travelled; 1210 which account book they leave.
    mutating func modeFields() {
        switch data.text("tradeMode") {
        case "9610": require(["trafNo", "voyageNo", "billNo"])
        case "1210":
            require(["emsNo", "areaCode", "areaName"])
            for (index, item) in items.enumerated() where item["itemRecordNo"] == nil {
                find(
                    "modeField", line: index, "itemRecordNo", zh: "保税模式必填",
                    en: "bonded import needs it")
            }
            if let country = data.text("country"), country != "142" {
                find("modeField", "country", zh: "保税进口应为 142", en: "142 in bonded import")
            }
        default: break
        }
    }

    private mutating func require(_ fields: [String]) {
        for field in fields where data[field] == nil {
            find("modeField", field, zh: "该监管方式必填", en: "this trade mode needs it")
        }
    }

    private func decimal(_ field: String, of record: DataRecord) -> FixedDecimal? {
        record.text(field).flatMap { FixedDecimal($0) }
    }

    private mutating func find(_ code: String, _ field: String, zh: String, en: String) {
        findings.append(
            shape.fault(code, shape.head, field, MessageText(zh: zh, en: en)))
    }

    private mutating func find(
        _ code: String, line: Int, _ field: String, zh: String, en: String
    ) {
        let group = shape.groups.first { $0.number == line + 1 }
        findings.append(shape.fault(code, group, field, MessageText(zh: zh, en: en)))
    }
}
