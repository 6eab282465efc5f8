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
    /// As a name of an unfinished one ends.
    private let drawn = "a123456789abcdef"

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
        switch source {
        case .new: try Ledger.open(target, options: options).close()
        case .restoring: try restore()
        case .repairing: try repair()
        }
        #expect(try Ledger.verify(target, options: options).entries == (source == .new ? 0 : 2))
        try manager.removeItem(atPath: target)
    }

    @Test(
        "of a killed process is removed by the next, also when its number is another's by now",
        arguments: UnfinishedLedger.Source.allCases)
    func swept(_ source: UnfinishedLedger.Source) throws {
        let (alive, dead) = (getppid(), try dead())
        for other in UnfinishedLedger.Source.allCases {
            let places = [
                try leave("\(other)-\(dead)-\(drawn)", lock: "\(dead)\n"),
                try leave("\(other)-\(alive)-\(drawn)", lock: "\(alive)\n"),
                try leave("\(other)-\(getpid())-\(drawn)", lock: "\(getpid())\n"),
                try leave("\(other)-\(dead)-\(drawn).new-\(dead)-\(drawn)", lock: "1\n"),
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
        let held = try leave("restoring-1-\(drawn)", lock: "")
        let lock = try FileLock(held + "/lock")
        let strange = try leave("repairing-1-\(drawn)", lock: "\(dead)\n")
        try Data().write(to: URL(filePath: strange + "/letter.txt"))
        let kept = [
            held, strange,
            // Before the lock is held there is no key; who closes a ledger takes his number out.
            try leave("restoring-2-\(drawn)", lock: nil),
            try leave("restoring-3-\(drawn)", lock: ""),
            try leave("restoring-\(dead)", lock: "1\n"),
            try leave("new-2026-11", lock: "1\n"),
            try leave("new-20261122-1", lock: "1\n"),
            try leave("restoring-4-\(drawn)0", lock: "1\n"),
            try leave("restoring-5-\(drawn).old", lock: "1\n"),
            try leave("other.restoring-6-\(drawn)", lock: "1\n"),
        ]
        try make(source)
        for place in kept {
            #expect(manager.fileExists(atPath: place + "/keys/index.key"), "\(place)")
        }
        lock.release()
    }

    @Test(
        "is none that was finished, opened or not, whatever its name",
        arguments: UnfinishedLedger.Source.allCases)
    func finished(_ source: UnfinishedLedger.Source) throws {
        let dead = try dead()
        let places = [0, 1].map { "\(target).\(source)-\(dead)-\(drawn.dropLast())\($0)" }
        for place in places {
            _ = try Ledger.repair(self.source, to: place, options: options)
        }
        try Ledger.open(places[1], options: options).close()
        try make(source)
        for place in places {
            #expect(try Ledger.verify(place, options: options).entries == 2)
        }
    }

    @Test("is held as long as it is made, and what fails leaves nothing")
    func held() throws {
        let new = try UnfinishedLedger(.repairing, of: target + "/")
        try new.make(options)
        #expect(try FileLock.holder(new.directory + "/lock") == getpid())
        // Others of this process, and of the same name, take nothing away.
        try repair()
        try manager.removeItem(atPath: target)
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
