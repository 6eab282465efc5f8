import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

/// What is said, and what is kept, when a file of `keys/` is not what was written.
@Suite struct KeyDamageTests {
    private let directory = TemporaryDirectory()
    private let events = (1...20).map { People.order($0, consignee: "PRIVATE-TWO", at: $0) }

    private func filled() throws {
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(events, recordedAt: .input)
        try ledger.close()
    }

    private func verify(_ path: String? = nil) throws -> VerifyReport {
        try Ledger.verify(
            path ?? directory.path, options: TemporaryDirectory.options(toy: true, key: nil))
    }

    private func repair(_ target: TemporaryDirectory) throws -> RepairReport {
        try Ledger.repair(
            directory.path, to: target.path,
            options: TemporaryDirectory.options(toy: true, key: nil))
    }

    private func url(_ name: String) -> URL { URL(filePath: directory.path + "/keys/" + name) }

    private func flip(_ name: String, _ byte: Int) throws {
        var bytes = try Data(contentsOf: url(name))
        bytes[byte] ^= 1
        try bytes.write(to: url(name))
    }

    @Test("A flipped bit in a slot is told of the slots, and repair keeps every entry")
    func flippedSlot() throws {
        try filled()
        let sound = try verify()
        #expect(sound.isIntact && sound.entries == 20)
        // Slot 7 is that of the buyer's section of entry 4.
        try flip("slots", 7 * 32)
        let report = try verify()
        #expect(report.damage.map(\.file) == ["keys/slots"] && report.firstBad == 4)
        #expect(report.damage.first?.what == "the key of its buyer section does not open it")
        #expect(report.entries == 20 && report.root == sound.root && report.intact == [1...20])
        let target = TemporaryDirectory()
        let repaired = try repair(target)
        #expect(repaired.kept == 20 && repaired.isComplete && repaired.root == sound.root)
        #expect(repaired.damage == report.damage)
        let ledger = try target.open(.sealed, key: nil)
        #expect(try ledger.event(at: 4)?.withheld.buyer == .sealed)
        #expect(try ledger.event(at: 5) == events[4])
        try ledger.close()
    }

    @Test("Many slots that do not fit are told once, with the first entry and how many more")
    func foreignSlots() throws {
        try filled()
        for slot in 3...40 { try flip("slots", slot * 32 + 31) }
        let report = try verify()
        #expect(report.damage.count == 1 && report.firstBad == 2 && report.entries == 20)
        #expect(report.damage.first?.what.hasSuffix("with the same: 18") == true)
    }

    @Test("A slot that was never written is told; an erased one, and one too many, are not")
    func unwritten() throws {
        try filled()
        let slots = try SlotFile(directory.path + "/keys/slots", readOnly: false)
        try slots.write([UInt8](repeating: 9, count: 96).span, from: 41)
        try slots.erase([9])
        try ErasureLists(directory: directory.path).write(erased: [5])
        #expect(try verify().isIntact)
        try slots.write([UInt8](repeating: 0, count: 32).span, from: 12)
        let report = try verify()
        #expect(report.damage.map(\.file) == ["keys/slots"] && report.firstBad == 6)
        #expect(report.damage.first?.what == "the key of its consignee section was never written")
    }

    @Test("A wrong key of the marks is told once, also where the first entries are erased")
    func wrongIndexKey() throws {
        try filled()
        let slots = try SlotFile(directory.path + "/keys/slots", readOnly: false)
        try slots.erase([1, 2, 3])
        try ErasureLists(directory: directory.path).write(erased: [1, 2])
        try flip("index.key", 3)
        let report = try verify()
        #expect(report.damage.map(\.file) == ["keys/index.key"] && report.entries == 20)
        #expect(report.intact == [1...20])
    }

    /// What may become of the file of the slots.
    enum Loss: String, CaseIterable {
        case missing, empty, cut, header, zeros
    }

    @Test(
        "Slots that are gone, cut or no slots are told, with the first entry that needs them",
        arguments: Loss.allCases)
    func lostSlots(_ loss: Loss) throws {
        try filled()
        let root = try verify().root
        let bytes = try Data(contentsOf: url("slots"))
        try FileManager.default.removeItem(at: url("slots"))
        let left: Data? =
            switch loss {
            case .missing: nil
            case .empty: Data()
            case .cut: bytes.prefix(65)
            case .header: Data([bytes[0] ^ 1]) + bytes.dropFirst()
            case .zeros: Data(count: 1_024) + bytes.dropFirst(1_024)
            }
        try left?.write(to: url("slots"))
        let report = try verify()
        #expect(report.damage.map(\.file) == ["keys/slots"] && report.firstBad == 1)
        #expect(report.entries == 20 && report.root == root && report.hasKeys)
        let target = TemporaryDirectory()
        let repaired = try repair(target)
        #expect(repaired.isComplete && repaired.root == root && repaired.damage == report.damage)
        // What is left of the keys opens what it did: all, half or nothing.
        let ledger = try target.open(.sealed, key: nil)
        let readable = try ledger.events(limit: .max).filter { $0.event.withheld.isEmpty }.count
        #expect(readable == (loss == .header ? 20 : loss == .zeros ? 4 : 0))
        try ledger.close()
    }

    @Test("A ledger without any key is told as such, and is not damaged")
    func withoutKeys() throws {
        try filled()
        try FileManager.default.removeItem(at: url("slots"))
        try FileManager.default.removeItem(at: url("index.key"))
        let report = try verify()
        #expect(report.isIntact && !report.hasKeys && report.entries == 20)
        try Data(SlotFile.header + [UInt8](repeating: 0, count: 24)).write(to: url("slots"))
        #expect(try verify().damage.map(\.file) == ["keys/slots", "keys/index.key"])
    }

    @Test("Slots that were not made yet are no damage while no entry names one")
    func unmade() throws {
        let ledger = try directory.open(.sealed)
        _ = try ledger.append([People.day("2026-01-01")], recordedAt: .input)
        try ledger.close()
        try Data().write(to: url("slots"))
        #expect(try verify().isIntact)
        try FileManager.default.removeItem(at: url("slots"))
        #expect(try verify().isIntact)
        try directory.open(.sealed).close()
        try Data(repeating: 1, count: 64).write(to: url("slots"))
        #expect(try verify().damage.map(\.file) == ["keys/slots"])
    }

    private func open(_ key: [UInt8]? = nil) throws -> Ledger {
        try Ledger.open(
            directory.path, options: TemporaryDirectory.options(toy: true, key: key))
    }

    @Test("With a wrong key of the marks nothing is appended; with the right one all is known")
    func writingWithWrongKey() throws {
        try filled()
        try flip("index.key", 3)
        let error = #expect(throws: LedgerError.self) { try open() }
        #expect(error?.code == .damaged && error?.what.hasPrefix("keys/index.key is not") == true)
        // Whoever reads needs no marks made.
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options(toy: true, key: nil))
        #expect(try reader.event(at: 3) == events[2])
        try reader.close()
        try flip("index.key", 3)
        let other = #expect(throws: LedgerError.self) { try open([UInt8](repeating: 8, count: 16)) }
        #expect(other?.what.hasPrefix("the index key that was given") == true)
        let ledger = try open()
        #expect(
            try ledger.append(events, recordedAt: .input)
                == (1...20).map { .alreadyAppended(position: $0) })
        try ledger.close()
    }

    @Test("Which key made the marks is told by an entry that can be made again, if any can")
    func tellingEntry() throws {
        let ledger = try directory.open(.sealed)
        _ = try ledger.append([People.day("2026-01-01")], recordedAt: .input)
        for start in stride(from: 0, to: 100, by: 20) {
            let more = (start..<start + 20).map { People.order($0, at: $0) }
            _ = try ledger.append(more, recordedAt: .input)
        }
        try ledger.close()
        let sound = try Data(contentsOf: url("slots"))
        let slots = try SlotFile(directory.path + "/keys/slots", readOnly: false)
        try flip("index.key", 0)
        // All orders are erased: only the first entry tells.
        try slots.erase(Array(1...100))
        #expect(throws: LedgerError.self) { try open() }
        try sound.write(to: url("slots"))
        #expect(throws: LedgerError.self) { try open() }
        try flip("index.key", 0)
        try open().close()
    }

    @Test("Where every entry is erased no key can be told to be wrong, and none is refused")
    func nothingTells() throws {
        try filled()
        let slots = try SlotFile(directory.path + "/keys/slots", readOnly: false)
        try slots.erase(Array(1...40))
        try flip("index.key", 0)
        let ledger = try open()
        #expect(try ledger.position() > 0)
        try ledger.close()
    }

    @Test("Nothing is restored with the keys of another ledger")
    func foreignKeys() throws {
        let (folder, keys, target) = (
            TemporaryDirectory(), TemporaryDirectory(), TemporaryDirectory()
        )
        let options = TemporaryDirectory.options(toy: true, key: nil)
        var ledger = try open()
        _ = try ledger.append(events, recordedAt: .input)
        _ = try ledger.backUp(to: folder.path, keysTo: keys.path)
        try ledger.close()
        try FileManager.default.removeItem(atPath: directory.path)
        // Its own entries are sealed as well, under keys that fit none of the others.
        ledger = try open()
        _ = try ledger.append(Array(events.reversed()), recordedAt: .input)
        try ledger.close()
        let error = #expect(throws: LedgerError.self) {
            try Ledger.restore(
                from: folder.path, to: target.path, keysFrom: directory.path + "/keys",
                options: options)
        }
        #expect(error?.code == .damaged && error?.what.hasPrefix("keys/slots") == true)
        #expect(!FileManager.default.fileExists(atPath: target.path))
        let report = try Ledger.restore(
            from: folder.path, to: target.path, keysFrom: keys.path, options: options)
        #expect(report.position == 20)
    }
}
