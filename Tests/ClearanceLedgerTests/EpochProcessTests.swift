import ClearanceEvents
import ClearanceLedger
import Foundation
import Testing

@testable import ledger_neighbour

@Suite("Epochs, seen by another process")
struct EpochProcessTests {
    private func append(_ numbers: ClosedRange<Int>, to ledger: Ledger) throws {
        for start in stride(from: numbers.lowerBound, through: numbers.upperBound, by: 10) {
            let batch = (start...min(start + 9, numbers.upperBound)).map { Neighbour.order($0) }
            _ = try ledger.append(batch, recordedAt: .input)
        }
    }

    private func lines(of ledger: Ledger) throws -> [String] {
        try ledger.events(limit: .max).map { "\($0.position) \($0.event.id)" }
    }

    @Test("A follower sees each position once while epochs end, are closed and are moved")
    func followed() async throws { try await onThread { try followedHere() } }

    private func followedHere() throws {
        let place = Neighbourhood()
        let archive = TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: archive.path, withIntermediateDirectories: true)
        let ledger = try place.open { $0.epochBytes = 1 << 16 }
        try append(1...20, to: ledger)
        let follower = try NeighbourProcess("follow", place.signals, "follower", 0)
        for round in 0..<4 {
            let first = 21 + 300 * round
            // By their size, with followers at their heels …
            try append(first...(first + 199), to: ledger)
            try ledger.closeEpochs()
            // … and by hand, also while nothing comes.
            try ledger.endEpoch()
            try append((first + 200)...(first + 299), to: ledger)
            if round == 2 { try ledger.moveEpoch(1, to: archive.path) }
        }
        #expect(try ledger.epochs().count > 8)
        place.signals.give("end", "1221")
        try append(1_221...1_221, to: ledger)
        #expect(follower.end() == 0)
        let seen = (place.signals.text("follower.seen") ?? "").split(separator: "\n")
        #expect(seen.map(String.init) == (1...1_221).map { "\($0) o-\($0)" })
        try ledger.close()
    }

    @Test("A reader from before epochs ended, closed, moved and were made reads all of them")
    func refreshed() async throws { try await onThread { try refreshedHere() } }

    private func refreshedHere() throws {
        let place = Neighbourhood()
        let archive = TemporaryDirectory()
        try FileManager.default.createDirectory(
            atPath: archive.path, withIntermediateDirectories: true)
        let ledger = try place.open()
        try append(1...100, to: ledger)
        // It keeps a view of the first epoch to its end.
        let reader = try NeighbourProcess("reread", place.signals, "reader", 0)
        var round = 0
        func ask() throws -> [String] {
            place.signals.give("ask-\(round)")
            #expect(place.signals.wait(for: "told-\(round)"))
            round += 1
            let told = place.signals.text("told-\(round - 1)") ?? ""
            return told.split(separator: "\n").map(String.init)
        }
        #expect(try ask() == ["live"] + lines(of: ledger))
        try ledger.endEpoch()
        #expect(try ask() == ["full live"] + lines(of: ledger))
        try append(101...150, to: ledger)
        #expect(try ask() == ["full live"] + lines(of: ledger))
        try ledger.closeEpochs()
        #expect(try ask() == ["closed live"] + lines(of: ledger))
        try ledger.moveEpoch(1, to: archive.path)
        #expect(try ask() == ["closed live"] + lines(of: ledger))
        // New directories may take the numbers of those that were removed and are still looked at.
        for first in stride(from: 151, through: 211, by: 10) {
            try append(first...(first + 9), to: ledger)
            try ledger.endEpoch()
        }
        let full = Array(repeating: "full", count: 8 - 1).joined(separator: " ")
        #expect(try ask() == ["closed \(full) live"] + lines(of: ledger))
        try ledger.closeEpochs()
        let closed = Array(repeating: "closed", count: 8).joined(separator: " ")
        #expect(try ask() == ["\(closed) live"] + lines(of: ledger))
        try ledger.close()
        #expect(try ask().first == "\(closed) live")
        place.signals.give("end")
        #expect(reader.end() == 0)
    }
}
