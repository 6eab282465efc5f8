import ClearanceEvents
import ClearanceStore

extension Ledger {
    /// Compares the live tables of the projections with those that the log makes anew.
    ///
    /// Call it when the log is sound. Memory and cost are those of a replay.
    func stateDamage() throws(LedgerError) -> [VerifyReport.Damage] {
        let (stored, fits) = try projector.stored()
        let checkpoint = stored.position
        guard fits else {
            return [
                .init(
                    position: 0, file: "state/data.mdb",
                    what: "its tables end with an entry that the log has not at \(checkpoint)")
            ]
        }
        guard checkpoint > 0 else { return [] }
        let made = try projector.built(
            through: checkpoint, horizon: Horizon(position: checkpoint), keepingPostings: true)
        var found: [VerifyReport.Damage] = []
        for (table, name) in stored.schema.names.enumerated() {
            do throws(StoreError) {
                if try stored.hash(of: table) == made.hash(of: table) { continue }
                found.append(
                    .init(
                        position: 0, file: "state/data.mdb",
                        what: "table \(name) is not what the log makes"))
            } catch {
                found.append(
                    .init(
                        position: 0, file: "state/data.mdb",
                        what: "table \(name) cannot be read: \(error.what)"))
            }
        }
        return found
    }
}

extension LedgerView {
    /// The SHA-256 over the entries of a table, the checkpoint aside.
    fileprivate func hash(of table: Int) throws(StoreError) -> Hash256 {
        var hash = SHA256Hash()
        var frame = ByteWriter(capacity: 1 << 16)
        let from: [UInt8] = table == StateSchema.meta ? [Corrections.prefix] : []
        try state.forEach(table, from: from) { (key, value) in
            if table == StateSchema.meta, key.count != 17 || key[0] != Corrections.prefix {
                return true
            }
            frame.write(counted: key)
            frame.write(counted: value)
            if frame.count > 1 << 15 {
                hash.update(frame.bytes.span)
                frame.clear()
            }
            return true
        }
        hash.update(frame.bytes.span)
        return hash.value
    }
}

/// Looks at the files of `state/`, which may be lost: whoever writes makes them anew, whoever
/// reads answers from the log.
enum StateFiles {
    /// What is wrong with the pages; nothing when there is no state or it is not believed anyway.
    ///
    /// - Parameter environment: the state as it is open in this process: its newest commit is held,
    ///   so that its pages stay while somebody writes.
    static func damage(
        _ directory: String, open environment: Environment? = nil
    ) throws(LedgerError) -> [VerifyReport.Damage] {
        let isMarked = try storing { () throws(StoreError) in try StateMark.isDamaged(directory) }
        if isMarked {
            return [
                .init(
                    position: 0, file: "state/" + StateMark.name,
                    what: "it is not what was written, so that the tables are not believed")
            ]
        }
        guard Files.exists(directory + "/data.mdb") else { return [] }
        var pins = LogPins()
        if let environment { try pins.add(environment) }
        // The snapshot holds the pages of the commit that is looked at.
        defer { withExtendedLifetime(pins) {} }
        do throws(StoreError) {
            let report =
                if let pin = pins.pins[directory] {
                    try PageCheck.run(directory: directory, metas: pin.metas)
                } else {
                    try PageCheck().run(directory: directory)
                }
            return report.damage.map {
                .init(position: 0, file: "state/data.mdb", page: $0.page, what: $0.what)
            }
        } catch {
            return [
                .init(position: 0, file: "state/data.mdb", what: "it cannot be read: \(error.code)")
            ]
        }
    }

    /// Whether liblmdb can be trusted with the files.
    static func isUsable(_ directory: String) -> Bool {
        guard Files.exists(directory + "/data.mdb") else { return true }
        let check = PageCheck(effort: .bounded(pages: LedgerLimits.openingPages))
        return (try? check.run(directory: directory).isSound) ?? false
    }
}
