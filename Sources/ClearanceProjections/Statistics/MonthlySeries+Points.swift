import ClearanceEvents

extension MonthlySeries {
    /// The figures of everything that was added, sorted by name, keys and period.
    public func points() -> [SeriesPoint] {
        var points: [SeriesPoint] = []
        for (group, sum) in sums { addSums(group, sum, to: &points) }
        for (group, time) in times { addTimes("releaseHours", group, time, to: &points) }
        for (group, time) in closings { addTimes("closingHours", group, time, to: &points) }
        addIndices(to: &points)
        return points.filter(isAsked).sorted(by: MonthlySeries.precedes)
    }

    private func isAsked(_ point: SeriesPoint) -> Bool {
        guard let month = MonthlySeries.month(of: point.period) else { return false }
        return (query.from.map { month >= $0 } ?? true) && (query.to.map { month <= $0 } ?? true)
    }

    /// `YYYY-MM` of a month number.
    public static func period(_ month: Int) -> String {
        "\(String(10_000 + month / 12).dropFirst())-\(String(101 + month % 12).dropFirst())"
    }

    /// The month number of `YYYY-MM`; nil for anything else.
    public static func month(of period: String) -> Int? {
        CivilDay(period + "-01")?.monthNumber
    }

    private static func precedes(_ left: SeriesPoint, _ right: SeriesPoint) -> Bool {
        if left.name != right.name { return left.name < right.name }
        let (first, second) = (left.by.map(\.code), right.by.map(\.code))
        if first != second { return first.lexicographicallyPrecedes(second) }
        if left.period != right.period { return left.period < right.period }
        return left.unit < right.unit
    }

    func point(
        _ name: String, _ group: Group, _ value: String?, unit: String, n: Int64,
        reason: String? = nil, extra: [SeriesKey.Value] = []
    ) -> SeriesPoint {
        SeriesPoint(
            name: name, period: MonthlySeries.period(group.month), value: value, unit: unit,
            by: group.by + extra, scope: "retail", source: "lists",
            status: value == nil ? .notPublished : status(of: group.month),
            vintage: query.vintage, n: n, reason: reason)
    }

    /// Final when the last day of the month has ended.
    private func status(of month: Int) -> SeriesPoint.Status {
        guard let reached = query.dayReached,
            let first = CivilDay(year: month / 12, month: month % 12 + 1, day: 1)
        else { return .provisional }
        return reached >= first.adding(months: 1).adding(days: -1) ? .final : .provisional
    }

    private func addSums(_ group: Group, _ sum: Sums, to points: inout [SeriesPoint]) {
        if sum.lists != 0 {
            points.append(point("lists", group, "\(sum.lists)", unit: "1", n: sum.lists))
        }
        for (currency, total) in sum.values {
            points.append(
                point(
                    "value", group, FixedDecimal.text(of: total.first), unit: currency,
                    n: total.count))
        }
        for (unit, total) in sum.quantities {
            points.append(
                point(
                    "quantity", group, FixedDecimal.text(of: total.second), unit: unit,
                    n: total.count))
        }
        for (key, total) in sum.unitValues where total.second > 0 {
            let value = FixedPrinting.quotient(total.first, total.second, digits: 5)
            points.append(
                point("unitValue", group, value, unit: "\(key[0])/\(key[1])", n: total.count))
        }
        for (currency, total) in sum.returned {
            points.append(
                point(
                    "returnedValue", group, FixedDecimal.text(of: total.first), unit: currency,
                    n: total.count))
        }
    }

    private func addTimes(
        _ name: String, _ group: Group, _ time: Times, to points: inout [SeriesPoint]
    ) {
        if time.withoutStart > 0 {
            points.append(
                point(
                    name + ".withoutStart", group, "\(time.withoutStart)", unit: "1",
                    n: time.withoutStart))
        }
        guard let figures = ReleaseTimes(time.minutes) else { return }
        let hours = [
            ("", figures.mean), (".p50", figures.p50), (".p90", figures.p90), (".p95", figures.p95),
        ]
        for (suffix, minutes) in hours {
            points.append(
                point(
                    name + suffix, group, FixedPrinting.text(minutes / 60, digits: 2), unit: "h",
                    n: figures.n))
        }
        points.append(
            point(
                name + ".within24h", group, FixedPrinting.text(figures.within24h, digits: 4),
                unit: "1", n: figures.n))
        points.append(
            point(name + ".held", group, "\(time.held)", unit: "1", n: time.held))
    }
}
