import ClearanceEvents
import ClearanceStore

extension FactIndex {
    /// Looks up the entries of a group in memory, in the runs and, where these know of something,
    /// in the log. A run that is not as it was written is made anew first.
    @available(*, noasync)
    func lookUp(
        _ batch: EncodedBatch, _ group: Range<Int>, in core: inout Core
    ) throws(LedgerError) {
        for (place, index) in group.enumerated() {
            let identity = batch.identities[index]
            core.work.prefixes[place] = source.seed.prefix(identity.naturalKey)
            core.work.tags[place] = source.seed.tag(of: identity)
            core.work.first[place] = 0
            core.work.same[place] = 0
        }
        while true {
            do throws(StoreError) {
                try gather(group.count, in: &core)
                break
            } catch {
                try makeAnew(error, in: &core)
            }
        }
        if !core.work.hits.isEmpty { try settle(batch, group.lowerBound, in: &core) }
    }

    /// Has a damaged run made anew; throws any other failure.
    @available(*, noasync)
    func makeAnew(_ error: StoreError, in core: inout Core) throws(LedgerError) {
        guard error.code == .corrupted else { throw LedgerError(error) }
        try worker.rebuild(error.path)
        refresh(&core)
    }

    /// Collects what tables and runs know of the group's prefixes.
    private func gather(_ count: Int, in core: inout Core) throws(StoreError) {
        // Out of the core, so that the lists beside it may be lent meanwhile.
        var hits: [PrefixHit] = []
        swap(&hits, &core.work.hits)
        hits.removeAll(keepingCapacity: true)
        defer { swap(&hits, &core.work.hits) }
        let (facts, frozen) = (core.facts, core.frozen?.facts)
        facts.find(
            core.work.prefixes.span.extracting(..<count),
            tags: core.work.tags.span.extracting(..<count), into: &hits)
        frozen?.find(
            core.work.prefixes.span.extracting(..<count),
            tags: core.work.tags.span.extracting(..<count), into: &hits)
        for run in core.runs.facts {
            try run.file.find(
                core.work.prefixes.span.extracting(..<count),
                tags: core.work.tags.span.extracting(..<count), into: &hits)
        }
    }

    /// Asks the log about every hit, in the order of positions, as neighbours cost little.
    private func settle(
        _ batch: EncodedBatch, _ start: Int, in core: inout Core
    ) throws(LedgerError) {
        var isSorted = true
        for index in core.work.hits.indices.dropFirst()
        where core.work.hits[index].word < core.work.hits[index - 1].word {
            isSorted = false
            break
        }
        if !isSorted { core.work.hits.sort { $0.word < $1.word } }
        for hit in core.work.hits where hit.position <= core.covered {
            let place = hit.index
            let isWanted =
                hit.tag == core.work.tags[place]
                ? core.work.same[place] == 0 : core.work.first[place] == 0
            guard isWanted else { continue }
            let identity = batch.identities[start + place]
            guard let found = try self.identity(at: hit.position, in: &core),
                found.naturalKey == identity.naturalKey
            else {
                // Another key with the same 64 bits may hide behind it what is sought.
                let exact = try exactly(identity, in: &core, through: core.covered)
                core.work.first[place] = exact.first ?? 0
                core.work.same[place] = exact.same ?? 0
                continue
            }
            if core.work.first[place] == 0 { core.work.first[place] = hit.position }
            if found.content == identity.content { core.work.same[place] = hit.position }
        }
    }

    /// What the entry at a position is, asked of one reader as long as a plan lasts.
    private func identity(
        at position: UInt64, in core: inout Core
    ) throws(LedgerError) -> EntryIdentity? {
        if let reader = core.reader { return try reader.identity(at: position) }
        let reader = try source.log.reader()
        core.reader = reader
        return try reader.identity(at: position)
    }

    /// The first entry of a fact up to a position, and the one with the same content, looking at
    /// everything under its prefix.
    func exactly(
        _ identity: EntryIdentity, in core: inout Core, through end: UInt64
    ) throws(LedgerError) -> (first: UInt64?, same: UInt64?) {
        let words = try words(of: source.seed.prefix(identity.naturalKey), in: &core)
        var first: UInt64?
        for position in words.map({ $0 >> 24 }).sorted() where position <= end {
            guard let found = try self.identity(at: position, in: &core),
                found.naturalKey == identity.naturalKey
            else { continue }
            first = first ?? position
            if found.content == identity.content { return (first, position) }
        }
        return (first, nil)
    }

    /// Everything under a prefix. A run that is not as it was written is made anew first.
    private func words(
        of prefix: UInt64, in core: inout Core
    ) throws(LedgerError) -> [UInt64] {
        while true {
            refresh(&core)
            var words = core.facts.words(of: prefix)
            words += core.frozen?.facts.words(of: prefix) ?? []
            do throws(StoreError) {
                for run in core.runs.facts { words += try run.file.words(of: prefix) }
                return words
            } catch {
                try makeAnew(error, in: &core)
            }
        }
    }
}
