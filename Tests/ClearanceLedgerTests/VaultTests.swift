import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite struct VaultTests {
    private let events = (1...20).map { People.order($0, consignee: "PRIVATE-TWO", at: $0) }

    private func readBack(_ ledger: Ledger) throws -> [Event] {
        try ledger.events(limit: .max).map(\.event)
    }

    @Test("A sealed ledger gives back what was appended, before and after a reopening")
    func readBack() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        #expect(ledger.sealing == .sealed && ledger.hasKeys)
        let outcomes = try ledger.append(events, recordedAt: .input)
        #expect(outcomes == (1...20).map { .appended(position: UInt64($0)) })
        #expect(try readBack(ledger) == events)
        #expect(try ledger.view().streamEvents(of: "order:E/7").map(\.event) == [events[6]])
        try ledger.close()
        let again = try directory.open(.sealed)
        #expect(try readBack(again) == events)
        #expect(try again.event(at: 20) == events[19])
        try again.close()
    }

    @Test("Sealing is decided when the ledger is made and never by a later opening")
    func decided() throws {
        let directory = TemporaryDirectory()
        try directory.open(.clear).close()
        let again = try directory.open(.sealed)
        #expect(again.sealing == .clear)
        _ = try again.append(events, recordedAt: .input)
        try again.close()
        #expect(!(try directory.holding("PRIVATE-NOTE-7")).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: directory.path + "/keys/slots"))
    }

    @Test("No file of a sealed ledger holds personal text, and only the slots hold keys")
    func plainText() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(events, recordedAt: .input)
        _ = try ledger.project()
        try ledger.close()
        #expect(try directory.holding("PRIVATE") == [])
        #expect(try directory.holding(People.one) == [])
        let slots = try SlotFile(directory.path + "/keys/slots", readOnly: true)
        guard case .key(let key) = try slots.state(of: 1) else {
            Issue.record("slot 1 holds no key")
            return
        }
        #expect(try directory.holding(key) == ["keys/slots"])
        #expect(try slots.state(of: 41) == .unwritten)
        #expect(try slots.state(of: 1 << 60) == .unwritten)
        #expect(try slots.lastUsed(above: 0) == 40)
    }

    @Test("Equal events have equal identities, whatever keys seal them")
    func duplicates() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        let twice = try ledger.append([events[0], events[0], events[1]], recordedAt: .input)
        #expect(
            twice == [
                .appended(position: 1), .alreadyAppended(position: 1), .appended(position: 2),
            ])
        #expect(
            try ledger.append(events, recordedAt: .input).prefix(2)
                == [.alreadyAppended(position: 1), .alreadyAppended(position: 2)])
        #expect(try readBack(ledger) == events)
        try ledger.close()
    }

    @Test("Slots that a crash left unused are stepped over", arguments: [0, 1, 2_047, 2_500])
    func unused(_ count: Int) throws {
        let directory = TemporaryDirectory()
        var ledger = try directory.open(.sealed)
        _ = try ledger.append(Array(events[..<10]), recordedAt: .input)
        try ledger.close()
        do {
            // What a commit leaves behind whose log was never flushed.
            let slots = try SlotFile(directory.path + "/keys/slots", readOnly: false)
            let keys = [UInt8](repeating: 9, count: count * SlotFile.slotBytes)
            try slots.write(keys.span, from: 21)
        }
        ledger = try directory.open(.sealed)
        _ = try ledger.append(Array(events[10...]), recordedAt: .input)
        #expect(try readBack(ledger) == events)
        try ledger.forEachEntry(from: 11) { _, view in
            let slot = view.slot(of: .buyer)
            #expect(slot == UInt64(21 + count))
            return false
        }
        try ledger.close()
    }

    @Test("A ciphertext opens in its own entry and section only, and with its own key only")
    func bound() throws {
        var sealer = VaultSealer()
        let plain = Array("PRIVATE".utf8)
        let one = EntryIdentity(
            naturalKey: Digest16(high: 1, low: 2), content: Digest16(high: 3, low: 4))
        let two = EntryIdentity(
            naturalKey: Digest16(high: 1, low: 2), content: Digest16(high: 3, low: 5))
        var writer = ByteWriter()
        writer.write(raw: plain)
        sealer.seal(.buyer, of: one, from: 0, in: &writer)
        sealer.placed(.buyer, at: 0)
        let directory = TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: directory.path, withIntermediateDirectories: true)
        let slots = try SlotFile(directory.path + "/slots", readOnly: false)
        try slots.write(sealer.seals.keys.span, from: 1)
        try slots.write([UInt8](repeating: 1, count: 32).span, from: 2)
        let sealed = Array(writer.bytes[8...])
        #expect(sealed.count == plain.count + 16)
        func open(
            _ section: Section, _ identity: EntryIdentity, _ slot: UInt64, _ bytes: [UInt8]
        ) -> OpenedSection {
            var opener = VaultOpener(slots)
            return opener.open(section, of: identity, slot: slot, sealed: bytes.span)
        }
        #expect(open(.buyer, one, 1, sealed) == .plain(plain))
        #expect(open(.consignee, one, 1, sealed) == .withheld(.sealed))
        #expect(open(.buyer, two, 1, sealed) == .withheld(.sealed))
        #expect(open(.buyer, one, 2, sealed) == .withheld(.sealed))
        #expect(open(.buyer, one, 3, sealed) == .withheld(.sealed))
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(open(.buyer, one, 1, changed) == .withheld(.sealed), "byte \(index)")
        }
        try slots.erase([1])
        #expect(open(.buyer, one, 1, sealed) == .withheld(.erased))
    }

    @Test(
        "A ledger opened without its keys replays to the same digest and reads sealed",
        arguments: ["slots", "all"])
    func keyless(_ what: String) throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed, key: nil)
        _ = try ledger.append(events + [Toy.payment(1, of: 1, at: 30, "10")], recordedAt: .input)
        _ = try ledger.project()
        let digest = try ledger.replay().digest
        try ledger.close()
        try FileManager.default.removeItem(
            atPath: directory.path + (what == "all" ? "/keys" : "/keys/slots"))
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options(toy: true, key: nil))
        #expect(!reader.hasKeys)
        let report = try reader.replay()
        #expect(report.digest == digest && report.isIdentical == true)
        let event = try #require(try reader.event(at: 1))
        #expect(event.reading(of: "buyerName") == .withheld(.sealed))
        #expect(event.reading(of: "orderNo") == .text("1"))
        #expect(try reader.event(at: 21)?.withheld.isEmpty == true)
        try reader.close()
    }

    @Test("Two ledgers with one index key have equal digests, whatever they seal with")
    func digests() throws {
        var digests: Set<String> = []
        for sealing in [Sealing.sealed, .sealed, .clear] {
            let directory = TemporaryDirectory()
            let ledger = try directory.open(sealing)
            _ = try ledger.append(events, recordedAt: .input)
            digests.insert(try ledger.replay().digest)
            try ledger.close()
        }
        #expect(digests.count == 1)
    }

    @Test("A foreign file in the place of the slots is refused to a writer and no key to a reader")
    func foreign() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(events, recordedAt: .input)
        try ledger.close()
        try Data(repeating: 65, count: 4_096).write(
            to: URL(filePath: directory.path + "/keys/slots"))
        #expect(throws: LedgerError.self) { try directory.open(.sealed) }
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options(toy: true))
        #expect(!reader.hasKeys)
        #expect(try reader.event(at: 3)?.withheld.buyer == .sealed)
        try reader.close()
    }

    @Test("Slots whose first write was lost with the power are made again, all else is refused")
    func cutOff() throws {
        let directory = TemporaryDirectory()
        let path = directory.path
        try Files.makeDirectory(path)
        let whole = SlotFile.header + [UInt8](repeating: 0, count: 24)
        for count in [0, 1, 31, 32] {
            let file = path + "/zeros-\(count)"
            try Files.writeAtomically(file, [UInt8](repeating: 0, count: count).span)
            #expect(throws: StoreError.self) { try SlotFile(file, readOnly: true) }
            _ = try SlotFile(file, readOnly: false)
            #expect(try Files.read(file, limit: 64) == whole)
        }
        // Behind slot 0 a key may have been erased; and what is no zero is somebody's.
        let others: [[UInt8]] = [
            [UInt8](repeating: 0, count: 33), [1], Array(whole.dropLast()),
            [UInt8](repeating: 2, count: 32),
        ]
        for bytes in others {
            let file = path + "/other-\(bytes.count)"
            try Files.writeAtomically(file, bytes.span)
            #expect(throws: StoreError.self) { try SlotFile(file, readOnly: false) }
            #expect(try Files.read(file, limit: 64) == bytes)
        }
    }

    @Test("A writer whose slots were lost is refused; repaired, the ledger goes on behind them")
    func lost() throws {
        let directory = TemporaryDirectory()
        var ledger = try directory.open(.sealed)
        _ = try ledger.append(Array(events[..<10]), recordedAt: .input)
        try ledger.close()
        let path = directory.path + "/keys/slots"
        // An empty file, or one of zeros, is no file of slots yet.
        for size in [nil, 0, 32] as [Int?] {
            try? FileManager.default.removeItem(atPath: path)
            if let size { try Data(count: size).write(to: URL(filePath: path)) }
            let error = #expect(throws: LedgerError.self) { try directory.open(.sealed) }
            #expect(error?.store?.path == path)
            #expect(FileManager.default.contents(atPath: path)?.count == size)
        }
        let target = TemporaryDirectory()
        let report = try Ledger.repair(
            directory.path, to: target.path, options: TemporaryDirectory.options(toy: true))
        #expect(report.isComplete && report.damage.map(\.file) == ["keys/slots"])
        ledger = try target.open(.sealed)
        _ = try ledger.append(Array(events[10...]), recordedAt: .input)
        #expect(try ledger.event(at: 10)?.withheld.buyer == .sealed)
        #expect(try ledger.event(at: 11) == events[10])
        try ledger.forEachEntry(from: 11) { _, view in
            let slot = view.slot(of: .buyer)
            #expect(slot == 21)
            return false
        }
        try ledger.close()
    }

    @Test("No slot is given twice, whichever copy of the slots is put back", arguments: 0...2)
    func copies(_ copy: Int) throws {
        let directory = TemporaryDirectory()
        let path = directory.path + "/keys/slots"
        var copies: [Data] = []
        func keep() throws { copies.append(try Data(contentsOf: URL(filePath: path))) }
        var ledger = try directory.open(.sealed)
        try keep()
        for part in [events[..<5], events[5..<10]] {
            _ = try ledger.append(Array(part), recordedAt: .input)
            try ledger.close()
            try keep()
            ledger = try directory.open(.sealed)
        }
        // More than a look at the end would find: nothing of it is sealed.
        let days = (1...1_500).map { People.day("\(1_000 + $0)-01-01") }
        _ = try ledger.append(days, recordedAt: .input)
        try ledger.close()
        try copies[copy].write(to: URL(filePath: path))
        for _ in 0..<2 { try directory.open(.sealed).close() }
        ledger = try directory.open(.sealed)
        _ = try ledger.append(Array(events[10...]), recordedAt: .input)
        #expect(try ledger.event(at: 1_511) == events[10])
        try ledger.forEachEntry(from: 1_511) { _, view in
            let slot = view.slot(of: .buyer)
            #expect(slot == 21)
            return false
        }
        try ledger.close()
    }

    @Test("Slot 0 says how far the log was searched, and is believed only as it was written")
    func searched() throws {
        let directory = TemporaryDirectory()
        let path = directory.path + "/keys/slots"
        let ledger = try directory.open(.sealed)
        _ = try ledger.append(Array(events[..<10]), recordedAt: .input)
        try ledger.close()
        let slots = try SlotFile(path, readOnly: true)
        #expect(try slots.searched() == .init(position: 10, slot: 20))
        var bytes = try Data(contentsOf: URL(filePath: path))
        for bit in 64..<256 {
            bytes[bit / 8] ^= 1 << (bit % 8)
            try bytes.write(to: URL(filePath: path))
            #expect(try SlotFile(path, readOnly: true).searched() == .init(), "bit \(bit)")
            bytes[bit / 8] ^= 1 << (bit % 8)
        }
        // A position that the log does not reach is of another log: all of it is searched.
        let file = try SlotFile(path, readOnly: false)
        try file.write(SlotFile.Searched(position: 11, slot: 7))
        let again = try directory.open(.sealed)
        #expect(try file.searched() == .init(position: 10, slot: 20))
        try again.close()
    }
}
