import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("An export of tiles")
struct TileExportTests {
    private let directory = TemporaryDirectory()
    private let folder = TemporaryDirectory()

    private func open(
        _ place: TemporaryDirectory, origin: String = "example.test/log"
    ) throws -> Ledger {
        var options = TemporaryDirectory.options(toy: false)
        options.signers = [
            try #require(KeySigner(name: origin, seed: [UInt8](repeating: 5, count: 32)))
        ]
        options.origin = origin
        return try Ledger.open(place.path, options: options)
    }

    private func append(_ ledger: Ledger, _ range: Range<Int>) throws -> SignedCheckpoint {
        _ = try ledger.append(range.map { Toy.order($0, at: $0) }, recordedAt: .input)
        return try ledger.checkpoint()
    }

    private func image() throws -> [String: Data] {
        var files: [String: Data] = [:]
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
            files[path] = try? Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + path))
        }
        return files
    }

    @Test("goes on from its own checkpoint, and leaves full tiles as they are")
    func continued() throws {
        let ledger = try open(directory)
        var signed = try append(ledger, 0..<300)
        #expect(
            try ledger.exportTiles(of: signed, to: folder.path, entries: false)
                == TileReport(written: 3, kept: 0))
        signed = try append(ledger, 300..<600)
        #expect(
            try ledger.exportTiles(of: signed, to: folder.path, entries: false)
                == TileReport(written: 3, kept: 1))
        try ledger.close()
    }

    @Test("is no part of another log's, of another history's, nor of a longer one")
    func foreign() throws {
        let ledger = try open(directory)
        let short = try append(ledger, 0..<300)
        let signed = try append(ledger, 300..<600)
        _ = try ledger.exportTiles(of: signed, to: folder.path, entries: false)
        let sound = try image()
        let (other, fork) = (TemporaryDirectory(), TemporaryDirectory())
        let others = try open(other, origin: "example.test/other")
        let forked = try open(fork)
        for (log, checkpoint) in [
            (others, try append(others, 0..<700)), (forked, try append(forked, 1..<700)),
            (ledger, short),
        ] {
            let error = #expect(throws: LedgerError.self) {
                try log.exportTiles(of: checkpoint, to: folder.path, entries: false)
            }
            #expect(error?.code == .alreadyExists)
            #expect(try image() == sound)
        }
        for log in [ledger, others, forked] { try log.close() }
    }

    @Test("that a crash left without a checkpoint is written anew")
    func cutOff() throws {
        let ledger = try open(directory)
        let signed = try append(ledger, 0..<300)
        _ = try ledger.exportTiles(of: signed, to: folder.path, entries: false)
        let sound = try image()
        try FileManager.default.removeItem(atPath: folder.path + "/checkpoint")
        try Data(count: 8_192).write(to: URL(fileURLWithPath: folder.path + "/tile/0/000"))
        _ = try ledger.exportTiles(of: signed, to: folder.path, entries: false)
        #expect(try image() == sound)
        try ledger.close()
    }

    @Test("keeps nothing behind its checkpoint, which a crash may have left of another history")
    func behind() throws {
        let ledger = try open(directory)
        let short = try append(ledger, 0..<300)
        let long = try append(ledger, 300..<600)
        _ = try ledger.exportTiles(of: short, to: folder.path, entries: false)
        try Data(count: 8_192).write(to: URL(fileURLWithPath: folder.path + "/tile/0/001"))
        #expect(
            try ledger.exportTiles(of: long, to: folder.path, entries: false)
                == TileReport(written: 3, kept: 1))
        let tile = try #require(try image()["tile/0/001"])
        #expect(tile != Data(count: 8_192))
        try ledger.close()
    }
}
