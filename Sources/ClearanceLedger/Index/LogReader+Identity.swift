import ClearanceEvents
import ClearanceStore

extension LogReader {
    func identity(at position: UInt64) throws(LedgerError) -> EntryIdentity? {
        try storing { () throws(StoreError) in
            do throws(StoreError) {
                return try withEntry(position) { (bytes) throws(StoreError) in
                    try? EventView(bytes).identity
                }
            } catch {
                if error.code == .notFound { return nil }
                throw error
            }
        }
    }
}

extension EventLog {
    func identity(at position: UInt64) throws(LedgerError) -> EntryIdentity? {
        try reader().identity(at: position)
    }
}
