import ClearanceEvents
import ClearanceStore

/// A thing as its links make it: its keys and the events that belong to it.
struct Thing: Sendable, Equatable {
    /// The smallest of its keys: the same whatever order the events came in.
    let id: Digest16
    let keys: [Digest16]
    /// Ascending.
    let positions: [UInt64]
}

/// Which events may be seen: as known at a position, as of a business time.
struct Horizon: Sendable, Equatable {
    var position: UInt64 = .max
    /// Microseconds; events that happened later are not seen.
    var time: Int64 = .max

    static let all = Horizon()
}

/// Finds things by closure over postings; derives everything from the links of the events.
struct ThingFinder {
    let reader: LogReader
    let grouping: any Grouping.Type
    let corrections: Corrections
    let horizon: Horizon
    /// Positions under a key: (table is via?, key).
    let postings: (Bool, Digest16) throws(StoreError) -> [UInt64]

    private var cache: [UInt64: [LinkSink.Link]] = [:]

    init(
        reader: LogReader, grouping: any Grouping.Type, corrections: Corrections,
        horizon: Horizon = .all,
        postings: @escaping (Bool, Digest16) throws(StoreError) -> [UInt64]
    ) {
        self.reader = reader
        self.grouping = grouping
        self.corrections = corrections
        self.horizon = horizon
        self.postings = postings
    }

    /// The links of an event; empty when it is left out or beyond the horizon.
    mutating func links(_ position: UInt64) throws(StoreError) -> [LinkSink.Link] {
        if let known = cache[position] { return known }
        var sink = LinkSink()
        if position <= horizon.position {
            try reader.withEntry(position) { (bytes) throws(StoreError) in
                guard let view = try? EventView(bytes) else {
                    throw StoreError(.corrupted, "read the entry at position \(position)")
                }
                if view.time <= horizon.time,
                    !corrections.leavesOut(view, knownAt: horizon.position)
                {
                    grouping.links(of: view, into: &sink)
                }
            }
        }
        cache[position] = sink.links
        return sink.links
    }

    /// The thing that holds a key; nil when no event in force has it.
    mutating func thing(of start: Digest16) throws(StoreError) -> Thing? {
        try thing(ofAll: [start])
    }

    /// The thing that would hold all of these keys if one event joined them.
    mutating func thing(ofAll starts: [Digest16]) throws(StoreError) -> Thing? {
        var keys = Set(starts)
        var frontier = starts
        var positions = Set<UInt64>()
        var vias = Set<Digest16>()
        while let key = frontier.popLast() {
            for position in try postings(false, key) where !positions.contains(position) {
                let links = try self.links(position)
                let joins = links.filter { $0.role == .joins }.map(\.key)
                let belongs =
                    joins.contains { keys.contains($0) }
                    || links.contains { $0.role == .concerns && keys.contains($0.key) }
                guard belongs else { continue }
                positions.insert(position)
                guard positions.count <= LedgerLimits.thingEvents else {
                    throw StoreError(
                        .tooLarge, "a thing has over \(LedgerLimits.thingEvents) events")
                }
                for link in links where link.role == .via { vias.insert(link.key) }
                guard joins.contains(where: { keys.contains($0) }) else { continue }
                for key in joins where keys.insert(key).inserted { frontier.append(key) }
            }
        }
        guard !positions.isEmpty else { return nil }
        for via in vias {
            for position in try postings(true, via) where !(try links(position)).isEmpty {
                positions.insert(position)
            }
        }
        guard let id = keys.min() else { return nil }
        return Thing(id: id, keys: keys.sorted(), positions: positions.sorted())
    }

    /// The keys whose things a `via` key reaches.
    mutating func keys(reachedVia via: Digest16) throws(StoreError) -> Set<Digest16> {
        var keys = Set<Digest16>()
        for position in try postings(true, via) {
            for link in try links(position) where link.role != .via { keys.insert(link.key) }
        }
        return keys
    }

    /// Copies the events of a thing, in canonical order.
    func load(_ thing: Thing, into events: inout ThingEvents) throws(StoreError) {
        events.clear()
        for position in thing.positions {
            let fault = try reader.withEntry(position) { (bytes) throws(StoreError) in
                events.add(bytes, position: position)
            }
            if let fault { throw StoreError(.corrupted, "position \(position): \(fault)") }
        }
        events.sort()
    }
}
