import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("What is written beside a ledger")
struct OutputPlaceTests {
    private let ledgerPlace = TemporaryDirectory()
    private let otherPlace = TemporaryDirectory()
    private let free = TemporaryDirectory()
    private let manager = FileManager.default

    init() throws {
        try manager.createDirectory(atPath: free.path, withIntermediateDirectories: true)
    }

    private func made(_ place: TemporaryDirectory, _ numbers: Range<Int> = 0..<9) throws -> Ledger {
        let options = TemporaryDirectory.options(key: nil)
        let ledger = try Ledger.open(place.path, options: options)
        _ = try ledger.append(numbers.map { Toy.order($0, at: $0) }, recordedAt: .input)
        return ledger
    }

    /// The bytes of every file of a folder.
    private func image(_ folder: String) throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try manager.subpathsOfDirectory(atPath: folder) {
            files[path] = try? Data(contentsOf: URL(fileURLWithPath: folder + "/" + path))
        }
        return files
    }

    private func write(_ text: String, to path: String) throws {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }

    @Test("never lies in a ledger: not a back-up, its keys, tiles, nor another ledger")
    func inside() throws {
        let signer = try #require(KeySigner(newKeyNamed: "example.test/places"))
        var options = TemporaryDirectory.options(key: nil)
        options.signers = [signer]
        let ledger = try Ledger.open(ledgerPlace.path, options: options)
        _ = try ledger.append([Toy.order(1, at: 1)], recordedAt: .input)
        let signed = try ledger.checkpoint()
        try made(otherPlace).close()
        let backup = free.path + "/backup"
        _ = try ledger.backUp(to: backup)
        try manager.createSymbolicLink(
            atPath: free.path + "/link", withDestinationPath: otherPlace.path)
        let sound = try image(otherPlace.path)
        let own = ledgerPlace.path
        let places = [
            own, own + "/", own + "/log", own + "/keys", own + "/state/new", own + "/a/b/c",
            otherPlace.path, otherPlace.path + "/keys", free.path + "/link",
            free.path + "/link/new", free.path + "/none/../link/new",
        ]
        for place in places {
            func refuses(_ body: () throws -> Void) {
                let error = #expect(throws: LedgerError.self, "\(place)") { try body() }
                let what = error?.what ?? ""
                #expect(
                    what.contains("lies in the ledger") || what.contains("is there already"),
                    "\(place): \(what)")
            }
            refuses { _ = try ledger.backUp(to: place) }
            refuses { _ = try ledger.backUp(to: free.path + "/b", keysTo: place) }
            refuses { _ = try ledger.exportTiles(of: signed, to: place, entries: false) }
            refuses { _ = try Ledger.restore(from: backup, to: place, options: options) }
            refuses { _ = try Ledger.repair(otherPlace.path, to: place, options: options) }
        }
        for place in ["/state/new", "/log/epoch-000002", "/new"] {
            #expect(throws: LedgerError.self) {
                try Ledger.open(own + place, options: TemporaryDirectory.options())
            }
        }
        try ledger.close()
        #expect(try image(otherPlace.path) == sound)
        #expect(try Ledger.verify(own, options: options).isIntact)
        #expect(!manager.fileExists(atPath: own + "/a"))
        #expect(!manager.fileExists(atPath: free.path + "/none"))
    }

    @Test("is refused a folder that holds other files; an empty one is taken, and so is its own")
    func backupFolder() throws {
        let ledger = try made(ledgerPlace)
        let folder = free.path + "/folder"
        try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for name in ["notes.txt", "config", "manifest.old", "segments"] {
            try write("mine", to: folder + "/" + name)
            let error = #expect(throws: LedgerError.self) { try ledger.backUp(to: folder) }
            #expect(error?.what.contains("holds other files") == true)
            #expect(try image(folder) == [name: Data("mine".utf8)])
            try manager.removeItem(atPath: folder + "/" + name)
        }
        // A disk of its own, and what a run leaves that was killed as it began.
        try manager.createDirectory(
            atPath: folder + "/lost+found", withIntermediateDirectories: true)
        try write("clearance-back", to: folder + "/manifest.new")
        #expect(try ledger.backUp(to: folder).position == 9)
        #expect(try ledger.backUp(to: folder).shipped == nil)
        // What a run leaves that was killed before its first segment.
        let begun = free.path + "/begun"
        try manager.createDirectory(atPath: begun, withIntermediateDirectories: true)
        try BackupManifest().write(to: begun)
        try write("half", to: begun + "/origin")
        #expect(try ledger.backUp(to: begun).position == 9)
        try ledger.close()
    }

    @Test("as a copy of keys never replaces another ledger's, and passes over what is no file")
    func keyFolder() throws {
        let (one, two) = (try made(ledgerPlace), try made(otherPlace, 20..<25))
        let keys = free.path + "/keys"
        try manager.createDirectory(
            atPath: ledgerPlace.path + "/keys/tile/0", withIntermediateDirectories: true)
        for _ in 0..<2 { _ = try one.backUp(to: free.path + "/one", keysTo: keys) }
        let sound = try image(keys)
        #expect(sound["index.key"]?.count == 16 && sound["tile"] == nil)
        #expect(throws: LedgerError.self) {
            try two.backUp(to: free.path + "/two", keysTo: keys)
        }
        #expect(try image(keys) == sound)
        try one.close()
        try two.close()
        let options = TemporaryDirectory.options(key: nil)
        let report = try Ledger.repair(
            ledgerPlace.path, to: free.path + "/repaired", options: options)
        #expect(report.kept == 9)
    }

    @Test("leaves nothing behind when a ledger cannot be made")
    func unmade() throws {
        let before = try manager.contentsOfDirectory(atPath: manager.currentDirectoryPath)
        #expect(throws: LedgerError.self) { try Ledger.open("") }
        #expect(
            try manager.contentsOfDirectory(atPath: manager.currentDirectoryPath).sorted()
                == before.sorted())
        try write("a file", to: free.path + "/file")
        #expect(throws: LedgerError.self) { try Ledger.open(free.path + "/file/ledger") }
        #expect(try manager.contentsOfDirectory(atPath: free.path) == ["file"])
    }
}
