import ClearanceEvents
import ClearanceLedger

/// The rows of a thing as they were: at an earlier position or time it may have had other names,
/// or have been several things that only later became one.
struct EarlierThings {
    /// One event of the thing with the keys that tie it.
    private struct Tie {
        let position: UInt64
        let time: Int64
        let isAsked: Bool
        let joins: [Digest16]
        let concerns: [Digest16]
    }

    private let view: LedgerView
    /// Keys of the subject's own name.
    private let named: [Digest16]
    private var ties: [Tie] = []

    /// Gathers the ties of everything that the subject names now. Cost: that of the thing.
    init<G: Grouping>(_ grouping: G.Type, _ subject: Subject, _ view: LedgerView, _ ledger: Ledger)
        throws
    {
        self.view = view
        let name = Array(subject.text.utf8)
        var sink = LinkSink()
        G.links(ofSubject: name.span, into: &sink)
        named = sink.links.filter { $0.role != .via }.map(\.key)
        var positions: Set<UInt64> = []
        for thing in try view.things(grouping, subject: subject.text) {
            positions.formUnion(try view.positions(grouping, thing: thing))
        }
        for position in positions.sorted() {
            try ledger.forEachEntry(from: position, through: position) { _, event in
                sink.clear()
                G.links(of: event, into: &sink)
                ties.append(
                    Tie(
                        position: position, time: event.time,
                        isAsked: Array(owning: event.subject) == name,
                        joins: sink.links.filter { $0.role == .joins }.map(\.key),
                        concerns: sink.links.filter { $0.role == .concerns }.map(\.key)))
                return false
            }
        }
    }

    /// What a fold made of the thing as known at a position and as of a time; empty rows are left
    /// out, and each thing is there once.
    func rows<F: KeyedFold>(
        _ fold: F, knownAt: UInt64 = .max, asOf: Int64 = .max
    ) throws -> [F.Row] {
        let seen = ties.filter { $0.position <= knownAt && $0.time <= asOf }
        var keys = unique(named + seen.flatMap(\.joins))
        var found = try rows(fold, keys, knownAt, asOf)
        if found.isEmpty {
            keys = unique(seen.filter(\.isAsked).flatMap(\.concerns))
            found = try rows(fold, keys, knownAt, asOf)
        }
        return found
    }

    private func rows<F: KeyedFold>(
        _ fold: F, _ keys: [Digest16], _ knownAt: UInt64, _ asOf: Int64
    ) throws -> [F.Row] {
        let empty = fold.begin()
        var found: [F.Row] = []
        for key in keys {
            let row = try view.refold(fold, thing: key, knownAt: knownAt, asOf: asOf)
            if row != empty, !found.contains(row) { found.append(row) }
        }
        return found
    }

    private func unique(_ keys: [Digest16]) -> [Digest16] {
        var seen: Set<Digest16> = []
        return keys.filter { seen.insert($0).inserted }
    }
}
