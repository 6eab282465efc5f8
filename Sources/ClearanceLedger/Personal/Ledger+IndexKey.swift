import ClearanceEvents
import ClearanceStore

extension Ledger {
    /// Entries that are looked at from either end of the log: erased ones do not tell.
    private static let tellingEntries: UInt64 = 64

    /// Refuses keys that are not those of the entries.
    ///
    /// What were appended under another key of the marks would be known by nobody: the same facts
    /// would come in again, for good. The newest entry that can be made again decides. Where none
    /// can, because the keys in their slots do not fit, the keys are of another ledger; where all
    /// are erased or their slots are empty, nothing is refused. Cost: one entry, about 5 µs; at
    /// most 128.
    static func checkIndexKey(
        of directory: String, options: LedgerOptions, log: LogReader
    ) throws(LedgerError) {
        let path = directory + "/keys/index.key"
        guard let bytes = options.indexKey ?? (try? Files.read(path, limit: 64)),
            let key = SipKey(bytes: bytes)
        else { return }
        let slots = try? SlotFile(directory + "/keys/slots", readOnly: true)
        var rebuild = EntryRebuild(indexKey: key, keys: slots)
        let end = try log.lastPosition()
        guard end > 0 else { return }
        let newest = (1...end).suffix(Int(tellingEntries)).reversed()
        let oldest = (1...end).prefix(Int(tellingEntries))
        var isForeign = false
        for position in Array(newest) + oldest {
            // What cannot be read is damage, which is not for here to tell.
            let found = try? log.withEntry(position) { entry -> EntryRebuild.Finding? in
                guard let view = try? EventView(entry) else { return nil }
                return try? rebuild.look(at: view)
            }
            guard let found else { continue }
            if found.fitsIndexKey == true { return }
            if found.fitsIndexKey == false {
                let which =
                    options.indexKey == nil ? "keys/index.key" : "the index key that was given"
                throw LedgerError(.damaged, "\(which) is not the key of the entries' marks")
            }
            if found.slots?.fault?.kind == .misfit { isForeign = true }
        }
        guard !isForeign else {
            throw LedgerError(.damaged, "keys/slots holds other keys than those of the entries")
        }
    }
}
