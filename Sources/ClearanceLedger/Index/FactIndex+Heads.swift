import ClearanceEvents
import ClearanceStore

extension FactIndex {
    /// The first condition that does not hold, with the position of the newest entry about it.
    @available(*, noasync)
    func firstFailing(
        _ conditions: [ConditionKey], in core: inout Core
    ) throws(LedgerError) -> RequestPlan.Failure? {
        for (index, condition) in conditions.enumerated() {
            let newest = try newest(condition, in: &core)
            if newest > condition.after {
                return RequestPlan.Failure(newest: newest, about: index)
            }
        }
        return nil
    }

    /// The position of the newest entry about something, what was planned included; at most
    /// `after` when there is none above it.
    ///
    /// A position that is not above `after` decides by itself: the table can only be too high,
    /// where two keys share 88 bits. Above, the entry is looked at.
    @available(*, noasync)
    private func newest(
        _ condition: ConditionKey, in core: inout Core
    ) throws(LedgerError) -> UInt64 {
        let position = try lastPosition(of: condition.key, in: &core)
        guard position > condition.after, position <= core.covered else { return position }
        if try isAbout(condition.key, position) { return position }
        var newest = condition.after
        for lower in ((condition.after + 1)..<position).reversed()
        where try isAbout(condition.key, lower) {
            newest = lower
            break
        }
        return newest
    }

    @available(*, noasync)
    private func lastPosition(
        of key: Digest16, in core: inout Core
    ) throws(LedgerError) -> UInt64 {
        let (prefix, tag) = (source.seed.prefix(key), source.seed.tag(ofHead: key))
        var position = core.heads.position(of: prefix, tag: tag)
        if position == 0, let frozen = core.frozen {
            position = frozen.heads.position(of: prefix, tag: tag)
        }
        while position == 0 {
            do throws(StoreError) {
                // Runs follow one another, so the first hit from behind is the newest.
                for run in core.runs.heads.reversed() where position == 0 {
                    position = try run.file.position(of: prefix, tag: tag)
                }
                break
            } catch {
                try makeAnew(error, in: &core)
            }
        }
        return position
    }

    /// Whether the entry at a position is about something.
    private func isAbout(_ key: Digest16, _ position: UInt64) throws(LedgerError) -> Bool {
        let reader = try source.log.reader()
        let fields = source.fields
        return try storing { () throws(StoreError) in
            try reader.withEntry(position) { (bytes) throws(StoreError) in
                guard let view = try? EventView(bytes) else {
                    throw StoreError(.corrupted, "read an entry without its header")
                }
                var keys: [Digest16] = []
                fields.add(view, to: &keys)
                return keys.contains(key)
            }
        }
    }
}
