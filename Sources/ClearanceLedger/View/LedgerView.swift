public import ClearanceEvents
import ClearanceStore

/// The projections of a ledger at one position: what a question is asked of.
///
/// As of a business time or as known at an earlier position it is folded anew in memory, and the
/// cost is that of a replay; at the log's end it is the live tables with what they lack added.
/// For one thread at a time; it pins its snapshot, so do not keep it longer than the question.
public struct LedgerView: Sendable {
    /// The last position that the answers know.
    public let position: UInt64
    let horizon: Horizon
    let schema: StateSchema
    let reader: LogReader
    let state: OverlayState
    let corrections: Corrections
    let vault: Vault

    /// Calls `body` with every row of a fold, in the order of the things' ids, until it says no.
    ///
    /// Throws when a row cannot be read. Traps when the ledger has no such fold.
    public func forEachRow<F: KeyedFold>(
        of fold: F.Type, _ body: (Digest16, F.Row) -> Bool
    ) throws(LedgerError) {
        let table = self.fold(F.self).rows
        do {
            try state.forEach(table) { (key, value) throws(StoreError) in
                body(Digest16(bytes: key), try LedgerView.row(value, F.self))
            }
        } catch { throw LedgerError(error) }
    }

    /// The row of a thing; nil when it has none.
    public func row<F: KeyedFold>(
        of fold: F.Type, thing: Digest16
    ) throws(LedgerError) -> F.Row? {
        do {
            guard let bytes = try state.get(self.fold(F.self).rows, thing.bytes) else {
                return nil
            }
            return try LedgerView.row(bytes.span, F.self)
        } catch { throw LedgerError(error) }
    }

    /// Calls `body` with every total of a fold whose cell is not below `start`, in cell order.
    public func forEachTotal<F: KeyedFold>(
        of fold: F.Type, from start: [UInt8] = [], _ body: (Span<UInt8>, Total) -> Bool
    ) throws(LedgerError) {
        do {
            try state.forEach(self.fold(F.self).totals, from: start) { (key, value) in
                body(key, Total(stored: Array(copying: value)))
            }
        } catch { throw LedgerError(error) }
    }

    /// The ids of the things that a subject names, by any alias; empty for an unknown subject.
    public func things<G: Grouping>(
        _ grouping: G.Type, subject: String
    ) throws(LedgerError) -> [Digest16] {
        let group = self.group(G.self)
        var sink = LinkSink()
        let bytes = Array(subject.utf8)
        G.links(ofSubject: bytes.span, into: &sink)
        do {
            var finder = self.finder(group)
            var keys: Set<Digest16> = []
            for link in sink.links {
                if link.role == .via {
                    // What stands alone under its own key belongs to the others, if there are any.
                    let reached = try finder.keys(reachedVia: link.key)
                    keys.formUnion(reached.count > 1 ? reached.subtracting([link.key]) : reached)
                } else {
                    keys.insert(link.key)
                }
            }
            var ids: Set<Digest16> = []
            for key in keys {
                if let owner = try state.get(group.owner, key.bytes) {
                    ids.insert(Digest16(bytes: owner.span))
                }
            }
            return ids.sorted()
        } catch { throw LedgerError(error) }
    }

    /// The positions of a thing's events in force, ascending.
    public func positions<G: Grouping>(
        _ grouping: G.Type, thing: Digest16
    ) throws(LedgerError) -> [UInt64] {
        do {
            var finder = self.finder(group(G.self))
            return try finder.thing(of: thing)?.positions ?? []
        } catch { throw LedgerError(error) }
    }

    /// The positions of everything said about a subject and what is one thing with it, ascending:
    /// also what was corrected since, and what only cancels another event.
    ///
    /// For an auditor, who asks what was said and not what holds. Cost: that of the things.
    public func history<G: Grouping>(
        _ grouping: G.Type, subject: String
    ) throws(LedgerError) -> [UInt64] {
        let group = self.group(G.self)
        var sink = LinkSink()
        let bytes = Array(subject.utf8)
        G.links(ofSubject: bytes.span, into: &sink)
        var keys = Set(sink.links.filter { $0.role != .via }.map(\.key))
        var found: Set<UInt64> = []
        let ids = try things(grouping, subject: subject)
        do {
            var finder = self.finder(group)
            for id in ids {
                guard let thing = try finder.thing(of: id) else { continue }
                keys.formUnion(thing.keys)
                found.formUnion(thing.positions)
            }
            for key in keys { found.formUnion(try state.positions(group.direct, key)) }
            var vias = Set(sink.links.filter { $0.role == .via }.map(\.key))
            for position in found {
                try reader.withEntry(position) { (bytes) throws(StoreError) in
                    guard let view = try? EventView(bytes) else { return }
                    sink.clear()
                    G.links(of: view, into: &sink)
                    for link in sink.links where link.role == .via { vias.insert(link.key) }
                }
            }
            for via in vias { found.formUnion(try state.positions(group.via, via)) }
        } catch { throw LedgerError(error) }
        return found.filter { $0 <= horizon.position }.sorted()
    }

    /// A thing's events in force, in canonical order.
    public func events<G: Grouping>(
        _ grouping: G.Type, thing: Digest16
    ) throws(LedgerError) -> [StoredEvent] {
        var found: [(CanonicalOrder, StoredEvent)] = []
        var opener = vault.opener
        for position in try positions(grouping, thing: thing) {
            do {
                let order = try reader.withEntry(position) { (bytes) throws(StoreError) in
                    try? EventView(bytes).order
                }
                if let order { found.append((order, try reader.stored(position, by: &opener))) }
            } catch let error as LedgerError {
                throw error
            } catch { throw LedgerError(.damaged, "position \(position): \(error)") }
        }
        return found.sorted { $0.0 < $1.0 }.map(\.1)
    }

    /// What a fold makes of a thing's events as known at a position and as of a time, folded from
    /// its postings alone. Cost: that of the thing, whatever the length of the log.
    public func refold<F: KeyedFold>(
        _ fold: F, thing: Digest16, knownAt: UInt64 = .max, asOf: Int64 = .max
    ) throws(LedgerError) -> F.Row {
        do {
            var finder = self.finder(
                group(F.Group.self),
                horizon: Horizon(
                    position: min(knownAt, horizon.position), time: min(asOf, horizon.time)))
            var events = ThingEvents()
            if let found = try finder.thing(of: thing) { try finder.load(found, into: &events) }
            return events.folded(by: fold)
        } catch { throw LedgerError(error) }
    }

    func group(_ grouping: any Grouping.Type) -> StateSchema.Group {
        guard let group = schema.groups.first(where: { $0.definition.grouping == grouping })
        else { preconditionFailure("the ledger has no grouping \(grouping.name)") }
        return group
    }

    func finder(_ group: StateSchema.Group, horizon: Horizon? = nil) -> ThingFinder {
        let state = self.state
        return ThingFinder(
            reader: reader, grouping: group.definition.grouping, corrections: corrections,
            horizon: horizon ?? self.horizon
        ) { (isVia, key) throws(StoreError) in
            try state.positions(isVia ? group.via : group.direct, key)
        }
    }

    private func fold<F: KeyedFold>(_ fold: F.Type) -> StateSchema.Fold {
        guard let found = schema.fold(F.name) else {
            preconditionFailure("the ledger has no fold \(F.name)")
        }
        return found
    }

    private static func row<F: KeyedFold>(
        _ bytes: Span<UInt8>, _ fold: F.Type
    ) throws(StoreError) -> F.Row {
        var reader = ByteReader(bytes)
        do { return try F.Row(from: &reader) } catch {
            throw StoreError(.corrupted, "a row of \(F.name): \(error)")
        }
    }
}
