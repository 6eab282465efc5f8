import ClearanceEvents
import ClearanceStore
import Foundation
import Synchronization
import Testing

@testable import ClearanceLedger

/// Back-ups beside others who ship, and beside whoever erases.
@Suite("A back-up beside somebody else") struct BackupBesideTests {
    private let source = TemporaryDirectory()
    private let folder = TemporaryDirectory()
    private let keys = TemporaryDirectory()
    private static let late = CivilDay("2099-01-01")

    private func sealed(_ orders: Int) throws -> Ledger {
        let ledger = try source.open(.sealed)
        // Everybody has an identity number of his own.
        let events = (0..<orders).map { People.order($0, id: Self.person($0)) }
        _ = try ledger.append(events, recordedAt: .input)
        return ledger
    }

    private static func person(_ number: Int) -> String { "person-\(1_000 + number)" }

    private func refused(_ place: String, _ body: () throws -> Void) {
        let error = #expect(throws: LedgerError.self) { try body() }
        #expect(error?.code == .store && error?.store?.code == .lockedByAnotherProcess)
        #expect(error?.what.contains(place) == true, "\(error?.what ?? "")")
        #expect(error?.store?.holder == getpid())
    }

    @Test("that ships to the same folder is refused, changes nothing, and may come again later")
    func secondRun() throws {
        let ledger = try source.open()
        _ = try ledger.append((0..<9).map { Toy.order($0) }, recordedAt: .input)
        _ = try ledger.backUp(to: folder.path)
        _ = try ledger.append((9..<20).map { Toy.order($0) }, recordedAt: .input)
        let before = try BackupManifest(directory: folder.path)
        var refusals = 0
        let report = try ledger.backUp(to: folder.path) { _ in
            refusals += 1
            refused(folder.path) { _ = try ledger.backUp(to: folder.path) }
        }
        #expect(refusals == 1 && report.shipped == 10...20)
        #expect(try BackupManifest(directory: folder.path) != before)
        #expect(try ledger.backUp(to: folder.path).position == 20)
        try ledger.close()
    }

    @Test("that has only just begun is refused too; what a killed run left is no lock")
    func newFolder() throws {
        let ledger = try source.open()
        try Files.makeDirectory(folder.path)
        let lock = try FileLock(folder.path + "/lock")
        refused(folder.path) { _ = try ledger.backUp(to: folder.path) }
        #expect(try Files.list(folder.path) == ["lock"])
        lock.release()
        try Data("4711\n".utf8).write(to: URL(fileURLWithPath: folder.path + "/lock"))
        _ = try ledger.append([Toy.order(1)], recordedAt: .input)
        #expect(try ledger.backUp(to: folder.path).position == 1)
        try ledger.close()
    }

    @Test("that copies keys to the same folder is refused, and no copy is taken for a key")
    func secondCopy() throws {
        let ledger = try sealed(3)
        try Files.makeDirectory(keys.path)
        let lock = try FileLock(keys.path + "/lock")
        refused(keys.path) { _ = try ledger.backUp(to: folder.path, keysTo: keys.path) }
        lock.release()
        // What a run leaves that was killed while it copied.
        try Files.makeDirectory(keys.path + "/copying")
        try Data("half".utf8).write(to: URL(fileURLWithPath: keys.path + "/copying/slots"))
        try Data("half".utf8).write(to: URL(fileURLWithPath: source.path + "/keys/erased.new"))
        _ = try ledger.backUp(to: folder.path, keysTo: keys.path)
        #expect(
            try Files.list(keys.path) == ["erased", "erasures", "index.key", "lock", "slots"])
        try ledger.close()
        let restored = TemporaryDirectory()
        _ = try Ledger.restore(
            from: folder.path, to: restored.path, keysFrom: keys.path,
            options: TemporaryDirectory.options(key: nil))
        #expect(
            try Files.list(restored.path + "/keys") == ["erased", "erasures", "index.key", "slots"])
    }

    /// A moment in the copying of keys at which a person is erased.
    enum Moment: CaseIterable {
        case first, behindKeys, betweenLists, behindLists
    }

    @Test(
        "that erases a person: no copy calls him erased whose key it has",
        arguments: Moment.allCases)
    func erasure(moment: Moment) throws {
        let ledger = try sealed(4)
        _ = try ledger.backUp(to: folder.path)
        func erase(_ now: Moment) throws {
            guard now == moment else { return }
            let outcome = try ledger.erase(
                idNumber: Self.person(1), asOf: Self.late, recordedAt: .input)
            guard case .erased(let report) = outcome else { throw CocoaError(.featureUnsupported) }
            #expect(report.receipts == [5])
        }
        let before = try ErasureLists(directory: source.path).erased()
        let copy = try KeyCopy(from: source.path + "/keys", to: keys.path)
        try erase(.first)
        try copy.copyKeys()
        try erase(.behindKeys)
        try copy.copy(list: .erasures)
        try erase(.betweenLists)
        try copy.copy(list: .erased)
        try erase(.behindLists)
        try copy.follow(try ledger.log.reader(), behind: before)
        try copy.place()
        copy.end()
        let isListed = try ErasureLists(folder: keys.path).erased() == [2]
        #expect(isListed == (moment != .behindLists))
        let slots = try SlotFile(keys.path + "/slots", readOnly: true)
        #expect(try slots.state(of: 2) == .erased || !isListed)
        for other in [1, 3, 4] as [UInt64] {
            guard case .key = try slots.state(of: other) else {
                Issue.record("slot \(other) lost its key")
                return
            }
        }
        try ledger.close()
        let restored = TemporaryDirectory()
        _ = try Ledger.restore(
            from: folder.path, to: restored.path, keysFrom: keys.path,
            options: TemporaryDirectory.options(key: nil))
        let again = try restored.open(.sealed, key: nil)
        let damage = try again.verify().damage
        #expect(damage.isEmpty, "\(damage)")
        #expect(try again.event(at: 2)?.withheld.buyer == (isListed ? .erased : nil))
        try again.close()
    }

    @Test("that erases one after another: every copy is of one moment, or goes on where it was")
    func erasures() async throws {
        let people = 30
        let ledger = try sealed(people)
        let isDone = Atomic<Bool>(false)
        let erasing = Task {
            try await onThread {
                defer { isDone.store(true, ordering: .releasing) }
                for number in 0..<people {
                    _ = try ledger.erase(
                        idNumber: Self.person(number), asOf: Self.late, recordedAt: .input)
                }
            }
        }
        let places = (folder.path, keys.path)
        let copies = try await onThread { () throws -> Int in
            var copies = 0
            while !isDone.load(ordering: .acquiring) {
                _ = try ledger.backUp(to: places.0, keysTo: places.1)
                copies += 1
                let lists = ErasureLists(folder: places.1)
                let (listed, wishes) = (try lists.erased(), try lists.wishes())
                let slots = try SlotFile(places.1 + "/slots", readOnly: true)
                for position in 1...UInt64(people) {
                    let isErased = try slots.state(of: position) == .erased
                    let isListed = listed.contains(position)
                    #expect(isErased || !isListed, "\(position) is listed and has its key")
                    // What was interrupted goes on by its wish.
                    #expect(isListed || !isErased || !wishes.isEmpty, "\(position) is not listed")
                }
            }
            return copies
        }
        try await erasing.value
        #expect(copies > 0)
        try await onThread { try ledger.close() }
    }
}
