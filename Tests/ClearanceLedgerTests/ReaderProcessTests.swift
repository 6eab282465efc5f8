import ClearanceEvents
import ClearanceLedger
import Foundation
import Testing

@testable import ledger_neighbour

/// A process beside the ledger of a test, ended with it.
final class NeighbourProcess {
    let process = Process()

    /// Starts one and waits until it says that it is ready.
    init(_ act: String, _ signals: Signals, _ name: String, _ count: Int) throws {
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
            .deletingLastPathComponent().appendingPathComponent("ledger-neighbour")
        process.arguments = [act, signals.path, name, "\(count)"]
        try process.run()
        try #require(signals.wait(for: name))
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    var id: Int32 { process.processIdentifier }

    /// Waits for its end; its status, or the number of its signal below zero.
    func end() -> Int32 {
        process.waitUntilExit()
        let status = process.terminationStatus
        return process.terminationReason == .exit ? status : -status
    }

    /// Kills it, as a machine without memory would; the end is that of ``end()``.
    func killed() -> Int32 {
        kill(id, SIGKILL)
        return end()
    }
}

/// A ledger with neighbours, in a folder that goes away with the signs beside it.
final class Neighbourhood {
    private let directory = TemporaryDirectory()
    let signals: Signals

    init() { signals = Signals(path: directory.path) }

    deinit { signals.remove() }

    func open(_ change: (inout LedgerOptions) -> Void = { _ in }) throws -> Ledger {
        var options = Neighbour.options()
        change(&options)
        return try Ledger.open(directory.path, options: options)
    }

    /// Appends like a service: small commits, projected each.
    static func append(to ledger: Ledger, _ numbers: Range<Int>) throws {
        for start in stride(from: numbers.lowerBound, to: numbers.upperBound, by: 10) {
            let batch = (start..<min(start + 10, numbers.upperBound)).map { Neighbour.order($0) }
            _ = try ledger.append(batch, recordedAt: .input)
            try ledger.project()
        }
    }
}

@Suite struct ReaderProcessTests {
    private static let pause =
        Int(ProcessInfo.processInfo.environment["CLEARANCE_PAUSE_SECONDS"] ?? "") ?? 2

    /// How many bytes the log grows by, with nobody reading.
    private func undisturbedGrowth(_ numbers: Range<Int>) throws -> Int {
        let place = Neighbourhood()
        let ledger = try place.open()
        try Neighbourhood.append(to: ledger, 1..<11)
        let before = try ledger.health().logBytes
        try Neighbourhood.append(to: ledger, numbers)
        let after = try ledger.health().logBytes
        try ledger.close()
        return after - before
    }

    @Test("Two hundred readers of five processes, one of them paused, hold up nobody")
    func manyReaders() async throws { try await onThread { try manyReadersHere() } }

    private func manyReadersHere() throws {
        let place = Neighbourhood()
        let ledger = try place.open()
        try Neighbourhood.append(to: ledger, 1..<11)
        let paused = try NeighbourProcess("hold", place.signals, "paused", 40)
        let others = try ["a", "b", "c", "d"].map {
            try NeighbourProcess("look", place.signals, $0, 40)
        }
        let before = try ledger.health()
        #expect(before.readers.count { $0.place == .log } >= 200)
        kill(paused.id, SIGSTOP)
        try Neighbourhood.append(to: ledger, 11..<511)
        let after = try ledger.health()
        // Of each commit, a reader of an older one holds the few pages of the tree above it.
        let bound = try undisturbedGrowth(11..<511) + 50 * 8 * 4_096
        #expect(after.logBytes - before.logBytes <= bound)
        let held = after.readers.filter { $0.process == paused.id && $0.place == .state }
        #expect(held.allSatisfy { $0.pagesHeld > 0 && $0.commitsBehind == 50 })
        #expect(held.contains { $0.grown ?? 0 > 0 })
        sleep(UInt32(Self.pause))
        let stuck = try ledger.health().readers
        #expect(stuck.first?.process == paused.id)
        let its = stuck.filter { $0.process == paused.id }
        #expect(its.count >= 80)
        #expect(its.allSatisfy { $0.isStuck && $0.age ?? .zero >= .seconds(Self.pause - 1) })
        kill(paused.id, SIGCONT)
        place.signals.give("end")
        for process in others + [paused] { #expect(process.end() == 0) }
        let gone = try Signals.wait {
            try ledger.health().readers.allSatisfy { $0.process == getpid() }
        }
        #expect(gone)
        try ledger.close()
    }

    @Test("The slots of a reader that was killed are freed, and what it held is used again")
    func killedReader() async throws { try await onThread { try killedReaderHere() } }

    private func killedReaderHere() throws {
        let place = Neighbourhood()
        let ledger = try place.open()
        try Neighbourhood.append(to: ledger, 1..<11)
        let reader = try NeighbourProcess("hold", place.signals, "killed", 20)
        #expect(try ledger.health().readers.contains { $0.process == reader.id })
        #expect(reader.killed() == -SIGKILL)
        let isFreed = try Signals.wait {
            try !ledger.health().readers.contains { $0.process == reader.id }
        }
        #expect(isFreed)
        try ledger.close()
    }

    @Test("Who follows another process sees each position once and in order, whatever befalls it")
    func followed() async throws { try await onThread { try followedHere() } }

    private func followedHere() throws {
        let place = Neighbourhood()
        try place.open().close()
        let follower = try NeighbourProcess("follow", place.signals, "follower", 0)
        for life in 1...4 {
            let writer = try NeighbourProcess("append", place.signals, "writer-\(life)", life)
            usleep(UInt32.random(in: 50_000...300_000))
            #expect(writer.killed() == -SIGKILL)
        }
        let ledger = try place.open()
        place.signals.give("end", "\(try ledger.position() + 1)")
        _ = try ledger.append([Neighbour.order(9)], recordedAt: .input)
        #expect(follower.end() == 0)
        let wanted = try ledger.events(limit: .max).map { "\($0.position) \($0.event.id)" }
        let seen = (place.signals.text("follower.seen") ?? "").split(separator: "\n")
        #expect(wanted.count > 20)
        #expect(seen.map(String.init) == wanted)
        try ledger.close()
    }

    @Test("Another process is told what the holder alone knows, and who is stuck")
    func toldElsewhere() async throws { try await onThread { try toldElsewhereHere() } }

    private func toldElsewhereHere() throws {
        let place = Neighbourhood()
        let ledger = try place.open()
        try Neighbourhood.append(to: ledger, 1..<11)
        let keeper = try NeighbourProcess("hold", place.signals, "keeper", 3)
        try Neighbourhood.append(to: ledger, 11..<51)
        var told: [String] = []
        let isTold = try Signals.wait {
            let asking = try NeighbourProcess("health", place.signals, "health", 0)
            #expect(asking.end() == 0)
            told = (place.signals.text("health") ?? "").split(separator: "\n").map(String.init)
            return told.contains { $0.hasPrefix("\(keeper.id) state") && $0.hasSuffix("stuck") }
        }
        #expect(isTold, "\(told)")
        #expect(told.first == "holder \(getpid()) position 50 projected 50 commits 5")
        #expect(told.contains { $0.hasPrefix("\(keeper.id) log") && $0.hasSuffix("stuck") })
        place.signals.give("end")
        #expect(keeper.end() == 0)
        try ledger.close()
    }
}
