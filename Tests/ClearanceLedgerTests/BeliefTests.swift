import ClearanceLedger
import Foundation
import Testing

/// Files of a ledger that do not belong together: what one of them says is not believed because it
/// is whole.
@Suite("Files that do not belong together") struct BeliefTests {
    private let options = TemporaryDirectory.options()

    /// A closed ledger with the first thirty events of a history, its tables up to them.
    private func began() throws -> TemporaryDirectory {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        let events = ProjectionTests.history(seed: 5, count: 30)
        _ = try ledger.append(events, recordedAt: .input)
        try ledger.project()
        try ledger.close()
        return directory
    }

    /// A copy of a ledger, grown by some orders.
    private func grown(
        _ directory: TemporaryDirectory, by orders: Range<Int>
    ) throws -> TemporaryDirectory {
        let copy = TemporaryDirectory()
        try FileManager.default.copyItem(atPath: directory.path, toPath: copy.path)
        let ledger = try copy.open()
        _ = try ledger.append(orders.map { Toy.order($0, at: $0) }, recordedAt: .input)
        try ledger.project()
        try ledger.close()
        return copy
    }

    private func put(
        _ name: String, of source: TemporaryDirectory, into target: TemporaryDirectory
    ) throws {
        let place = target.path + "/" + name
        try FileManager.default.removeItem(atPath: place)
        try FileManager.default.copyItem(atPath: source.path + "/" + name, toPath: place)
    }

    @Test(
        "Tables of another log are named by verify, and every answer is that of the log",
        arguments: [0, 7])
    func otherTables(more: Int) throws {
        let begun = try began()
        let own = try grown(begun, by: 500..<(500 + more))
        // Ahead of the log, and as far as the log with another end.
        let other = try grown(begun, by: 600..<607)
        let sound = try Ledger.openReader(own.path, options: options)
        let digest = try sound.view().digest()
        try sound.close()
        try put("state", of: other, into: own)
        let report = try Ledger.verify(own.path, options: options)
        #expect(report.damage.map(\.file) == ["state/data.mdb"])
        let reader = try Ledger.openReader(own.path, options: options)
        #expect(try reader.view().digest() == digest)
        #expect(try reader.replay().live == nil)
        try reader.close()
        let writer = try own.open()
        #expect(try writer.view().digest() == digest)
        try writer.project()
        #expect(try writer.replay().isIdentical == true)
        try writer.close()
        #expect(try Ledger.verify(own.path, options: options).isIntact)
    }

    @Test("Where the tables' file is gone every answer is that of the log, and nothing is amiss")
    func noTables() throws {
        let begun = try began()
        let sound = try Ledger.openReader(begun.path, options: options)
        let digest = try sound.view().digest()
        try sound.close()
        try FileManager.default.removeItem(atPath: begun.path + "/state/data.mdb")
        #expect(try Ledger.verify(begun.path, options: options).isIntact)
        let reader = try Ledger.openReader(begun.path, options: options)
        #expect(try reader.view().digest() == digest)
        #expect(try reader.replay().live == nil)
        try reader.close()
        let writer = try begun.open()
        try writer.project()
        #expect(try writer.replay().isIdentical == true)
        try writer.close()
    }

    @Test("A reader believes tables of this boot or of a clean close, and no others")
    func otherBoot() throws {
        let begun = try began()
        let marker = URL(fileURLWithPath: begun.path + "/state/boot")
        let closed = try String(contentsOf: marker, encoding: .utf8)
        let other = closed.replacing("clean", with: "clear")
        for (mark, isBelieved) in [(closed, true), (other, false), ("", false)] {
            try Data(mark.utf8).write(to: marker)
            let report = try Ledger.verify(begun.path, options: options)
            #expect(report.damage.map(\.file) == (isBelieved ? [] : ["state/boot"]))
            let reader = try Ledger.openReader(begun.path, options: options)
            #expect(try (reader.replay().live != nil) == isBelieved, "\(mark)")
            try reader.close()
        }
    }

    @Test("An older log beside the head of a newer one is refused to who reads, too")
    func olderLog() throws {
        let begun = try began()
        let newer = try grown(begun, by: 500..<505)
        try put("log/epoch-000001/data.mdb", of: begun, into: newer)
        let error = #expect(throws: LedgerError.self) {
            try Ledger.openReader(newer.path, options: options)
        }
        #expect(error?.code == .damaged && error?.what.contains("below its head") == true)
        #expect(try !Ledger.verify(newer.path, options: options).isIntact)
        // The head may say less: the log went on after it was written.
        let longer = try grown(begun, by: 500..<505)
        try put("head", of: begun, into: longer)
        let reader = try Ledger.openReader(longer.path, options: options)
        #expect(try reader.position() == 35)
        try reader.close()
    }

    @Test("Tables of an empty log are made, believed, and brought up when it is not empty any more")
    func empty() throws {
        let directory = TemporaryDirectory()
        var ledger = try directory.open()
        #expect(try ledger.project() == 0)
        try ledger.rebuildProjections()
        let digest = try ledger.view().digest()
        try ledger.close()
        #expect(try Ledger.verify(directory.path, options: options).isIntact)
        ledger = try directory.open()
        #expect(try ledger.view().digest() == digest)
        _ = try ledger.append([Toy.order(1, at: 1)], recordedAt: .input)
        #expect(try ledger.project() == 1)
        #expect(try ledger.replay().isIdentical == true)
        try ledger.close()
    }

    @Test("Closed once more nothing happens, and what needs the writer answers that it ended")
    func closedTwice() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        _ = try ledger.append([Toy.order(1, at: 1)], recordedAt: .input)
        try ledger.close()
        try ledger.close()
        for ended in [
            { _ = try ledger.project() }, { try ledger.rebuildProjections() },
            { _ = try ledger.append([Toy.order(2, at: 2)], recordedAt: .input) },
        ] as [() throws -> Void] {
            let error = #expect(throws: LedgerError.self) { try ended() }
            #expect(error?.code == .ended)
        }
        let again = try directory.open()
        #expect(try again.position() == 1)
        try again.close()
    }
}
