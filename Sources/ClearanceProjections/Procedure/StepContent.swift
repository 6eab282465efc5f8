import ClearanceEvents

/// What steps keep of their events beyond numbers: parts, quantities, sums.
enum StepContent {
    private static let parts = Catalogue.field("inspection.parts")
    private static let agency = Catalogue.field("inspectionPart.agency")
    private static let result = Catalogue.field("inspectionPart.result")
    private static let disposal = Catalogue.field("inspectionPart.disposal")
    private static let items = Catalogue.field("returnRequest.items")
    private static let itemGnum = Catalogue.field("returnItem.gnum")
    private static let itemQty = Catalogue.field("returnItem.qty")
    private static let itemUnit = Catalogue.field("returnItem.unit")
    private static let lines = Catalogue.field("goodsReturn.lines")
    private static let lineGnum = Catalogue.field("returnLine.gnum")
    private static let lineQty = Catalogue.field("returnLine.qty")
    private static let lineUnit = Catalogue.field("returnLine.unit")
    private static let customsTax = Catalogue.field("tax.customsTax")
    private static let valueAddedTax = Catalogue.field("tax.valueAddedTax")
    private static let consumptionTax = Catalogue.field("tax.consumptionTax")
    private static let dutyNo = Catalogue.field("tax.entDutyNo")
    private static let paidDutyNo = Catalogue.field("taxSettlement.entDutyNo")
    private static let paidTaxNos = Catalogue.field("taxSettlement.taxNos")

    static func add(to step: inout ProcedureStep, _ data: RecordView, _ scheme: ListScheme) {
        switch step.kind {
        case .inspectionOrdered, .concluded: step.words += inspected(data)
        case .returnRequested, .returnAmended:
            step.lines = quantities(data, items, itemGnum, itemQty, itemUnit)
        case .returnArrived, .returnTallied:
            step.lines = quantities(data, lines, lineGnum, lineQty, lineUnit)
        case .taxAssessed, .taxSummarised, .taxVoided:
            step.sums = sums(data)
            if let number = data.string(dutyNo) { step.words = [number] }
        case .taxPaid, .taxRecovered, .taxRefunded: step.words = payment(data)
        default: break
        }
    }

    /// `agency` of an ordered part, `agency:result:disposal` of a concluded one.
    private static func inspected(_ data: RecordView) -> [String] {
        var words: [String] = []
        data.forEachRecord(parts) { part in
            let said = [part.string(agency), part.string(result), part.string(disposal)]
            let word = said.compactMap { $0 }.joined(separator: ":")
            if !word.isEmpty { words.append(word) }
        }
        data.forEachText(parts) { name in
            if let utf8 = try? UTF8Span(validating: name) { words.append(String(copying: utf8)) }
        }
        return words
    }

    private static func quantities(
        _ data: RecordView, _ list: FieldRef, _ gnum: FieldRef, _ qty: FieldRef, _ unit: FieldRef
    ) -> [ProcedureStep.LineQuantity] {
        var result: [ProcedureStep.LineQuantity] = []
        data.forEachRecord(list) { record in
            guard let amount = record.decimal(qty) else { return }
            result.append(
                ProcedureStep.LineQuantity(
                    gnum: record.integer(gnum) ?? result.count + 1, qty: amount,
                    unit: record.string(unit) ?? ""))
        }
        return result
    }

    private static func sums(_ data: RecordView) -> ProcedureStep.TaxSums? {
        let values = [customsTax, valueAddedTax, consumptionTax].map { data.decimal($0) }
        // CEB818 moves the status alone and says nothing of sums.
        guard values.contains(where: { $0 != nil }) else { return nil }
        return ProcedureStep.TaxSums(
            customsTax: values[0] ?? .zero, valueAddedTax: values[1] ?? .zero,
            consumptionTax: values[2] ?? .zero)
    }

    private static func payment(_ data: RecordView) -> [String] {
        var words: [String] = []
        if let number = data.string(paidDutyNo) { words.append(number) }
        data.forEachText(paidTaxNos) { number in
            if let utf8 = try? UTF8Span(validating: number) { words.append(String(copying: utf8)) }
        }
        return words
    }
}
