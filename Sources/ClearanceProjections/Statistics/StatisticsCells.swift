import ClearanceEvents

/// What a consignment adds to the monthly cells (`specs/statistics.md`, what is counted).
enum StatisticsCells {
    static func add(_ row: ProcedureRow, into sink: inout TotalsSink) {
        guard row.steps.contains(where: { $0.kind == .released || $0.kind == .closed }) else {
            return
        }
        let state = row.state
        for attempt in state.attempts {
            guard let end = endPoint(of: attempt) else { continue }
            addLists(attempt, end, &sink)
            addLines(attempt, end, &sink)
            addTimes(attempt, state, end, &sink)
            addReturns(attempt, state, &sink)
        }
    }

    /// Import counts at the release, export at the closing (N2); an attempt that was rejected,
    /// cancelled or turned back does not count.
    static func endPoint(of attempt: ListAttempt) -> Int64? {
        guard !attempt.phase.isEnd, isRetail(attempt) else { return nil }
        return attempt.ieDirection == .export ? attempt.closedAt : attempt.releasedAt
    }

    /// Ordinary declarations and bonded lists belong to the scope `trade`, which is never added to
    /// `retail` (N1); receipts alone are a list's.
    private static func isRetail(_ attempt: ListAttempt) -> Bool {
        let form = attempt.paper?[.form] ?? ""
        return form.isEmpty || form == "list"
    }

    private static func cell(
        _ kind: StatisticsCell.Kind, _ attempt: ListAttempt, _ time: Int64
    ) -> StatisticsCell {
        var cell = StatisticsCell(
            kind: kind, month: Instant(microseconds: time).beijingDay.monthNumber)
        cell.direction = attempt.ieDirection
        cell.mode = attempt.paper?[.mode] ?? ""
        cell.customs = attempt.customs
        return cell
    }

    private static func chapter(_ line: ListPaper.Line) -> String { String(line.gcode.prefix(2)) }

    /// Import: the line's origin; export: the list's destination, else the line's.
    private static func country(_ line: ListPaper.Line, _ attempt: ListAttempt) -> String {
        guard attempt.ieDirection == .export, let head = attempt.paper?[.country], !head.isEmpty
        else { return line.country }
        return line.country.isEmpty ? head : line.country
    }

    private static func addLists(
        _ attempt: ListAttempt, _ time: Int64, _ sink: inout TotalsSink
    ) {
        sink.add(cell(.lists, attempt, time).bytes, Total(count: 1))
        // A list counts once in each of its chapters, countries and pairs of both.
        var seen: [[UInt8]] = []
        for line in attempt.paper?.lines ?? [] {
            var cell = cell(.listsByChapter, attempt, time)
            cell.chapter = chapter(line)
            count(cell, &seen, &sink)
            cell.kind = .listsByChapterAndCountry
            cell.country = country(line, attempt)
            count(cell, &seen, &sink)
            cell.kind = .listsByCountry
            cell.chapter = ""
            count(cell, &seen, &sink)
        }
    }

    private static func count(
        _ cell: StatisticsCell, _ seen: inout [[UInt8]], _ sink: inout TotalsSink
    ) {
        let bytes = cell.bytes
        guard !seen.contains(bytes) else { return }
        seen.append(bytes)
        sink.add(bytes, Total(count: 1))
    }

    private static func lineCell(
        _ kind: StatisticsCell.Kind, _ attempt: ListAttempt, _ line: ListPaper.Line, _ time: Int64
    ) -> StatisticsCell {
        var cell = cell(kind, attempt, time)
        cell.chapter = chapter(line)
        cell.country = country(line, attempt)
        cell.gcode = line.gcode
        // The statutory unit is what strata compare; a line without it falls back to its own.
        cell.unit = line.qty1 == nil ? line.unit : line.unit1
        cell.currency = line.currency
        return cell
    }

    private static func addLines(
        _ attempt: ListAttempt, _ time: Int64, _ sink: inout TotalsSink
    ) {
        for line in attempt.paper?.lines ?? [] {
            let value = Int128(line.totalPrice?.units ?? 0)
            let quantity = Int128((line.qty1 ?? line.qty)?.units ?? 0)
            let cell = lineCell(value == 0 ? .gifts : .lines, attempt, line, time)
            sink.add(cell.bytes, Total(count: 1, first: value, second: quantity))
        }
    }

    /// Three series that are never pooled (`specs/statistics.md`, release time).
    private static func addTimes(
        _ attempt: ListAttempt, _ state: ProcedureState, _ time: Int64, _ sink: inout TotalsSink
    ) {
        let bonded = ["1210", "1239"].contains(attempt.paper?[.mode] ?? "")
        let isExport = attempt.ieDirection == .export
        let start = isExport || !bonded ? state.arrivedAt : attempt.acceptedAt
        if let released = attempt.releasedAt {
            addTime(.releaseMinutes, attempt, start, released, &sink)
        }
        if isExport { addTime(.closingMinutes, attempt, start, time, &sink) }
    }

    private static func addTime(
        _ kind: StatisticsCell.Kind, _ attempt: ListAttempt, _ start: Int64?, _ end: Int64,
        _ sink: inout TotalsSink
    ) {
        var cell = cell(kind, attempt, end)
        cell.wasHeld = attempt.wasHeld
        cell.minutes = minutes(from: start, to: end)
        sink.add(cell.bytes, Total(count: 1))
    }

    /// Whole minutes, rounded up, so that at most 24 hours are at most 1440 minutes.
    static func minutes(from start: Int64?, to end: Int64) -> UInt32 {
        guard let start, start <= end else { return StatisticsCell.withoutStart }
        let minutes = (end - start + 59_999_999) / 60_000_000
        return UInt32(min(minutes, Int64(UInt32.max - 1)))
    }

    /// Returned goods are a series of their own in the month in which they arrived.
    private static func addReturns(
        _ attempt: ListAttempt, _ state: ProcedureState, _ sink: inout TotalsSink
    ) {
        guard let paper = attempt.paper else { return }
        for back in state.returns where state.refers(back.invt, to: attempt) {
            guard let time = back.arrivedAt else { continue }
            for (gnum, qty) in back.quantities.sorted(by: { $0.key < $1.key }) {
                guard let line = paper.lines.first(where: { $0.gnum == gnum }) else { continue }
                let cell = lineCell(.returned, attempt, line, time)
                sink.add(cell.bytes, share(Int128(qty.units), of: line))
            }
        }
    }

    /// The part of a line's value and statutory quantity that came back, in proportion.
    private static func share(_ qty: Int128, of line: ListPaper.Line) -> Total {
        let whole = Int128(line.qty?.units ?? 0)
        guard whole > 0 else { return Total(count: 1) }
        let value = Int128(line.totalPrice?.units ?? 0)
        let quantity = Int128((line.qty1 ?? line.qty)?.units ?? 0)
        return Total(
            count: 1, first: FixedPrinting.rounded(value * qty, whole),
            second: FixedPrinting.rounded(quantity * qty, whole))
    }
}
