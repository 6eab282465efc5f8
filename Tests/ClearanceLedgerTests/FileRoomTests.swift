import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("Room ahead of lone commits")
struct FileRoomTests {
    private let directory = TemporaryDirectory()

    private var file: String { directory.path + "/log/epoch-000001/data.mdb" }

    @Test("is written before it is used, holds no entry, and is cut off when the ledger closes")
    func room() throws {
        var ledger = try directory.open(toy: false)
        for number in 1...20 {
            _ = try ledger.append([Toy.order(number, at: number)], recordedAt: .input)
        }
        // The writer's thread is asked for it after the second commit; this makes sure of it.
        let (log, path) = (ledger.log, file)
        try ledger.writing().inTurn { () throws(LedgerError) in
            if (try? Files.size(path)) ?? 0 < EventLog.roomStep { try log.lengthen() }
        }
        #expect(try Files.size(file) >= EventLog.roomStep)
        for number in 21...40 {
            _ = try ledger.append([Toy.order(number, at: number)], recordedAt: .input)
        }
        #expect(try ledger.verify().isIntact)
        let used = try ledger.log.used(ledger.log.live())
        #expect(used < EventLog.roomStep)
        try ledger.close()
        #expect(try Files.size(file) == used)
        ledger = try directory.open(toy: false)
        #expect(try ledger.events(limit: 50).count == 40)
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }

    @Test("is asked for by small commits alone, and by none of a scratch ledger")
    func asking() throws {
        for level in [Durability.twoFlushes, .none] {
            let directory = TemporaryDirectory()
            var options = TemporaryDirectory.options(toy: false)
            options.durability = level
            let ledger = try Ledger.open(directory.path, options: options)
            let batch = try ledger.encode((1...500).map { Toy.order($0, at: $0) }).batch
            let runs = ChosenEntries(batch: batch, runs: [0..<1], recorded: .input)
            let many = ChosenEntries(batch: batch, runs: [2..<500], recorded: .input)
            var recorded = Int64.min
            #expect(try ledger.log.append([runs], first: 1, recorded: &recorded) == false)
            #expect(
                try ledger.log.append([runs], first: 2, recorded: &recorded)
                    == (level == .twoFlushes))
            #expect(try ledger.log.append([many], first: 3, recorded: &recorded) == false)
            ledger.log.close()
        }
    }
}
