import ClearanceEvents
import ClearanceLedger

/// Turns the references that projections keep, halves of natural keys, into positions.
struct Evidence {
    /// Reference → positions, ascending.
    private(set) var positions: [UInt64: [UInt64]] = [:]

    /// Takes the events at these positions.
    mutating func add(_ listed: [UInt64], of ledger: Ledger) throws {
        for position in listed {
            try ledger.forEachEntry(from: position, through: position) { found, view in
                positions[view.identity.naturalKey.high, default: []].append(found)
                return false
            }
        }
    }
}
