import ClearanceEvents
import ClearanceLedger
import ClearanceStore
import Foundation
import Testing

@testable import ledger_neighbour

/// The faults of a machine that need no harness: other processes, other folders, other clocks.
@Suite struct SmallFaultTests {
    private func error(_ body: () throws -> Void) -> LedgerError? {
        do {
            try body()
            return nil
        } catch {
            return error as? LedgerError
        }
    }

    @Test("A second writer is refused with the process that writes, and can open when that is gone")
    func twoWriters() async throws { try await onThread { try twoWritersHere() } }

    private func twoWritersHere() throws {
        let place = Neighbourhood()
        try place.open().close()
        let writer = try NeighbourProcess("append", place.signals, "writer", 1)
        let refused = error { _ = try place.open() }
        #expect(refused?.store?.code == .lockedByAnotherProcess)
        #expect(refused?.store?.holder == writer.id)
        #expect(refused?.description.contains("\(writer.id)") == true)
        #expect(writer.killed() == -SIGKILL)
        let ledger = try place.open()
        _ = try ledger.append([Toy.order(1)], recordedAt: .input)
        try ledger.close()
    }

    @Test("A forked child of the process that holds a ledger is refused; its parent goes on")
    func forked() async throws { try await onThread { try forkedHere() } }

    private func forkedHere() throws {
        let place = Neighbourhood()
        let process = try NeighbourProcess("fork", place.signals, "parent", 1)
        #expect(process.end() == 0)
        #expect(place.signals.text("child") == "0")
        let ledger = try place.open()
        #expect(try ledger.position() == 3)
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }

    @Test("A folder that may only be read opens for reading, and is refused for writing")
    func readOnlyFolder() async throws { try await onThread { try readOnlyFolderHere() } }

    private func readOnlyFolderHere() throws {
        let place = Neighbourhood()
        let ledger = try place.open()
        _ = try ledger.append((1...50).map { Toy.order($0) }, recordedAt: .input)
        try ledger.project()
        let beside = try NeighbourProcess("unprivileged", place.signals, "beside", 50)
        #expect(beside.end() == 0)
        #expect(place.signals.text("told") == "permissionDenied")
        try ledger.close()
        let alone = try NeighbourProcess("unprivileged", place.signals, "alone", 50)
        #expect(alone.end() == 0)
        #expect(place.signals.text("told") == "50 permissionDenied")
    }

    @Test("Who may not look into a folder of a ledger is told so, and not of damage or less data")
    func closedFolders() async throws { try await onThread { try closedFoldersHere() } }

    private func closedFoldersHere() throws {
        let place = Neighbourhood()
        let signer = try #require(KeySigner(newKeyNamed: "clearance-ledger"))
        let ledger = try place.open { $0.signers = [signer] }
        _ = try ledger.append((1...50).map { Toy.order($0) }, recordedAt: .input)
        _ = try ledger.checkpoint()
        for name in ["disclosures", "lost+found", "strange"] {
            try FileManager.default.createDirectory(
                atPath: ledger.directory + "/" + name, withIntermediateDirectories: true)
        }
        try ledger.close()
        let process = try NeighbourProcess("judge", place.signals, "judged", 0)
        #expect(process.end() == 0)
        let refused = "permissionDenied permissionDenied"
        #expect(place.signals.text("log") == refused + " permissionDenied")
        #expect(place.signals.text("log-tree") == refused + " permissionDenied")
        #expect(place.signals.text("disclosures") == refused + " true")
        // Without keys everybody may verify; what a repair leaves out would be lost.
        #expect(place.signals.text("keys") == "true permissionDenied true")
        // Where the log lies, and what else lies beside it, is nobody's business.
        #expect(place.signals.text("linked") == refused + " permissionDenied")
        for name in ["lost+found", "strange"] {
            #expect(place.signals.text(name)?.hasPrefix("true ") == true, "\(name)")
        }
    }

    @Test("A folder of something else is no ledger, and nothing is made in it")
    func foreignFolder() throws {
        let directory = TemporaryDirectory()
        let files = FileManager.default
        try files.createDirectory(
            atPath: directory.path + "/log", withIntermediateDirectories: true)
        try Data("what is this".utf8).write(
            to: URL(fileURLWithPath: directory.path + "/log/readme"))
        let before = try files.subpathsOfDirectory(atPath: directory.path).sorted()
        #expect(error { _ = try Ledger.openReader(directory.path) } != nil)
        #expect(try files.subpathsOfDirectory(atPath: directory.path).sorted() == before)
        let other = TemporaryDirectory()
        try files.createDirectory(atPath: other.path, withIntermediateDirectories: true)
        try Data("mine".utf8).write(to: URL(fileURLWithPath: other.path + "/file"))
        #expect(error { _ = try other.open() }?.code == .notALedger)
        #expect(error { _ = try Ledger.openReader(other.path) }?.code == .notALedger)
        #expect(try files.subpathsOfDirectory(atPath: other.path) == ["file"])
    }

    @Test("A log of a newer format is refused, the message names both versions")
    func newerFormat() throws {
        let directory = TemporaryDirectory()
        try directory.open().close()
        let log = directory.path + "/log"
        let epoch = try #require(
            FileManager.default.contentsOfDirectory(atPath: log).first { $0.hasPrefix("epoch-") })
        let path = log + "/" + epoch
        try FileManager.default.removeItem(atPath: path)
        var options = StoreOptions()
        options.mapSize = 1 << 24
        try Environment(directory: path, format: 99, options: options).close()
        for refused in [
            error { _ = try directory.open() },
            error {
                _ = try Ledger.openReader(directory.path, options: TemporaryDirectory.options())
            },
        ] {
            #expect(refused?.store?.code == .formatMismatch)
            #expect(refused?.description.contains("format 99 by a program of format 2") == true)
        }
    }

    @Test("A clock that runs backwards changes no order: recorded times never fall")
    func clockBackwards() throws {
        let directory = TemporaryDirectory()
        var number = 0
        for start in [500, 300, 900, 100] {
            let ledger = try directory.open()
            for minute in stride(from: start, to: start - 50, by: -10) {
                number += 1
                _ = try ledger.append(
                    [Toy.order(number)], recordedAt: .at(Toy.time(minute)))
            }
            try ledger.close()
        }
        let ledger = try directory.open()
        let recorded = try ledger.events(limit: .max).map(\.recorded.microseconds)
        #expect(recorded == recorded.sorted())
        #expect(
            recorded == Array(repeating: Toy.time(500).microseconds, count: 10)
                + Array(repeating: Toy.time(900).microseconds, count: 10))
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }

    @Test("A reader beyond the last slot is told so, by its own code")
    func readersFull() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        _ = try ledger.append([Toy.order(1)], recordedAt: .input)
        var views: [LedgerView] = []
        let refused = error {
            for _ in 0..<1_100 { views.append(try ledger.view()) }
        }
        #expect(refused?.code == .readersFull)
        #expect(views.count >= 200)
        views.removeAll()
        #expect(try ledger.view().position == 1)
        try ledger.close()
    }

    @Test("A ledger that is let go without closing can be opened again at once")
    func dropped() async throws {
        try await onThread {
            let directory = TemporaryDirectory()
            var options = TemporaryDirectory.options()
            options.projecting = .background
            options.watchMilliseconds = 1
            for round in 1...100 {
                let ledger = try Ledger.open(directory.path, options: options)
                #expect(try ledger.position() == UInt64(round - 1))
                _ = try ledger.append([Toy.order(round, at: round)], recordedAt: .input)
                // What runs in the writer's turn holds the ledger too.
                if round % 10 == 0 { try ledger.endEpoch() }
            }
        }
    }
}
