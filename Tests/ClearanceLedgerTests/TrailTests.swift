import ClearanceEvents
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("Texts that wait beside the log")
struct TrailTests {
    private let directory = TemporaryDirectory()

    @Test("A text comes back for whoever has the index key, a reader too", arguments: ["", "审计 7"])
    func opened(_ text: String) throws {
        let ledger = try directory.open(.sealed, key: nil)
        let sealed = try ledger.sealedForTrail(text)
        #expect(try ledger.openedFromTrail(sealed) == text)
        // Fresh bytes each time: one text is never known again by its look.
        #expect(try ledger.sealedForTrail(text) != sealed)
        try ledger.close()
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options(toy: true, key: nil))
        #expect(try reader.openedFromTrail(sealed) == text)
        #expect(try reader.openedFromTrail(try reader.sealedForTrail(text)) == text)
        try reader.close()
    }

    @Test("A change of any part, another key, and what was never sealed give nothing")
    func changed() throws {
        let ledger = try directory.open(.sealed)
        let sealed = Array(try ledger.sealedForTrail("PRIVATE-REASON"))
        for place in sealed.indices {
            var other = sealed
            other[place] = other[place] == "0" ? "1" : "0"
            #expect(try ledger.openedFromTrail(String(other)) == nil, "digit \(place)")
        }
        for text in ["", "00", "xyz", String(sealed.dropLast(2)), String(sealed.dropLast())] {
            #expect(try ledger.openedFromTrail(text) == nil, "\(text.count) digits")
        }
        let strange = TemporaryDirectory()
        let other = try strange.open(.sealed, key: [UInt8](repeating: 8, count: 16))
        #expect(try other.openedFromTrail(String(sealed)) == nil)
        try other.close()
        try ledger.close()
    }

    @Test("Without the index key nothing is sealed, and the failure says so")
    func keyless() throws {
        try directory.open(.sealed, key: nil).close()
        try FileManager.default.removeItem(atPath: directory.path + "/keys/index.key")
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options(toy: true, key: nil))
        let error = #expect(throws: LedgerError.self) { try reader.sealedForTrail("PRIVATE") }
        #expect(error?.code == .store && error?.description.contains("PRIVATE") == false)
        try reader.close()
    }
}
