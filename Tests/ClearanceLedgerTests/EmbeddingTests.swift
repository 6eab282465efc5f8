import ClearanceEvents
import ClearanceStore
import Foundation
import Synchronization
import Testing

@testable import ClearanceLedger

/// What a host may do around a ledger that is open in it. Source: `specs/embedding.md`.
@Suite("A ledger in its host")
struct EmbeddingTests {
    private let directory = TemporaryDirectory()
    private let other = TemporaryDirectory()

    private func error(_ body: () throws -> Void) -> LedgerError? {
        do {
            try body()
            return nil
        } catch {
            return error as? LedgerError
        }
    }

    /// Opens with few keys in memory, so that every append of some hundred makes runs.
    private func open(_ path: String) throws -> Ledger {
        var options = TemporaryDirectory.options(toy: false)
        options.keysInMemory = 100
        return try Ledger.open(path, options: options)
    }

    @Test("Threads that make the same new ledger at the same time leave one, whole")
    func madeTogether() async throws {
        try await onThread { try EmbeddingTests.madeTogetherHere() }
    }

    private static func madeTogetherHere() throws {
        for _ in 0..<20 {
            let directory = TemporaryDirectory()
            let path = directory.path
            let refusals = Mutex<[LedgerError]>([])
            DispatchQueue.concurrentPerform(iterations: 6) { number in
                do {
                    let ledger = try Ledger.open(path, options: TemporaryDirectory.options())
                    _ = try ledger.append([Toy.order(number)], recordedAt: .input)
                    try ledger.close()
                } catch {
                    refusals.withLock { list in
                        if let error = error as? LedgerError { list.append(error) }
                    }
                }
            }
            for refusal in refusals.withLock({ $0 }) {
                #expect(
                    [.lockedByAnotherProcess, .alreadyOpenInProcess]
                        .contains(refusal.store?.code), "\(refusal)")
            }
            let ledger = try Ledger.open(path, options: TemporaryDirectory.options())
            #expect(try ledger.position() == UInt64(6 - refusals.withLock { $0.count }))
            #expect(try ledger.verify().isIntact)
            try ledger.close()
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            let name = URL(fileURLWithPath: path).lastPathComponent
            #expect(left.filter { $0.hasPrefix(name + ".new-") } == [])
        }
    }

    @Test("A path without a root is that of the working directory at opening, whatever it is later")
    func relativePath() throws {
        let here = FileManager.default.currentDirectoryPath
        let path = try Files.fromRoot("orders.ledger")
        #expect(path == here + "/orders.ledger")
        #expect(try Files.fromRoot("/a/../b") == "/a/../b")
        // No test may change the working directory of all: a way back leads to the same folder.
        let up = String(repeating: "../", count: here.split(separator: "/").count)
        let ledger = try open(up + directory.path.dropFirst())
        #expect(ledger.directory.hasPrefix("/"))
        #expect(ledger.log.directory == ledger.directory + "/log")
        _ = try ledger.append((1...10).map { Toy.order($0) }, recordedAt: .input)
        try ledger.close()
        #expect(try Ledger.verify(directory.path).entries == 10)
    }

    @Test("A folder that was moved away ends writing, and nothing is written to what stands there")
    func movedAway() throws {
        let manager = FileManager.default
        let ledger = try open(directory.path)
        _ = try ledger.append((1...10).map { Toy.order($0) }, recordedAt: .input)
        _ = try ledger.root(size: 10)
        try ledger.tree?.wait(for: 10)
        try manager.moveItem(atPath: directory.path, toPath: other.path)
        let second = try open(directory.path)
        _ = try second.append([Toy.order(1)], recordedAt: .input)
        try second.close()
        let before = try directory.files().filter { $0.path != "lock" }

        #expect(
            error { _ = try ledger.append([Toy.order(11)], recordedAt: .input) }?.code == .ended)
        #expect(error { _ = try ledger.endEpoch() }?.code == .ended)
        #expect(error { _ = try ledger.closeEpochs() }?.code == .ended)
        #expect(
            error { _ = try ledger.erase(idNumber: People.one, recordedAt: .input) }?.code == .ended
        )
        #expect(try ledger.events(limit: 20).count == 10)
        #expect(try ledger.health().ended?.contains("moved") == true)
        try ledger.close()

        let after = try directory.files().filter { $0.path != "lock" }
        #expect(after.map(\.path).sorted() == before.map(\.path).sorted())
        for file in after {
            #expect(before.first { $0.path == file.path }?.bytes == file.bytes, "\(file.path)")
        }
        #expect(try Ledger.verify(directory.path).isIntact)
        let moved = try open(other.path)
        #expect(try moved.position() == 10)
        _ = try moved.append([Toy.order(11)], recordedAt: .input)
        try moved.close()
    }

    @Test(
        "An origin that no checkpoint and no closing record could hold is refused",
        arguments: ["", "a\nb", "a\n", "a\u{0}b", String(repeating: "x", count: 1_025)])
    func badOrigin(_ origin: String) throws {
        var options = TemporaryDirectory.options(toy: false)
        options.origin = origin
        let refused = error { _ = try Ledger.open(directory.path, options: options) }
        #expect(refused?.code == .notALedger)
        #expect(refused?.what.contains("origin") == true)
        #expect(!FileManager.default.fileExists(atPath: directory.path))
    }

    @Test("An origin of 1,024 bytes opens again")
    func longOrigin() throws {
        var options = TemporaryDirectory.options(toy: false)
        options.origin = String(repeating: "x", count: 1_024)
        try Ledger.open(directory.path, options: options).close()
        let ledger = try Ledger.open(directory.path)
        #expect(ledger.origin == options.origin)
        try ledger.close()
    }

    @Test("Times of any length are options: never stuck, never given back")
    func longTimes() throws {
        var options = TemporaryDirectory.options(toy: false)
        options.readMilliseconds = .max
        options.stuckAfter = .seconds(Int64.max)
        let ledger = try Ledger.open(directory.path, options: options)
        _ = try ledger.append((1...200).map { Toy.order($0) }, recordedAt: .input)
        #expect(try ledger.events(limit: 300).count == 200)
        #expect(try ledger.health().readers.filter(\.isStuck).isEmpty)
        try ledger.close()
    }

    @Test("A conflict that is kept is told though the entry that it stands against cannot be read")
    func conflictWithoutNeighbour() throws {
        let ledger = try open(directory.path)
        _ = try ledger.append([Toy.order(1)], recordedAt: .input)
        let other = Toy.order(1, paid: "11.00")
        let kept = AppendOutcome.conflict(position: 2, with: 1, field: "")
        let named = AppendOutcome.conflict(position: 2, with: 1, field: "data.acturalPaid")
        #expect(ledger.merge([kept], [], of: [other]) == [named])
        // Another thread may close the ledger between the commit and the look for the field.
        try ledger.close()
        #expect(ledger.merge([kept], [], of: [other]) == [kept])
    }
}
