import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

/// What is said when a list of erasures is not what was written.
@Suite struct ErasureListTests {
    private let directory = TemporaryDirectory()
    private let options = TemporaryDirectory.options(toy: true, key: nil)

    private func open() throws -> Ledger {
        try Ledger.open(directory.path, options: options)
    }

    private func verify(_ path: String? = nil) throws -> VerifyReport {
        try Ledger.verify(path ?? directory.path, options: options)
    }

    private func url(_ name: String) -> URL { URL(filePath: directory.path + "/keys/" + name) }

    /// Two entries of one person were erased, one waits for its day.
    private func erased() throws {
        let ledger = try directory.open(.sealed)
        var payment = Toy.payment(1, of: 1, at: 3, "10")
        payment.data["payerIdNumber"] = .text(People.one)
        _ = try ledger.append(
            [People.order(1), People.order(2), payment, People.order(3, id: People.other)],
            recordedAt: .input)
        _ = try ledger.erase(
            idNumber: People.one, asOf: CivilDay("2029-06-01"), recordedAt: .input)
        #expect(ledger.scheduledErasures.map(\.due) == [CivilDay("2036-01-01")])
        try ledger.close()
    }

    @Test(
        "Any bit of the lists of erasures that is flipped is told, and turns a writer away",
        arguments: ErasureLists.Name.allCases)
    func flippedList(_ name: ErasureLists.Name) throws {
        try erased()
        #expect(try verify().isIntact)
        let bytes = try Data(contentsOf: url(name.rawValue))
        for bit in 0..<(bytes.count * 8) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            try changed.write(to: url(name.rawValue))
            let lists = ErasureLists(directory: directory.path)
            let error = #expect(throws: StoreError.self, "bit \(bit)") {
                if name == .erased { _ = try lists.erased() } else { _ = try lists.wishes() }
            }
            #expect(error?.path == url(name.rawValue).path())
            guard bit % 97 == 0 else { continue }
            #expect(try verify().damage.map(\.file) == ["keys/\(name.rawValue)"], "bit \(bit)")
            let refused = #expect(throws: LedgerError.self) { try open() }
            #expect(refused?.code == .damaged && refused?.store?.path == error?.path)
        }
    }

    @Test(
        "A list of erasures that is missing is told, and repair makes a ledger that can be written",
        arguments: ErasureLists.Name.allCases)
    func missingList(_ name: ErasureLists.Name) throws {
        try erased()
        try FileManager.default.removeItem(at: url(name.rawValue))
        let report = try verify()
        #expect(report.damage.map(\.file) == ["keys/\(name.rawValue)"] && report.entries == 5)
        #expect(report.damage.first?.what == "it is missing")
        #expect(throws: LedgerError.self) { try open() }
        let target = TemporaryDirectory()
        let repaired = try Ledger.repair(directory.path, to: target.path, options: options)
        #expect(repaired.isComplete && repaired.damage == report.damage)
        #expect(try verify(target.path).isIntact)
        let ledger = try target.open(.sealed, key: nil)
        #expect(ledger.scheduledErasures.count == (name == .erased ? 1 : 0))
        let outcomes = try ledger.append(
            [People.order(1), People.order(3, id: People.other)],
            recordedAt: .input)
        #expect(
            outcomes == [.alreadyAppendedErased(position: 1), .alreadyAppended(position: 4)])
        try ledger.close()
    }

    @Test("The list of what was erased is compared with the slots")
    func comparedList() throws {
        try erased()
        let lists = ErasureLists(directory: directory.path)
        #expect(try lists.erased() == [1, 2])
        try lists.write(erased: [1, 2, 4])
        #expect(try verify().damage.map(\.what) == ["it names an entry whose key is there"])
        #expect(try verify().firstBad == 4)
        // Positions behind the end are of a log that was restored to an earlier time.
        try lists.write(erased: [1, 2, 400])
        #expect(try verify().isIntact)
        // While a wish stands, it may be the one that a crash interrupted.
        try lists.write(erased: [1])
        #expect(try verify().isIntact)
        try lists.write(wishes: [])
        #expect(try verify().damage.map(\.what) == ["it does not name an entry that was erased"])
        #expect(try verify().firstBad == 2)
    }
}
