import ClearanceEvents

/// The fields of a list paper that rows keep.
enum PaperFields {
    static let codes: [(code: ListPaper.Code, field: FieldRef)] = ListPaper.Code.allCases.map {
        ($0, Catalogue.field("declaration." + $0.field))
    }
    static let appTime = Catalogue.field("declaration.appTime")
    static let items = Catalogue.field("declaration.items")
    static let lines = Catalogue.field("declaration.lines")
    static let iacCode = Catalogue.field("declaration.iacCode")

    private struct LineFields: Sendable {
        let gnum, gcode, country, currency, qty, unit, qty1, unit1, totalPrice: FieldRef

        init(_ layout: String) {
            func field(_ name: String) -> FieldRef { Catalogue.field(layout + "." + name) }
            gnum = field("gnum")
            gcode = field("gcode")
            country = field("country")
            currency = field("currency")
            qty = field("qty")
            unit = field("unit")
            qty1 = field("qty1")
            unit1 = field("unit1")
            totalPrice = field("totalPrice")
        }
    }

    private static let item = LineFields("declarationItem")
    private static let line = LineFields("declarationLine")

    /// What rows keep of a declaration.
    static func paper(of event: EventView) -> ListPaper {
        let data = event.data
        var paper = ListPaper()
        paper.appTime = data.time(appTime)?.microseconds ?? event.time
        for (code, field) in codes {
            if let text = data.string(field) { paper[code] = text }
        }
        // Exports name the enterprise in the zone in a field of its own.
        if paper[.area].isEmpty, let code = data.string(iacCode) { paper[.area] = code }
        paper[.currency] = Currency.alphabetic(paper[.currency]) ?? paper[.currency]
        let head = paper[.currency]
        data.forEachRecord(items) { paper.lines.append(kept($0, item, paper.lines.count, head)) }
        if paper.lines.isEmpty {
            data.forEachRecord(lines) {
                paper.lines.append(kept($0, line, paper.lines.count, head))
            }
        }
        return paper
    }

    private static func kept(
        _ record: RecordView, _ fields: LineFields, _ place: Int, _ head: String
    ) -> ListPaper.Line {
        var line = ListPaper.Line(gnum: record.integer(fields.gnum) ?? place + 1)
        line.gcode = record.string(fields.gcode) ?? ""
        line.country = record.string(fields.country) ?? ""
        let currency = record.string(fields.currency) ?? head
        line.currency = Currency.alphabetic(currency) ?? currency
        line.qty = record.decimal(fields.qty)
        line.unit = record.string(fields.unit) ?? ""
        line.qty1 = record.decimal(fields.qty1)
        line.unit1 = record.string(fields.unit1) ?? ""
        line.totalPrice = record.decimal(fields.totalPrice)
        return line
    }
}
