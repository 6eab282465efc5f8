import ClearanceEvents
import ClearanceStore

/// Brings the tables from one position to a later one, touching only the things that changed.
///
/// Every dirty thing is found anew from its links and folded whole: late facts, corrections, joins
/// and splits need no case of their own (`specs/decisions/0004-folds.md`).
struct StateUpdater {
    private let reader: LogReader
    private let schema: StateSchema
    private(set) var overlay: OverlayState
    private(set) var corrections: Corrections
    private var targets: Set<Digest16> = []

    init(
        reader: LogReader, schema: StateSchema, overlay: OverlayState, corrections: Corrections
    ) {
        self.reader = reader
        self.schema = schema
        self.overlay = overlay
        self.corrections = corrections
    }

    /// Takes in the entries from `start` through `end`.
    mutating func update(from start: UInt64, through end: UInt64) throws(LedgerError) {
        try storing { () throws(StoreError) in
            var fresh = Array(repeating: FreshLinks(), count: schema.groups.count)
            try scan(from: start, through: end, into: &fresh)
            let corrected = try correctedPositions(through: end)
            for (index, group) in schema.groups.enumerated() {
                try addPostings(fresh[index], of: group)
                if group.definition.isIndexOnly { continue }
                try refold(group, seeds: fresh[index], corrected: corrected, through: end)
            }
        }
    }

    /// The links that new entries brought, by key.
    private struct FreshLinks {
        var direct: [Digest16: [UInt64]] = [:]
        var via: [Digest16: [UInt64]] = [:]
    }

    private mutating func scan(
        from start: UInt64, through end: UInt64, into fresh: inout [FreshLinks]
    ) throws(StoreError) {
        var sink = LinkSink()
        var found: [(Digest16, Corrections.Entry)] = []
        let groups = schema.groups
        try reader.forEach(from: start, through: end) { (position, bytes) throws(StoreError) in
            guard let view = try? EventView(bytes) else {
                throw StoreError(.corrupted, "read the entry at position \(position)")
            }
            if let correction = view.correction {
                found.append(
                    (
                        correction.target,
                        Corrections.Entry(
                            position: position, envelope: view.envelopeKey,
                            reason: correction.reason)
                    ))
            }
            for (index, group) in groups.enumerated() {
                sink.clear()
                group.definition.grouping.links(of: view, into: &sink)
                for link in sink.links {
                    if link.role == .via {
                        fresh[index].via[link.key, default: []].append(position)
                    } else {
                        fresh[index].direct[link.key, default: []].append(position)
                    }
                }
            }
            return true
        }
        for (target, entry) in found {
            corrections.add(entry, target: target)
            targets.insert(target)
            overlay.set(
                StateSchema.meta, [Corrections.prefix] + target.bytes,
                Corrections.stored(corrections.byTarget[target] ?? []))
        }
    }

    /// Where the newly corrected events stand, and those that they had corrected themselves.
    ///
    /// Corrections are rare, so their targets are looked for in one pass over the log.
    private mutating func correctedPositions(
        through end: UInt64
    ) throws(StoreError) -> [UInt64] {
        guard !targets.isEmpty else { return [] }
        var wanted = targets
        targets = []
        var positions = Set<UInt64>()
        while !wanted.isEmpty {
            var next = Set<Digest16>()
            try reader.forEach(from: 1, through: end) { (position, bytes) in
                if let view = try? EventView(bytes), wanted.contains(view.envelopeKey),
                    positions.insert(position).inserted, let own = view.correction
                {
                    next.insert(own.target)
                }
                return true
            }
            wanted = next
        }
        return positions.sorted()
    }

    private mutating func addPostings(
        _ fresh: FreshLinks, of group: StateSchema.Group
    ) throws(StoreError) {
        for (table, links) in [(group.direct, fresh.direct), (group.via, fresh.via)] {
            for (key, positions) in links {
                let bytes = key.bytes
                let stored = try overlay.get(table, bytes)
                overlay.set(table, bytes, try StateUpdater.posting(stored, adding: positions))
            }
        }
    }

    private static func posting(
        _ stored: [UInt8]?, adding positions: [UInt64]
    ) throws(StoreError) -> [UInt8] {
        guard let stored else { return Posting.encode(positions) }
        do { return try Posting.appending(positions, to: stored) } catch {
            throw StoreError(.corrupted, "postings: \(error)")
        }
    }

    private mutating func refold(
        _ group: StateSchema.Group, seeds fresh: FreshLinks, corrected: [UInt64],
        through end: UInt64
    ) throws(StoreError) {
        let view = overlay
        var finder = ThingFinder(
            reader: reader, grouping: group.definition.grouping, corrections: corrections,
            horizon: Horizon(position: end)
        ) { (isVia, key) throws(StoreError) in
            try view.positions(isVia ? group.via : group.direct, key)
        }
        var seeds = Set(fresh.direct.keys)
        for via in fresh.via.keys { seeds.formUnion(try finder.keys(reachedVia: via)) }
        seeds.formUnion(try keys(ofCorrected: corrected, of: group, finder: &finder))
        var done = Set<Digest16>()
        var change = GroupChange(folds: group.folds.count)
        var events = ThingEvents()
        for seed in seeds.sorted() where !done.contains(seed) {
            let thing = try finder.thing(of: seed)
            let keys = thing?.keys ?? [seed]
            done.formUnion(keys)
            for key in keys {
                if let owner = try overlay.get(group.owner, key.bytes) {
                    change.old.insert(owner)
                }
                overlay.set(group.owner, key.bytes, thing?.id.bytes)
            }
            guard let thing else { continue }
            try finder.load(thing, into: &events)
            for (index, fold) in group.folds.enumerated() {
                change.rows[index][thing.id.bytes] = fold.fold.row(of: events)
            }
        }
        try apply(change, to: group)
    }

    /// The keys that a corrected event had: each may now hold a thing of its own.
    private func keys(
        ofCorrected positions: [UInt64], of group: StateSchema.Group, finder: inout ThingFinder
    ) throws(StoreError) -> Set<Digest16> {
        var keys = Set<Digest16>()
        for position in positions {
            var sink = LinkSink()
            try reader.withEntry(position) { (bytes) throws(StoreError) in
                if let view = try? EventView(bytes) {
                    group.definition.grouping.links(of: view, into: &sink)
                }
            }
            for link in sink.links {
                if link.role == .via {
                    keys.formUnion(try finder.keys(reachedVia: link.key))
                } else {
                    keys.insert(link.key)
                }
            }
        }
        return keys
    }

    /// The rows that a batch of changed things leaves, and the things that were there before.
    ///
    /// Old rows go before new ones come: a thing that splits leaves one of its parts its id.
    private struct GroupChange {
        var old: Set<[UInt8]> = []
        /// By fold: thing → row, empty for a row that is that of no events.
        var rows: [[[UInt8]: [UInt8]]]

        init(folds: Int) { rows = Array(repeating: [:], count: folds) }
    }

    private mutating func apply(
        _ change: GroupChange, to group: StateSchema.Group
    ) throws(StoreError) {
        for (index, fold) in group.folds.enumerated() {
            let rows = change.rows[index]
            for id in change.old.union(rows.keys) {
                let before = try overlay.get(fold.rows, id)
                let after = rows[id].flatMap { $0.isEmpty ? nil : $0 }
                guard before != after else { continue }
                if let before { try add(before, of: fold, sign: -1) }
                if let after { try add(after, of: fold, sign: 1) }
                overlay.set(fold.rows, id, after)
            }
        }
    }

    private mutating func add(
        _ row: [UInt8], of fold: StateSchema.Fold, sign: Int
    ) throws(StoreError) {
        var sink = TotalsSink()
        do { try fold.fold.totals(of: row, into: &sink) } catch {
            throw StoreError(.corrupted, "a row of \(fold.fold.name): \(error)")
        }
        for (cell, change) in sink.cells {
            var total = Total(stored: try overlay.get(fold.totals, cell))
            if sign > 0 { total += change } else { total -= change }
            overlay.set(fold.totals, cell, total.isEmpty ? nil : total.stored)
        }
    }
}
