import ClearanceEvents

extension Clerk {
    mutating func site(_ office: String) {
        let number = OrderPlan.site(office)
        let keeper = OrderPlan.keeper(office, in: world)
        add("record.site", "site:" + number, "site-" + number) { data in
            data.put("operator", keeper.code)
            data.put("customsCode", office)
            data.put("zoneCode", "Z99")
            data.put("kind", "supervised")
        }
    }

    mutating func goods(_ article: Article) {
        let since = since
        add("record.goods", "goods:" + article.itemNo, "goods-" + article.itemNo) { data in
            data.put("itemNo", article.itemNo)
            data.put("itemRecordNo", article.itemRecordNo)
            data.put("gname", article.name)
            data.put("gcode", article.gcode)
            data.put("gtin", article.gtin)
            data.put("brand", article.brand)
            data.put("country", article.country)
            data.put("unit", article.unit)
            data.put("unit1", article.unit1)
            data.put("factors", Money.thousandths(article.factor))
            data.put("validFrom", since)
        }
    }

    /// An account book and the stock that comes into it at the first of every third month.
    mutating func book(_ warehouse: Enterprise) {
        let since = since
        let emsNo = OrderPlan.emsNo(of: warehouse)
        let customs = OrderPlan.customs(of: warehouse)
        let articles = world.shelf.imports
        add("record.book", "book:" + emsNo, "book-" + emsNo) { data in
            data.put("kind", "T")
            data.put("areaCode", warehouse.code)
            data.put("customsCode", customs)
            data.put("validFrom", since)
            data.put(
                "items",
                records: articles.map { article in
                    DataRecord.of("bookItem") { item in
                        item.put("itemRecordNo", article.itemRecordNo)
                        item.put("gcode", article.gcode)
                        item.put("gname", article.name)
                        item.put("unit", article.unit)
                        item.put("unit1", article.unit1)
                    }
                })
        }
        for quarter in 0...(world.settings.months - 1) / 3 {
            for half in 0..<4 {
                let part = articles.filter { $0.number % 4 == half }
                stock(warehouse, part, emsNo, "\(quarter)\(half)", quarter: quarter)
            }
        }
    }

    /// A first-line bonded list with the goods of one quarter.
    private mutating func stock(
        _ warehouse: Enterprise, _ part: [Article], _ emsNo: String, _ suffix: String,
        quarter: Int
    ) {
        let customs = OrderPlan.customs(of: warehouse)
        let at =
            quarter == 0
            ? opening.adding(seconds: 40_000)
            : world.settings.firstDay.adding(months: 3 * quarter).beijingStart
                .adding(seconds: 30_000)
        let number = "QD\(warehouse.code)\(suffix)"
        let qty = String(100 + world.settings.orders / 100)
        add("declare.submitted", "bonded:" + number, number, at: at) { data in
            data.put("form", "bondedList")
            data.put("number", number)
            data.put("emsNo", emsNo)
            data.put("areaCode", warehouse.code)
            data.put("customsCode", customs)
            data.put("direction", "in")
            data.put("line", "first")
            data.put("deduct", "done")
            data.put("ieFlag", "I")
            data.put("tradeMode", "1210")
            data.put(
                "lines",
                records: part.enumerated().map { place, article in
                    DataRecord.of("declarationLine") { line in
                        line.put("gnum", String(place + 1))
                        line.put("gcode", article.gcode)
                        line.put("gname", article.name)
                        line.put("qty", qty)
                        line.put("unit", article.unit)
                        line.put("country", article.country)
                        line.put("itemRecordNo", article.itemRecordNo)
                    }
                })
        }
        for (type, seconds) in [("declare.accepted", 600), ("release.granted", 1_200)] {
            add(type, "bonded:" + number, type + "-" + number, at: at.adding(seconds: seconds)) {
                $0.put("customsCode", customs)
            }
        }
    }

    /// In December an authority reports persons who are near their yearly limit.
    mutating func quotas() {
        let day = world.settings.firstDay.adding(months: world.settings.months - 1)
        for person in 0..<max(1, world.people.count * 3 / 1_000) {
            let at = day.beijingStart.adding(seconds: 3_600 + person)
            let used = 2_080_000 + dice.below(510_000)
            add("record.quota", PersonSubject.open, "quota-\(person)", at: at) { data in
                data.put("idType", "1")
                data.put("idNumber", People.idNumber(person))
                data.put("year", String(at.beijingDay.description.prefix(4)))
                data.put("used", Money.text(used))
                data.put("limit", "26000")
                data.put("currency", "CNY")
                data.put("by", "customs")
                data.put("at", at.rfc3339)
            }
        }
    }
}
