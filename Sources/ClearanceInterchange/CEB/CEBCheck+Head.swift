internal import ClearanceEvents

/// Checks of the head, and of what a mode asks for.
extension CEBCheck {
    /// X2: a sum of the head's own fields.
    mutating func total(_ field: Int, _ terms: [(field: Int, isMinus: Bool)]) {
        guard let stated = decimal(field, in: headPlace) else { return }
        var sum: Int128 = 0
        for term in terms {
            guard let amount = decimal(term.field, in: headPlace) else { return }
            sum += term.isMinus ? -Int128(amount.units) : Int128(amount.units)
        }
        if sum != Int128(stated.units) {
            find(
                "actualPaid", field, in: headPlace, zh: "实际支付金额与各项之和不符",
                en: "not goods value + freight + tax - discount")
        }
    }

    /// X13: the net weight is not above the gross weight.
    mutating func atMost(_ small: Int, _ large: Int) {
        guard let net = decimal(small, in: headPlace), let gross = decimal(large, in: headPlace),
            net > gross
        else { return }
        find("weight", small, in: headPlace, zh: "净重大于毛重", en: "net weight above gross weight")
    }

    /// X11: what the mode of the document asks for.
    mutating func need(_ fields: [Int], _ isLine: Bool, _ condition: CEBCheckRow.Condition) {
        guard holds(condition) else { return }
        for group in isLine ? lines : headPlace..<headPlace + 1 {
            for field in fields where !has(field, in: group) {
                find(
                    "modeField", field, in: group, zh: "该监管或运输方式下必填",
                    en: "this mode of trade or transport needs it")
            }
        }
    }

    /// X11: what the mode of the document fixes.
    mutating func value(_ wanted: CEBCheckRow.Condition, _ condition: CEBCheckRow.Condition) {
        guard holds(condition), has(wanted.field, in: headPlace), !holds(wanted) else { return }
        find(
            "modeField", wanted.field, in: headPlace, zh: "保税模式下应填中国",
            en: "bonded trade starts in China")
    }

    mutating func other(_ unwanted: CEBCheckRow.Condition) {
        guard holds(unwanted) else { return }
        find(
            "modeField", unwanted.field, in: headPlace, zh: "出口退货的国别不能为中国",
            en: "returned exports do not come from China")
    }

    /// The guarantor is one of the parties of the document.
    mutating func among(_ field: Int, _ others: [Int]) {
        guard has(field, in: headPlace) else { return }
        for other in others where areSame(field, in: headPlace, other, in: headPlace) { return }
        find(
            "assurer", field, in: headPlace, zh: "担保企业应为申报企业、电商平台、电商企业或物流企业",
            en: "the guarantor is none of declarant, platform, enterprise and carrier")
    }

    /// A part of a split message is one of its parts.
    mutating func part(_ number: Int, _ count: Int) {
        guard let place = integer(number, in: headPlace), let all = integer(count, in: headPlace),
            place > all
        else { return }
        find(
            "msgSeqNo", number, in: headPlace, zh: "报文序号大于报文总数",
            en: "the number of the part is above the number of parts")
    }

    /// A period has both ends in order; without a period the lists are named one by one.
    mutating func range(_ start: Int, _ end: Int) {
        switch (range(start, in: headPlace), range(end, in: headPlace)) {
        case (nil, nil):
            guard lines.isEmpty else { return }
            find(
                "summaryScope", start, in: headPlace, zh: "未填起止时间时应列明清单编号",
                en: "without a period the lists have to be named")
        case (let first?, let last?):
            guard let from = time(first), let until = time(last), until < from else { return }
            find("timeRange", end, in: headPlace, zh: "结束时间早于开始时间", en: "ends before it starts")
        case (let first, _):
            find(
                "timeRange", first == nil ? start : end, in: headPlace, zh: "起止时间须成对填写",
                en: "start and end stand together")
        }
    }

    /// The microseconds of a time; nil for text that is none.
    private func time(_ range: Range<Int>) -> Int64? {
        Instant(customs: shape.document.bytes.span.extracting(range))?.microseconds
    }

    /// The shape and check character of a person's number; told by its place alone.
    mutating func identity(_ number: Int, _ type: Int) {
        guard let problem = identityProblem(number, type) else { return }
        find(problem.code, number, in: headPlace, problem.message)
    }

    private func identityProblem(_ number: Int, _ type: Int) -> CEBRule.Problem? {
        guard let range = range(number, in: headPlace),
            let kind = self.range(type, in: headPlace)
        else { return nil }
        let bytes = shape.document.bytes.span
        guard kind.count == 1, bytes[kind.lowerBound] == UInt8(ascii: "1") else { return nil }
        let digits = bytes.extracting(range)
        if IdCardNumber.isWellFormed(digits) { return nil }
        return digits.count == 18
            ? ("wrongCheckCharacter", .check) : ("malformedIdentifier", .shape)
    }
}
