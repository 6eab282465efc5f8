import ClearanceEvents

extension MonthlySeries {
    private struct IndexKey: Hashable {
        let by: [SeriesKey.Value]
        let currency: String
    }

    /// Values of different currencies are different indices: their weights cannot be added.
    func addIndices(to points: inout [SeriesPoint]) {
        var months: [IndexKey: [Int: [UnitValueIndex.Stratum: UnitValueIndex.Amount]]] = [:]
        var values: [IndexKey: [Int: Total]] = [:]
        for (group, sum) in sums {
            for (currency, strata) in sum.strata {
                months[IndexKey(by: group.by, currency: currency), default: [:]][group.month] =
                    strata
            }
            for (currency, total) in sum.values where total.first > 0 {
                values[IndexKey(by: group.by, currency: currency), default: [:]][group.month] =
                    total
            }
        }
        for (key, strata) in months { addPrices(key, UnitValueIndex.points(strata), to: &points) }
        for (key, totals) in values { addValues(key, totals, to: &points) }
    }

    private func addPrices(
        _ key: IndexKey, _ indices: [UnitValueIndex.Point], to points: inout [SeriesPoint]
    ) {
        let extra = extra(key)
        for index in indices {
            let group = Group(by: key.by, month: index.month)
            let named = [
                ("laspeyres", index.laspeyres), ("paasche", index.paasche),
                ("fisher", index.fisher), ("volume", index.volume),
            ]
            for (name, value) in named {
                points.append(
                    point(
                        name, group, value.flatMap { FixedPrinting.text($0, digits: 5) },
                        unit: "1", n: Int64(index.matched), reason: index.reason, extra: extra))
            }
            points.append(
                point(
                    "coverage", group, FixedPrinting.text(index.coverage, digits: 4), unit: "1",
                    n: Int64(index.matched), extra: extra))
        }
    }

    private func addValues(
        _ key: IndexKey, _ totals: [Int: Total], to points: inout [SeriesPoint]
    ) {
        guard let first = totals.keys.min(), let base = totals[first]?.first else { return }
        for (month, total) in totals {
            points.append(
                point(
                    "valueIndex", Group(by: key.by, month: month),
                    FixedPrinting.quotient(total.first * 100, base, digits: 5), unit: "1",
                    n: total.count, extra: extra(key)))
        }
    }

    private func extra(_ key: IndexKey) -> [SeriesKey.Value] {
        key.currency == "CNY" ? [] : [SeriesKey.Value(key: .currency, code: key.currency)]
    }
}
