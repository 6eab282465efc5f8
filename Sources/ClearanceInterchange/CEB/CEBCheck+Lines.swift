internal import ClearanceEvents

/// Checks of the lines, and of the lines with the head.
extension CEBCheck {
    /// X13: lines are numbered from 1, each one more than the one before.
    mutating func numbers(_ field: Int, part: Int?) {
        // The later parts of a split message may go on where the one before ended.
        let isLater = part.flatMap { integer($0, in: headPlace) }.map { $0 > 1 } ?? false
        var due: Int32? = isLater ? nil : 1
        var seen: Set<Int32> = []
        for group in lines {
            guard let number = integer(field, in: group) else {
                due = due.map { $0 &+ 1 }
                continue
            }
            if !seen.insert(number).inserted {
                repeated(field, in: group)
            } else if number != due ?? number || number < 1 {
                find("gnum", field, in: group, zh: "项号应从 1 起连续", en: "gnum counts from 1")
            }
            due = (due ?? number) &+ 1
        }
    }

    /// X13: no two lines have the same number.
    mutating func once(_ field: Int) {
        var seen: Set<Int32> = []
        for group in lines {
            guard let number = integer(field, in: group) else { continue }
            if !seen.insert(number).inserted { repeated(field, in: group) }
        }
    }

    private mutating func repeated(_ field: Int, in group: Int) {
        find("gnumRepeated", field, in: group, zh: "项号重复", en: "two lines have this number")
    }

    /// X12: `totalPrice` = `price` × `qty`, as exactly as five places of the price allow.
    mutating func product(_ total: Int, _ price: Int, _ quantity: Int) {
        for group in lines {
            guard let unit = decimal(price, in: group), let count = decimal(quantity, in: group),
                let given = decimal(total, in: group)
            else { continue }
            let product = Int128(unit.units) * Int128(count.units)
            let stated = Int128(given.units) * Int128(FixedDecimal.scale)
            // Half a unit of the price's last place, times the quantity.
            if (product - stated).magnitude > UInt128(count.units.magnitude / 2) {
                find(
                    "lineTotal", total, in: group, zh: "总价不等于单价乘以数量",
                    en: "the line total is not price times quantity")
            }
        }
    }

    /// X12: the lines add up to the head, unless they are in other currencies.
    mutating func sum(_ field: Int, _ line: Int, _ currencies: (head: Int, line: Int)?) {
        guard let stated = decimal(field, in: headPlace), !lines.isEmpty else { return }
        var sum: Int128 = 0
        for group in lines {
            guard let amount = decimal(line, in: group) else { return }
            if let currencies,
                !areSame(currencies.head, in: headPlace, currencies.line, in: group)
            {
                return
            }
            sum += Int128(amount.units)
        }
        guard sum != Int128(stated.units) else { return }
        let isTax = currencies == nil
        find(
            isTax ? "taxSum" : "goodsValue", field, in: headPlace,
            zh: isTax ? "与表体税款之和不符" : "与表体总价之和不符", en: "not the sum of the lines")
    }

    /// X13: one unit, one quantity.
    mutating func equal(_ quantities: (Int, Int), _ units: (Int, Int)) {
        for group in lines where areSame(units.0, in: group, units.1, in: group) {
            guard let first = decimal(quantities.0, in: group),
                let second = decimal(quantities.1, in: group), first != second
            else { continue }
            find(
                "unit", quantities.1, in: group, zh: "单位相同而数量不同",
                en: "one unit, two quantities")
        }
    }

    /// X13: a second unit and a second quantity stand together.
    mutating func pair(_ unit: Int, _ quantity: Int) {
        for group in lines {
            let hasUnit = has(unit, in: group)
            guard hasUnit != has(quantity, in: group) else { continue }
            find(
                "unit", hasUnit ? unit : quantity, in: group,
                zh: "第二数量与第二单位应同时填写", en: "second quantity and second unit stand together")
        }
    }

    /// X9: from 2019 on one purchase is at most 5,000 yuan, unless it is a single piece.
    ///
    /// Source: notices 财关税 2018-49 (limit, single piece) and the receipts of -621005.
    mutating func limit(_ total: Int, _ quantity: Int, _ day: Int) {
        guard let range = range(day, in: headPlace),
            let declared = CivilDay(shape.document.bytes.span.extracting(range)),
            let first = CEBCheck.limitSince, declared >= first, let line = lines.first
        else { return }
        var sum: Int128 = 0
        for group in lines { sum += Int128(decimal(total, in: group)?.units ?? 0) }
        guard sum > CEBCheck.purchaseLimit else { return }
        let one = FixedDecimal(units: FixedDecimal.scale)
        if lines.count == 1, decimal(quantity, in: line) == one { return }
        find(
            "singleLimit", total, in: line, zh: "多件商品合计超过单次交易限值 5000 元",
            en: "several pieces above the limit of 5,000 yuan a purchase")
    }

    private static let purchaseLimit = 5_000 * Int128(FixedDecimal.scale)
    private static let limitSince = CivilDay("20190101")
}
