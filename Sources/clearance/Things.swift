import ClearanceEvents
import ClearanceLedger

/// Finds what a subject names, by any of its aliases.
struct Things {
    private let view: LedgerView

    init(_ ledger: Ledger) throws { view = try ledger.view() }

    init(_ view: LedgerView) { self.view = view }

    /// The consignments that a subject names.
    func consignments(_ subject: Subject) throws -> [Digest16] {
        try view.things(Consignments.self, subject: subject.text)
    }

    /// The enterprises, persons and cases that a subject names.
    func enterprises(_ subject: Subject) throws -> [Digest16] {
        try view.things(Enterprises.self, subject: subject.text)
    }

    /// The positions of all that was said about what a subject names, corrected or not.
    func history(of subject: Subject) throws -> [UInt64] {
        let trade = try view.history(Consignments.self, subject: subject.text)
        let registry = try view.history(Enterprises.self, subject: subject.text)
        return Set(trade).union(registry).sorted()
    }

    /// The events in force of everything that a subject names, in the order of the log.
    func events(of subject: Subject) throws -> [StoredEvent] {
        var found: [UInt64: StoredEvent] = [:]
        for thing in try consignments(subject) {
            for stored in try view.events(Consignments.self, thing: thing) {
                found[stored.position] = stored
            }
        }
        for thing in try enterprises(subject) {
            for stored in try view.events(Enterprises.self, thing: thing) {
                found[stored.position] = stored
            }
        }
        return found.values.sorted { $0.position < $1.position }
    }
}
