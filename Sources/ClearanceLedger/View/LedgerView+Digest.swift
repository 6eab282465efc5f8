import ClearanceEvents
import ClearanceStore

extension LedgerView {
    /// The SHA-256 over all rows and totals of all folds, in the order of names and keys, as 64
    /// hexadecimal digits: equal exactly when the answers are. Cost: one pass over the state.
    public func digest() throws(LedgerError) -> String {
        var hash = SHA256Hash()
        hash.update(Array(schema.signature.utf8).span)
        do {
            for group in schema.groups {
                for fold in group.folds.sorted(by: { $0.fold.name < $1.fold.name }) {
                    for table in [fold.rows, fold.totals] {
                        var frame = ByteWriter(capacity: 4_096)
                        frame.write(text: schema.names[table])
                        try state.forEach(table) { (key, value) in
                            frame.write(counted: key)
                            frame.write(counted: value)
                            if frame.count > 65_536 {
                                hash.update(frame.bytes.span)
                                frame.clear()
                            }
                            return true
                        }
                        hash.update(frame.bytes.span)
                    }
                }
            }
        } catch { throw LedgerError(error) }
        return hash.value.hexadecimal
    }
}
