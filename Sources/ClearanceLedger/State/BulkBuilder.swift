import ClearanceEvents
import ClearanceStore

/// The tables of one position, made from the log in one go, in memory.
///
/// The same meaning as ``StateUpdater``, by another way: keys become small numbers, joins a
/// union-find, and every thing is folded once. Used for replay, for answers at an earlier position,
/// and when the live tables are far behind. Memory: about 100 bytes a link plus the rows.
struct BulkBuilder {
    let log: EventLog
    let schema: StateSchema
    let horizon: Horizon

    /// What a build gives: tables in the schema's order and how many events were read.
    struct Result: Sendable {
        var tables: [SortedTable]
        var corrections: Corrections
        var events: UInt64
    }

    /// Builds all tables through `end`; postings only when they will be kept.
    func build(through end: UInt64, keepingPostings: Bool) throws(LedgerError) -> Result {
        do {
            let reader = try log.reader()
            let corrections = try collectCorrections(reader, through: end)
            var tables = Array(repeating: SortedTable(), count: schema.names.count)
            let groups = schema.groups.filter {
                keepingPostings || !$0.definition.isIndexOnly
            }
            let scan = LinkScan(
                log: log, groupings: groups.map(\.definition.grouping),
                corrections: corrections, horizon: horizon)
            var scanned = try scan.run(through: end)
            for (index, group) in groups.enumerated() {
                let links = BulkLinks(scanned[index])
                scanned[index] = []
                if keepingPostings {
                    tables[group.direct] = links.postings(via: false)
                    tables[group.via] = links.postings(via: true)
                }
                if group.definition.isIndexOnly { continue }
                let things = BulkThings(links)
                tables[group.owner] = things.owners(links)
                try fold(things, of: group, into: &tables)
            }
            for target in corrections.byTarget.keys.sorted() {
                tables[StateSchema.meta].append(
                    [Corrections.prefix] + target.bytes,
                    Corrections.stored(corrections.byTarget[target] ?? []))
            }
            return Result(tables: tables, corrections: corrections, events: end)
        } catch let error as LedgerError {
            throw error
        } catch let error as StoreError {
            throw LedgerError(error)
        } catch {
            throw LedgerError(.damaged, "\(error)")
        }
    }

    private func collectCorrections(
        _ reader: LogReader, through end: UInt64
    ) throws(StoreError) -> Corrections {
        var corrections = Corrections()
        try reader.forEach(from: 1, through: end) { (position, bytes) throws(StoreError) in
            guard EventView.isCorrection(bytes) else { return true }
            guard let view = try? EventView(bytes) else {
                throw StoreError(.corrupted, "read the entry at position \(position)")
            }
            if let correction = view.correction {
                corrections.add(
                    .init(
                        position: position, envelope: view.envelopeKey,
                        reason: correction.reason), target: correction.target)
            }
            return true
        }
        return corrections
    }

    /// Folds every thing of a group, on two threads, each over a run of things in key order.
    private func fold(
        _ things: BulkThings, of group: StateSchema.Group, into tables: inout [SortedTable]
    ) throws(LedgerError) {
        let ranges = things.halves()
        let parts = try Parallel.map(ranges) { range throws(LedgerError) in
            try foldPart(things, range, of: group)
        }
        for (index, fold) in group.folds.enumerated() {
            var totals: [[UInt8]: Total] = [:]
            tables[fold.rows] = SortedTable(sorting: parts.map { $0.rows[index] })
            for part in parts {
                totals.merge(part.totals[index].cells) { (left, right) in
                    var sum = left
                    sum += right
                    return sum
                }
            }
            for cell in totals.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
                guard let total = totals[cell], !total.isEmpty else { continue }
                tables[fold.totals].append(cell, total.stored)
            }
        }
    }

    private struct Part: Sendable {
        var rows: [SortedTable]
        var totals: [TotalsSink]
    }

    private func foldPart(
        _ things: BulkThings, _ numbers: ArraySlice<Int>, of group: StateSchema.Group
    ) throws(LedgerError) -> Part {
        let reader = try log.reader()
        var part = Part(
            rows: Array(repeating: SortedTable(), count: group.folds.count),
            totals: Array(repeating: TotalsSink(), count: group.folds.count))
        var events = ThingEvents()
        for number in numbers {
            events.clear()
            for position in things.positions(number) {
                let fault = try storing { () throws(StoreError) in
                    try reader.withEntry(position) { (bytes) throws(StoreError) in
                        events.add(bytes, position: position)
                    }
                }
                if let fault { throw LedgerError(.damaged, "position \(position): \(fault)") }
            }
            events.sort()
            for (index, fold) in group.folds.enumerated() {
                let row = fold.fold.row(of: events, totals: &part.totals[index])
                if !row.isEmpty { part.rows[index].add(things.ids[number].bytes, row) }
            }
        }
        return part
    }
}
