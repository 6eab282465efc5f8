import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

/// What a killed `restore` or `repair` leaves beside the ledger that it was making.
@Suite("An unfinished ledger")
struct UnfinishedLedgerTests {
    private let directory = TemporaryDirectory()
    private let manager = FileManager.default
    private let options = TemporaryDirectory.options(toy: false, key: nil)
    private var source: String { directory.path + "/ledger" }
    private var target: String { directory.path + "/new" }
    private var backup: String { directory.path + "/backup" }

    init() throws {
        try manager.createDirectory(atPath: directory.path, withIntermediateDirectories: true)
        let ledger = try Ledger.open(source, options: options)
        _ = try ledger.append([Toy.order(1), Toy.order(2)], recordedAt: .input)
        _ = try ledger.backUp(to: backup)
        try ledger.close()
    }

    /// The number of a process that has ended.
    private func dead() throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/true")
        try process.run()
        process.waitUntilExit()
        return process.processIdentifier
    }

    /// What a process leaves when it is killed: copies of keys, and a lock with its number.
    private func leave(_ name: String, lock: String?) throws -> String {
        let place = "\(target).\(name)"
        try manager.createDirectory(atPath: place, withIntermediateDirectories: true)
        try manager.copyItem(atPath: source + "/keys", toPath: place + "/keys")
        if let lock { try Data(lock.utf8).write(to: URL(filePath: place + "/lock")) }
        return place
    }

    private func restore() throws {
        _ = try Ledger.restore(
            from: backup, to: target, keysFrom: source + "/keys", options: options)
    }

    private func repair() throws {
        _ = try Ledger.repair(source, to: target, options: options)
    }

    private func make(_ source: UnfinishedLedger.Source) throws {
        if source == .restoring { try restore() } else { try repair() }
        #expect(try Ledger.verify(target, options: options).entries == 2)
        try manager.removeItem(atPath: target)
    }

    @Test("that was begun by a killed process is removed by who makes it; the living keep theirs")
    func begun() throws {
        let dead = try dead()
        let gone = [
            try leave("new-\(dead)-7", lock: nil),
            try leave("new-\(getpid())-8", lock: "\(dead)\n"),
        ]
        let held = try leave("new-\(dead)-9", lock: "")
        let lock = try FileLock(held + "/lock")
        defer { lock.release() }
        let kept = [
            held, try leave("new-\(getpid())-10", lock: nil),
            try leave("new-\(dead)-x", lock: "1\n"), try leave("new-\(dead)", lock: "1\n"),
            // A day is no process.
            try leave("new-20261122-1", lock: "1\n"),
        ]
        try Ledger.open(target, options: options).close()
        #expect(gone.allSatisfy { !manager.fileExists(atPath: $0) })
        #expect(kept.allSatisfy { manager.fileExists(atPath: $0) })
    }

    @Test("is none that somebody opened and closed since, whatever its name")
    func opened() throws {
        let dead = try dead()
        let places = ["new-\(dead)-1", "restoring-\(dead)"].map { "\(target).\($0)" }
        for place in places {
            let ledger = try Ledger.open(place, options: options)
            _ = try ledger.append([Toy.order(1)], recordedAt: .input)
            try ledger.close()
        }
        // Killed while it was open.
        try Data("\(dead)\n".utf8).write(to: URL(filePath: places[0] + "/lock"))
        try restore()
        for place in places {
            #expect(try Ledger.verify(place, options: options).entries == 1)
        }
    }

    @Test(
        "of a dead process is removed by the next, also when its number is another's by now",
        arguments: UnfinishedLedger.Source.allCases)
    func swept(_ source: UnfinishedLedger.Source) throws {
        let (alive, dead) = (getppid(), try dead())
        for other in UnfinishedLedger.Source.allCases {
            let places = [
                try leave("\(other.rawValue)-\(alive)", lock: "\(alive)\n"),
                try leave("\(other.rawValue)-\(getpid())", lock: "\(getpid())\n"),
                try leave("\(other.rawValue)-\(dead)", lock: nil),
                try leave("\(other.rawValue)-\(dead).new-\(dead)-4294967295", lock: nil),
            ]
            // Killed while a small file was written.
            try Data().write(to: URL(filePath: places[2] + "/origin.new"))
            try make(source)
            for place in places { #expect(!manager.fileExists(atPath: place), "\(place)") }
        }
        #expect(
            try manager.contentsOfDirectory(atPath: directory.path).sorted() == [
                "backup", "ledger",
            ])
    }

    @Test(
        "of somebody who lives, of another ledger or of unknown content stays",
        arguments: UnfinishedLedger.Source.allCases)
    func kept(_ source: UnfinishedLedger.Source) throws {
        let dead = try dead()
        let held = try leave("restoring-\(dead)", lock: "")
        let lock = try FileLock(held + "/lock")
        let strange = try leave("repairing-\(dead)", lock: "\(dead)\n")
        try Data().write(to: URL(filePath: strange + "/letter.txt"))
        let kept = [
            held, strange,
            try leave("restoring-\(getppid())", lock: nil),
            try leave("restoring-\(dead)x", lock: "1\n"),
            try leave("restoring-\(dead).new-1", lock: "1\n"),
            try leave("other.restoring-\(dead)", lock: "1\n"),
        ]
        try make(source)
        for place in kept {
            #expect(manager.fileExists(atPath: place + "/keys/index.key"), "\(place)")
        }
        lock.release()
    }

    @Test("with the number of this process that may be somebody's is named, and stays")
    func named() throws {
        let place = try leave("restoring-\(getpid())", lock: nil)
        let error = #expect(throws: LedgerError.self) { try restore() }
        #expect(error?.code == .alreadyExists && error?.description.contains(place) == true)
        #expect(manager.fileExists(atPath: place + "/keys/index.key"))
        #expect(!manager.fileExists(atPath: target))
    }

    @Test("is held as long as it is made, and what fails leaves nothing")
    func held() throws {
        let new = try UnfinishedLedger(.repairing, of: target + "/")
        try new.make(options)
        #expect(try FileLock.holder(new.directory + "/lock") == getpid())
        // Another one of this process, and of the same name, takes nothing away.
        #expect(throws: LedgerError.self) { try repair() }
        try restore()
        #expect(manager.fileExists(atPath: new.directory + "/keys/index.key"))
        #expect(throws: LedgerError.self) { try new.finish() }
        new.abandon()
        #expect(!manager.fileExists(atPath: new.directory))
        try manager.removeItem(atPath: target)
        #expect(throws: LedgerError.self) {
            try Ledger.restore(
                from: backup, to: target, keysFrom: directory.path + "/none", options: options)
        }
        #expect(
            try manager.contentsOfDirectory(atPath: directory.path).sorted() == [
                "backup", "ledger",
            ])
        try restore()
        let ledger = try Ledger.open(target, options: options)
        try ledger.close()
    }
}
