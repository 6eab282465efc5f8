import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("A ledger without flushes")
struct ScratchLedgerTests {
    private let directory = TemporaryDirectory()

    private var mark: URL { URL(fileURLWithPath: directory.path + "/log/boot") }

    private func options(_ level: Durability = .none) -> LedgerOptions {
        var options = TemporaryDirectory.options(key: nil)
        options.durability = level
        return options
    }

    private func open(_ level: Durability = .none) throws -> Ledger {
        try Ledger.open(directory.path, options: options(level))
    }

    private func append(_ ledger: Ledger, _ range: ClosedRange<Int>) throws {
        _ = try ledger.append(range.map { Toy.order($0, at: $0) }, recordedAt: .input)
    }

    /// What is on disk while the process holds the ledger is what its death leaves; under the mark
    /// of another boot, what a loss of power may leave.
    private func died(in other: TemporaryDirectory, lostPower: Bool) throws {
        try FileManager.default.copyItem(atPath: directory.path, toPath: other.path)
        guard lostPower else { return }
        try Data("00000000-1111-2222-3333-444444444444\n".utf8)
            .write(to: URL(fileURLWithPath: other.path + "/log/boot"))
    }

    @Test("has a mark from its making until it is closed, and is then opened under any boot")
    func closed() throws {
        let ledger = try open()
        #expect(try Data(contentsOf: mark) == Data(BootMark.current()))
        try append(ledger, 1...20)
        try ledger.close()
        #expect(!FileManager.default.fileExists(atPath: mark.path))
        #expect(try Ledger.verify(directory.path, options: options()).isIntact)
        let again = try open()
        #expect(try again.position() == 20)
        try again.close()
    }

    @Test("goes on after a death of the process", arguments: Durability.allCases)
    func killed(level: Durability) throws {
        let ledger = try open()
        try append(ledger, 1...20)
        let other = TemporaryDirectory()
        try died(in: other, lostPower: false)
        try ledger.close()
        let again = try Ledger.open(other.path, options: options(level))
        #expect(try again.position() == 20)
        // With flushes everything was made durable before the first append.
        let isSet = FileManager.default.fileExists(atPath: other.path + "/log/boot")
        #expect(isSet == (level == .none))
        try append(again, 21...30)
        try again.close()
        #expect(try Ledger.verify(other.path, options: options()).isIntact)
    }

    @Test("is refused by whoever opens it when the machine went down before it was closed")
    func lost() throws {
        let ledger = try open()
        try append(ledger, 1...20)
        let other = TemporaryDirectory()
        try died(in: other, lostPower: true)
        try ledger.close()
        for level in Durability.allCases {
            let error = #expect(throws: LedgerError.self) {
                try Ledger.open(other.path, options: options(level))
            }
            #expect(error?.code == .powerLost)
        }
        let error = #expect(throws: LedgerError.self) {
            try Ledger.openReader(other.path, options: options())
        }
        #expect(error?.code == .powerLost)
    }

    @Test("is named by verify, and what is left of it is taken out by repair")
    func repaired() throws {
        let ledger = try open()
        try append(ledger, 1...20)
        let (other, target) = (TemporaryDirectory(), TemporaryDirectory())
        try died(in: other, lostPower: true)
        try ledger.close()
        let report = try Ledger.verify(other.path, options: options())
        #expect(report.damage.map(\.file) == ["log/boot"] && report.firstBad == 21)
        let repaired = try Ledger.repair(other.path, to: target.path, options: options())
        #expect(repaired.kept == 20 && repaired.unknownFrom == 21 && !repaired.isComplete)
        let again = try Ledger.open(target.path, options: options())
        #expect(try again.position() == 20)
        try again.close()
    }

    @Test("with flushes never has a mark")
    func flushed() throws {
        for level in [Durability.oneFlush, .twoFlushes] {
            let other = TemporaryDirectory()
            let ledger = try Ledger.open(other.path, options: options(level))
            try append(ledger, 1...3)
            #expect(!FileManager.default.fileExists(atPath: other.path + "/log/boot"))
            try ledger.close()
        }
    }

    @Test("with a mark that is none is refused, not read as whole")
    func foreignMark() throws {
        let ledger = try open()
        try append(ledger, 1...3)
        try ledger.close()
        for bytes in [Data(), Data("x".utf8), Data(repeating: 7, count: 5_000)] {
            try bytes.write(to: mark)
            #expect(throws: LedgerError.self) { try open() }
            #expect(try !Ledger.verify(directory.path, options: options()).isIntact)
        }
    }

    @Test("that cannot be opened gets no mark: what was whole is still whole after a restart")
    func failedOpening() throws {
        let ledger = try open(.twoFlushes)
        try append(ledger, 1...20)
        try ledger.close()
        for name in ["/keys/index.key", "/keys/slots", "/head", "/log/epochs", "/config"] {
            let url = URL(fileURLWithPath: directory.path + name)
            let sound = try Data(contentsOf: url)
            try Data([1, 2, 3]).write(to: url)
            #expect(throws: LedgerError.self, "\(name)") { try open() }
            #expect(!FileManager.default.fileExists(atPath: mark.path), "\(name)")
            try sound.write(to: url)
        }
        let again = try open()
        #expect(try again.position() == 20)
        #expect(FileManager.default.fileExists(atPath: mark.path))
        try again.close()
    }

    @Test("keeps the mark of an opening before, also when it cannot be opened again")
    func failedAgain() throws {
        let ledger = try open()
        try append(ledger, 1...20)
        let other = TemporaryDirectory()
        try died(in: other, lostPower: false)
        try ledger.close()
        try Data([1]).write(to: URL(fileURLWithPath: other.path + "/keys/index.key"))
        for level in Durability.allCases {
            #expect(throws: LedgerError.self) {
                try Ledger.open(other.path, options: options(level))
            }
        }
        #expect(FileManager.default.fileExists(atPath: other.path + "/log/boot"))
    }
}
