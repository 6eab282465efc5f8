public import ClearanceEvents

/// Reads monthly cells into the series of `index` (`specs/statistics.md`, series).
public struct MonthlySeries: Sendable {
    /// What is asked.
    public struct Query: Sendable {
        /// The keys by which to split, without repetition.
        public var by = SeriesKey.usual
        /// The first and last month printed, `year × 12 + month − 1`; nil for no bound. They do
        /// not move the base month.
        public var from: Int?
        public var to: Int?
        /// The position that the answer holds for.
        public var vintage: UInt64 = 0
        /// The greatest day that a `clock.day` says has ended; nil for none.
        public var dayReached: CivilDay?

        public init() {}
    }

    struct Group: Hashable {
        let by: [SeriesKey.Value]
        let month: Int
    }

    struct Sums {
        var lists: Int64 = 0
        var lines: Int64 = 0
        /// currency → Σ value
        var values: [String: Total] = [:]
        /// unit → quantity
        var quantities: [String: Total] = [:]
        /// (currency, unit) → value and quantity with a price
        var unitValues: [[String]: Total] = [:]
        var returned: [String: Total] = [:]
        /// currency → strata
        var strata: [String: [UnitValueIndex.Stratum: UnitValueIndex.Amount]] = [:]
    }

    struct Times {
        var minutes: [Int: Int64] = [:]
        var held: Int64 = 0
        var withoutStart: Int64 = 0
    }

    let query: Query
    var sums: [Group: Sums] = [:]
    var times: [Group: Times] = [:]
    var closings: [Group: Times] = [:]

    /// A reader that answers `query`. Feed it every cell, then take ``points()``.
    public init(_ query: Query) { self.query = query }

    /// The series of all cells, sorted by name, keys and period.
    public static func read(
        _ cells: some Sequence<(cell: [UInt8], total: Total)>, _ query: Query
    ) -> [SeriesPoint] {
        var reader = MonthlySeries(query)
        for (cell, total) in cells { reader.add(cell, total) }
        return reader.points()
    }

    /// Takes one cell; bytes that are no cell are left out.
    public mutating func add(_ bytes: [UInt8], _ total: Total) {
        guard let cell = StatisticsCell(bytes) else { return }
        switch cell.kind {
        case .lists, .listsByChapter, .listsByCountry, .listsByChapterAndCountry:
            if cell.kind == countedKind { sums[group(cell), default: Sums()].lists += total.count }
        case .lines, .gifts: addLines(cell, total)
        case .returned:
            sums[group(cell), default: Sums()].returned[cell.currency, default: Total()] += total
        case .releaseMinutes:
            MonthlySeries.add(total.count, cell, to: &times[timeGroup(cell), default: Times()])
        case .closingMinutes:
            MonthlySeries.add(total.count, cell, to: &closings[timeGroup(cell), default: Times()])
        }
    }

    /// Which distinct count of lists answers the keys asked.
    private var countedKind: StatisticsCell.Kind {
        switch (query.by.contains(.hs2), query.by.contains(.country)) {
        case (false, false): .lists
        case (true, false): .listsByChapter
        case (false, true): .listsByCountry
        case (true, true): .listsByChapterAndCountry
        }
    }

    private func group(_ cell: StatisticsCell) -> Group {
        Group(
            by: query.by.map { SeriesKey.Value(key: $0, code: $0.code(of: cell)) },
            month: cell.month)
    }

    /// Release times belong to lists, which have neither chapter nor country.
    private func timeGroup(_ cell: StatisticsCell) -> Group {
        let keys = query.by.filter { $0 == .direction || $0 == .mode || $0 == .customs }
        // Import and export are different series, and so are direct and bonded import.
        let needed = ([.direction, .mode] as [SeriesKey]).filter { !keys.contains($0) } + keys
        return Group(
            by: needed.map { SeriesKey.Value(key: $0, code: $0.code(of: cell)) },
            month: cell.month)
    }

    private mutating func addLines(_ cell: StatisticsCell, _ total: Total) {
        let key = group(cell)
        var sum = sums[key] ?? Sums()
        sums[key] = nil
        sum.lines += total.count
        sum.values[cell.currency, default: Total()] += total
        sum.quantities[cell.unit, default: Total()] += total
        if cell.kind == .lines {
            sum.unitValues[[cell.currency, cell.unit], default: Total()] += total
            let stratum = UnitValueIndex.Stratum(
                gcode: cell.gcode, country: cell.country, unit: cell.unit)
            let old = sum.strata[cell.currency]?[stratum]
            sum.strata[cell.currency, default: [:]][stratum] = UnitValueIndex.Amount(
                value: (old?.value ?? 0) + total.first,
                quantity: (old?.quantity ?? 0) + total.second)
        }
        sums[key] = sum
    }

    private static func add(_ count: Int64, _ cell: StatisticsCell, to times: inout Times) {
        if cell.minutes == StatisticsCell.withoutStart {
            times.withoutStart += count
            return
        }
        times.minutes[Int(cell.minutes), default: 0] += count
        if cell.wasHeld { times.held += count }
    }
}
