import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("A moved epoch")
struct EpochMoveTests {
    private let directory = TemporaryDirectory()
    private let archive = TemporaryDirectory()
    private let other = TemporaryDirectory()
    private let manager = FileManager.default

    init() throws {
        for folder in [archive, other] {
            try manager.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        }
    }

    private var log: String { directory.path + "/log" }

    private func open() throws -> Ledger {
        try Ledger.open(directory.path, options: TemporaryDirectory.options(toy: false))
    }

    /// A ledger of this many closed epochs, with ten entries each and one in the live one.
    private func made(closed: Int = 1) throws -> Ledger {
        let ledger = try open()
        for epoch in 0..<closed {
            let numbers = (epoch * 10 + 1)...(epoch * 10 + 10)
            _ = try ledger.append(numbers.map { Toy.order($0, at: $0) }, recordedAt: .input)
            try ledger.endEpoch()
        }
        try ledger.closeEpochs()
        let last = closed * 10 + 1
        _ = try ledger.append([Toy.order(last, at: last)], recordedAt: .input)
        return ledger
    }

    private func check(_ ledger: Ledger, _ count: Int) throws {
        #expect(
            try ledger.events(limit: count + 1).map(\.event)
                == (1...count).map { Toy.order($0, at: $0) })
        #expect(try ledger.verify().damage.isEmpty)
    }

    /// Opens to write, twice, appends, and finds every entry.
    private func checkReopened(_ count: Int) throws {
        for extra in 1...2 {
            let ledger = try open()
            let next = count + extra
            _ = try ledger.append([Toy.order(next, at: next)], recordedAt: .input)
            try check(ledger, next)
            try ledger.close()
        }
    }

    /// Writes the list of epochs anew, with another place of each of these.
    private func rename(_ places: [Int: String]) throws {
        var manifest = try EpochManifest(directory: log)
        for index in manifest.lines.indices {
            manifest.lines[index].path =
                places[manifest.lines[index].number] ?? manifest.lines[index].path
        }
        try manifest.write(to: log)
    }

    /// The path from the working directory on.
    private func relative(_ path: String) -> String {
        let depth = manager.currentDirectoryPath.split(separator: "/").count
        return String(repeating: "../", count: depth) + path.dropFirst()
    }

    @Test("is refused any place in a ledger, whatever form its path has")
    func refused() throws {
        let ledger = try made()
        let link = other.path + "/link"
        try manager.createSymbolicLink(atPath: link, withDestinationPath: log)
        for name in ["/closed", "/log/tree/x"] {
            try manager.createDirectory(
                atPath: directory.path + name, withIntermediateDirectories: true)
        }
        let second = TemporaryDirectory()
        try Ledger.open(second.path, options: TemporaryDirectory.options(toy: false)).close()
        let name = (directory.path as NSString).lastPathComponent
        let forms = [
            log, directory.path, directory.path + "/closed", log + "/tree/x", log + "/",
            log + "/epoch-000001.closed", log + "/../log", archive.path + "/../\(name)/log",
            relative(log), link, link + "/tree/..", second.path, second.path + "/log",
        ]
        for form in forms {
            let error = #expect(throws: LedgerError.self, "\(form)") {
                try ledger.moveEpoch(1, to: form)
            }
            #expect(error?.what.contains("lies in the ledger") == true, "\(form)")
        }
        #expect(try ledger.epochs().first?.directory == log + "/epoch-000001.closed")
        try ledger.close()
        try checkReopened(11)
    }

    @Test("is refused the place of an epoch that was moved, and that of a log behind a link")
    func refusedElsewhere() throws {
        let ledger = try made(closed: 2)
        try ledger.moveEpoch(1, to: archive.path)
        #expect(throws: LedgerError.self) {
            try ledger.moveEpoch(2, to: archive.path + "/epoch-000001")
        }
        try ledger.close()
        let apart = other.path + "/apart"
        try manager.moveItem(atPath: log, toPath: apart)
        try manager.createSymbolicLink(atPath: log, withDestinationPath: apart)
        let again = try open()
        #expect(throws: LedgerError.self) { try again.moveEpoch(2, to: apart) }
        #expect(throws: LedgerError.self) { try again.moveEpoch(1, to: apart) }
        try again.close()
        try checkReopened(21)
    }

    @Test("may lie beside the ledger, also under a name that begins like it")
    func beside() throws {
        let name = directory.path + "-archive"
        try manager.createDirectory(atPath: name, withIntermediateDirectories: true)
        defer { try? manager.removeItem(atPath: name) }
        let link = other.path + "/link"
        try manager.createSymbolicLink(atPath: link, withDestinationPath: archive.path)
        let ledger = try made()
        try ledger.moveEpoch(1, to: name)
        try check(ledger, 11)
        try ledger.moveEpoch(1, to: link)
        try check(ledger, 11)
        #expect(try ledger.epochs().first?.directory == archive.path + "/epoch-000001")
        try ledger.close()
        #expect(try manager.contentsOfDirectory(atPath: name).isEmpty)
        try checkReopened(11)
    }

    @Test(
        "that lies in the ledger under another form of its path is never swept",
        arguments: ["", ".closed", ".closing"])
    func listed(_ ending: String) throws {
        try made().close()
        let link = other.path + "/link"
        try manager.createSymbolicLink(atPath: link, withDestinationPath: log)
        let (place, form) = (log + "/epoch-000001.closed", log + "/epoch-000001" + ending)
        if form != place { try manager.moveItem(atPath: place, toPath: form) }
        let name = "epoch-000001" + ending
        var count = 11
        for path in [form, log + "/../log/" + name, link + "/" + name, log + "//" + name] {
            try rename([1: path])
            try checkReopened(count)
            count += 2
        }
        // From there it can be moved out, and nothing is left behind.
        let ledger = try open()
        try ledger.moveEpoch(1, to: archive.path)
        try check(ledger, count)
        try ledger.close()
        #expect(!manager.fileExists(atPath: form))
        try checkReopened(count)
    }

    @Test("stays when the place of another one, in which it lies, is given up")
    func nested() throws {
        var ledger = try made(closed: 2)
        try ledger.moveEpoch(1, to: archive.path)
        try ledger.moveEpoch(2, to: other.path)
        try ledger.close()
        let inner = archive.path + "/epoch-000001/epoch-000002"
        try manager.moveItem(atPath: other.path + "/epoch-000002", toPath: inner)
        try rename([2: inner])
        ledger = try open()
        try ledger.moveEpoch(1, to: other.path)
        try check(ledger, 21)
        try ledger.close()
        #expect(manager.fileExists(atPath: inner))
        try checkReopened(21)
    }

    @Test("is moved also while the folder of another one is away, and nothing in doubt is removed")
    func away() throws {
        let ledger = try made(closed: 2)
        try ledger.moveEpoch(1, to: archive.path)
        let apart = archive.path + "-apart"
        try manager.moveItem(atPath: archive.path, toPath: apart)
        try ledger.moveEpoch(2, to: other.path)
        let place = try #require(try EpochManifest(directory: log).lines.dropFirst().first?.path)
        #expect(place == other.path + "/epoch-000002")
        try manager.moveItem(atPath: apart, toPath: archive.path)
        try check(ledger, 21)
        try ledger.close()
        try checkReopened(21)
        #expect(!manager.fileExists(atPath: log + "/epoch-000002.closed"))
    }

    @Test("and away is missed by its own entries alone, and read again as soon as it is back")
    func awayForReaders() throws {
        let ledger = try made(closed: 2)
        try ledger.moveEpoch(1, to: archive.path)
        try ledger.close()
        let lines = try EpochManifest(directory: log).lines
        let (last, end) = (try #require(lines[0].last), UInt64(21))
        let apart = archive.path + "-apart"
        try manager.moveItem(atPath: archive.path, toPath: apart)
        let reader = try Ledger.openReader(directory.path)
        #expect(try reader.position() == end)
        #expect(try reader.epochs().map(\.isAway) == [true, false, false])
        for position in [1, last] {
            let error = #expect(throws: LedgerError.self) { try reader.event(at: position) }
            #expect(error?.store?.code == .notFound)
            #expect(error?.store?.path == archive.path + "/epoch-000001")
        }
        for position in (last + 1)...end {
            #expect(try reader.event(at: position) != nil, "position \(position)")
        }
        #expect(try reader.event(at: end + 1) == nil)
        #expect(try reader.events(from: last + 1, limit: 100).count == Int(end - last))
        // Nothing is passed over in silence.
        #expect(throws: LedgerError.self) { try reader.events(from: last, limit: 100) }
        #expect(throws: LedgerError.self) { try Ledger.open(directory.path) }
        #expect(try reader.verify().firstBad == 1)
        try manager.moveItem(atPath: apart, toPath: archive.path)
        #expect(try reader.events(limit: 100).count == Int(end))
        #expect(try reader.epochs().map(\.isAway) == [false, false, false])
        #expect(try reader.verify().isIntact)
        try reader.close()
    }

    @Test("in the place that another epoch's closing needs is an error, and stays")
    func inTheWay() throws {
        let ledger = try made()
        try ledger.endEpoch()
        try ledger.moveEpoch(1, to: archive.path)
        try ledger.close()
        for ending in [".closing", ".closed"] {
            let place = log + "/epoch-000002" + ending
            let from = try #require(try EpochManifest(directory: log).lines.first?.path)
            try manager.createDirectory(atPath: place, withIntermediateDirectories: true)
            try manager.moveItem(atPath: from, toPath: place + "/epoch-000001")
            try rename([1: place + "/epoch-000001"])
            let again = try open()
            #expect(throws: LedgerError.self) { try again.closeEpochs() }
            try check(again, 11)
            try again.close()
        }
        try checkReopened(11)
    }

    @Test("is whole in the one place or the other, wherever the move was killed")
    func killed() throws {
        let ledger = try made()
        let before = try Data(contentsOf: URL(fileURLWithPath: log + "/epochs"))
        let (old, new) = (log + "/epoch-000001.closed", archive.path + "/epoch-000001")
        try manager.copyItem(atPath: old, toPath: other.path + "/kept")
        try ledger.moveEpoch(1, to: archive.path)
        try ledger.close()
        let after = try Data(contentsOf: URL(fileURLWithPath: log + "/epochs"))
        let kept = other.path + "/kept"
        // Behind the list's replacement: both places there, the new one named.
        try manager.copyItem(atPath: kept, toPath: old)
        try checkReopened(11)
        #expect(!manager.fileExists(atPath: old) && manager.fileExists(atPath: new))
        #expect(try Data(contentsOf: URL(fileURLWithPath: log + "/epochs")) == after)
        // Before it: both there, the old one named. The other copy is nobody's, and is not taken.
        try manager.copyItem(atPath: kept, toPath: old)
        try before.write(to: URL(fileURLWithPath: log + "/epochs"))
        try checkReopened(13)
        #expect(manager.fileExists(atPath: old) && manager.fileExists(atPath: new))
        var again = try open()
        let error = #expect(throws: LedgerError.self) { try again.moveEpoch(1, to: archive.path) }
        #expect(error?.description.hasPrefix("alreadyExists") == true)
        try check(again, 15)
        try again.close()
        // While it was copied: a part of it under a name of its own, which costs nothing.
        try manager.removeItem(atPath: new)
        try manager.createDirectory(atPath: new + ".new-1", withIntermediateDirectories: true)
        try Data([1, 2]).write(to: URL(fileURLWithPath: new + ".new-1/data.mdb"))
        again = try open()
        try again.moveEpoch(1, to: archive.path)
        try check(again, 15)
        try again.close()
        #expect(!manager.fileExists(atPath: old) && manager.fileExists(atPath: new))
        try checkReopened(15)
    }
}
