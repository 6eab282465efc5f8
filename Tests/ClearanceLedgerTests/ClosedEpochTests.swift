import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("A closed epoch")
struct ClosedEpochTests {
    private let directory = TemporaryDirectory()
    private let manager = FileManager.default

    private func open() throws -> Ledger {
        try Ledger.open(directory.path, options: TemporaryDirectory.options(toy: false))
    }

    private func orders(_ numbers: ClosedRange<Int>) -> [Event] {
        numbers.map { Toy.order($0, at: $0) }
    }

    private func mode(_ path: String) throws -> Int? {
        try manager.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    private func check(_ ledger: Ledger, _ count: Int) throws {
        #expect(try ledger.position() == UInt64(count))
        #expect(try ledger.events(limit: count + 1).map(\.event) == orders(1...count))
        let report = try ledger.verify()
        #expect(report.isIntact && report.entries == UInt64(count))
    }

    @Test("holds the same entries, is write-protected, and is read in place")
    func close() throws {
        var ledger = try open()
        for number in 1...40 { _ = try ledger.append(orders(number...number), recordedAt: .input) }
        let root = try ledger.verify().root
        #expect(try ledger.endEpoch())
        #expect(try ledger.endEpoch() == false)
        let closed = try ledger.closeEpochs()
        #expect(closed.map(\.state) == [.closed] && closed.first?.last == 40)
        try check(ledger, 40)
        #expect(try ledger.verify().root == root)
        _ = try ledger.append(orders(41...60), recordedAt: .input)
        try check(ledger, 60)
        let place = try #require(closed.first?.directory)
        #expect(try mode(place + "/data.mdb") == 0o444)
        #expect(try mode(place + "/closing") == 0o444)
        #expect(try manager.contentsOfDirectory(atPath: place).sorted() == ["closing", "data.mdb"])
        try ledger.close()
        ledger = try open()
        try check(ledger, 60)
        #expect(
            try manager.contentsOfDirectory(atPath: directory.path + "/log")
                .filter { $0.hasPrefix("epoch") }.sorted()
                == ["epoch-000001.closed", "epoch-000002", "epochs"])
        try ledger.close()
    }

    @Test("lies in another folder and is read there; a folder that has one is refused")
    func move() throws {
        let archive = TemporaryDirectory()
        try manager.createDirectory(atPath: archive.path, withIntermediateDirectories: true)
        var ledger = try open()
        _ = try ledger.append(orders(1...300), recordedAt: .input)
        #expect(throws: LedgerError.self) { try ledger.moveEpoch(1, to: archive.path) }
        try ledger.endEpoch()
        try ledger.closeEpochs()
        _ = try ledger.append(orders(301...310), recordedAt: .input)
        try ledger.moveEpoch(1, to: archive.path)
        #expect(throws: LedgerError.self) { try ledger.moveEpoch(1, to: archive.path) }
        #expect(throws: LedgerError.self) { try ledger.moveEpoch(2, to: archive.path) }
        #expect(throws: LedgerError.self) { try ledger.moveEpoch(1, to: archive.path + "/no") }
        try check(ledger, 310)
        #expect(try ledger.epochs().first?.directory == archive.path + "/epoch-000001")
        try ledger.close()
        #expect(!manager.fileExists(atPath: directory.path + "/log/epoch-000001.closed"))
        ledger = try open()
        try check(ledger, 310)
        try ledger.close()
        let reader = try Ledger.openReader(directory.path)
        try check(reader, 310)
        try reader.close()
    }

    @Test("is made while appends and reads go on, and loses none of them")
    func meanwhile() throws {
        let ledger = try open()
        _ = try ledger.append(orders(1...2_000), recordedAt: .input)
        try ledger.endEpoch()
        let reader = try ledger.log.reader()
        DispatchQueue.concurrentPerform(iterations: 3) { worker in
            if worker == 0 {
                _ = try? ledger.closeEpochs()
            } else {
                for number in 0..<100 {
                    let event = Toy.order(2_001 + 2 * number + worker - 1, at: number)
                    _ = try? ledger.append([event], recordedAt: .input)
                    _ = try? ledger.event(at: UInt64(number + 1))
                }
            }
        }
        #expect(try ledger.epochs().map(\.state) == [.closed, .live])
        #expect(try ledger.position() == 2_200)
        #expect(try ledger.verify().isIntact)
        // A reader from before still has what it looks at.
        #expect(try reader.lastPosition() == 2_000)
        var seen: UInt64 = 0
        try reader.forEach(from: 1, through: .max) { (position, _) in
            seen = position
            return true
        }
        #expect(seen == 2_000)
        try ledger.close()
    }

    @Test("is refused when a byte of it, or of its record, is another")
    func damage() throws {
        let ledger = try open()
        _ = try ledger.append(orders(1...200), recordedAt: .input)
        try ledger.endEpoch()
        let place = try #require(try ledger.closeEpochs().first?.directory)
        try ledger.close()
        func withFlip(
            _ name: String, at offset: Int, _ body: () throws -> Void
        ) throws {
            let path = place + "/" + name
            let sound = try Data(contentsOf: URL(fileURLWithPath: path))
            var other = sound
            other[offset < 0 ? other.count + offset : offset] ^= 1
            try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            try other.write(to: URL(fileURLWithPath: path))
            try body()
            try sound.write(to: URL(fileURLWithPath: path))
        }
        // A meta page and the record are looked at when it is opened, every byte when verified.
        for (name, offset) in [("data.mdb", 100), ("closing", 3), ("closing", -10)] {
            try withFlip(name, at: offset) {
                #expect(throws: LedgerError.self) { try open() }
                let isIntact = try Ledger.verify(directory.path).isIntact
                #expect(!isIntact)
            }
        }
        try withFlip("data.mdb", at: -5_000) {
            let isIntact = try Ledger.verify(directory.path).isIntact
            #expect(!isIntact)
        }
        try withFlip("data.mdb", at: 200) {
            #expect(throws: LedgerError.self) { try open() }
        }
        let whole = try open()
        try check(whole, 200)
        try whole.close()
    }

    @Test("is signed by the ledger's signers, and a signature that is wrong is refused")
    func signed() throws {
        let signer = try #require(KeySigner(newKeyNamed: "example.test/epochs"))
        var options = TemporaryDirectory.options(toy: false)
        options.signers = [signer]
        var ledger = try Ledger.open(directory.path, options: options)
        _ = try ledger.append(orders(1...30), recordedAt: .input)
        try ledger.endEpoch()
        let closed = try #require(try ledger.closeEpochs().first)
        let root = try ledger.root(size: 30)
        try ledger.close()
        let path = closed.directory + "/closing"
        let note = try #require(SignedNote(Array(try Data(contentsOf: URL(fileURLWithPath: path)))))
        #expect(note.check(keys: [signer.key]).isTrusted)
        #expect(note.text.contains("root \(root.hexadecimal)\n"))
        #expect(
            note.text.contains(
                "sha256 \(try Files.digest(closed.directory + "/data.mdb").hexadecimal)"))
        ledger = try Ledger.open(directory.path, options: options)
        try ledger.close()
        let other = try #require(
            KeySigner(name: "example.test/epochs", seed: [UInt8](repeating: 1, count: 32)))
        var forged = Array(note.text.utf8) + [10]
        let line = try SignedNote(signing: "another\n", by: [signer]).bytes.dropFirst(
            "another\n\n".utf8.count)
        forged += line
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        try Data(forged).write(to: URL(fileURLWithPath: path))
        #expect(throws: LedgerError.self) { try Ledger.open(directory.path, options: options) }
        // Who does not know the key cannot judge it, but what stands there must be a note.
        options.signers = [other]
        ledger = try Ledger.open(directory.path, options: options)
        try ledger.close()
        try Data(forged.dropLast(3)).write(to: URL(fileURLWithPath: path))
        #expect(throws: LedgerError.self) { try Ledger.open(directory.path, options: options) }
    }

    @Test("whose record is not signed, or damaged, costs no entry; one that is away costs its own")
    func recordAlone() throws {
        let signer = try #require(KeySigner(newKeyNamed: "example.test/epochs"))
        let ledger = try open()
        _ = try ledger.append(orders(1...30), recordedAt: .input)
        try ledger.endEpoch()
        let first = try #require(try ledger.closeEpochs().first).directory
        _ = try ledger.append(orders(31...50), recordedAt: .input)
        try ledger.endEpoch()
        let second = try #require(try ledger.closeEpochs().first).directory
        _ = try ledger.append(orders(51...60), recordedAt: .input)
        let root = try ledger.verify().root
        try ledger.close()
        func name(_ folder: String) -> String { String(folder.dropFirst(directory.path.count + 1)) }

        var report = try Ledger.verify(directory.path, signers: [signer.key])
        let records = report.damage.filter { $0.what.hasSuffix("is not signed") }
        #expect(records.map(\.file) == [first, second].map { name($0) + "/closing" })
        #expect(records.map(\.position) == [0, 0])
        #expect(report.firstBad == nil && report.entries == 60 && report.root == root)

        let path = second + "/closing"
        try manager.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let sound = try Data(contentsOf: URL(fileURLWithPath: path))
        try Data(sound.dropLast()).write(to: URL(fileURLWithPath: path))
        report = try Ledger.verify(directory.path)
        #expect(report.damage.map(\.file) == [name(path)] && report.firstBad == nil)
        #expect(report.intact == [1...60])
        let repaired = try Ledger.repair(directory.path, to: directory.path + ".repaired")
        #expect(repaired.isComplete && repaired.position == 60)
        try manager.removeItem(atPath: directory.path + ".repaired")
        try sound.write(to: URL(fileURLWithPath: path))

        try manager.moveItem(atPath: second, toPath: second + ".away")
        report = try Ledger.verify(directory.path)
        #expect(report.damage.first?.file == name(second) && report.firstBad == 31)
        #expect(report.damage.first?.what == "the folder of epoch 2 is away")
        #expect(report.intact == [1...30, 51...60])
        try manager.moveItem(atPath: second + ".away", toPath: second)
        #expect(try Ledger.verify(directory.path).isIntact)
    }

    @Test("replaces its former self in one step: what a crash leaves is swept")
    func crash() throws {
        var ledger = try open()
        _ = try ledger.append(orders(1...200), recordedAt: .input)
        try ledger.endEpoch()
        let old = directory.path + "/log/epoch-000001"
        let manifest = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/log/epochs"))
        try ledger.close()
        try manager.copyItem(atPath: old, toPath: directory.path + "/kept")
        ledger = try open()
        try ledger.closeEpochs()
        try ledger.close()
        // Before the list of epochs was replaced: both forms there, the old one named.
        try manager.copyItem(atPath: directory.path + "/kept", toPath: old)
        let closed = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/log/epochs"))
        try manifest.write(to: URL(fileURLWithPath: directory.path + "/log/epochs"))
        ledger = try open()
        try check(ledger, 200)
        #expect(!manager.fileExists(atPath: old + ".closed"))
        try manager.createDirectory(atPath: old + ".closing", withIntermediateDirectories: true)
        try ledger.closeEpochs()
        try check(ledger, 200)
        try ledger.close()
        // After it: both there, the new one named.
        try manager.copyItem(atPath: directory.path + "/kept", toPath: old)
        #expect(
            try Data(contentsOf: URL(fileURLWithPath: directory.path + "/log/epochs")) == closed)
        ledger = try open()
        try check(ledger, 200)
        #expect(!manager.fileExists(atPath: old))
        try ledger.close()
    }

    @Test("takes at most 1.2 times the bytes of entries of some 200 bytes, even of lone commits")
    func size() throws {
        let ledger = try open()
        var bytes = 0
        for start in stride(from: 1, through: 4_901, by: 100) {
            let batch = try ledger.encode(orders(start...(start + 99))).batch
            bytes += batch.byteCount
            _ = try ledger.append(batch, recordedAt: .input)
        }
        try ledger.endEpoch()
        let closed = try #require(try ledger.closeEpochs().first)
        #expect(bytes / 5_000 > 100 && bytes / 5_000 < 400)
        #expect(Double(closed.bytes ?? .max) <= 1.2 * Double(bytes))
        try ledger.close()
    }
}
