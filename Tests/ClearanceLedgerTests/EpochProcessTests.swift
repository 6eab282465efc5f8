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

    @Test("A reader that asks for less address space than the writer reads all the same")
    func smallReader() async throws { try await onThread { try smallReaderHere() } }

    private func smallReaderHere() throws {
        let place = Neighbourhood()
        let ledger = try place.open()
        try append(1...10, to: ledger)
        try ledger.project()
        let reader = try NeighbourProcess("reread", place.signals, "reader", 1 << 16)
        try append(11...2_000, to: ledger)
        try ledger.project()
        place.signals.give("ask-0")
        #expect(place.signals.wait(for: "told-0"))
        let told = (place.signals.text("told-0") ?? "").split(separator: "\n").map(String.init)
        #expect(try told == ["live"] + lines(of: ledger))
        place.signals.give("end")
        #expect(reader.end() == 0)
        try ledger.close()
    }

    @Test("Without descriptors for another epoch the live one goes on, and nobody is refused")
    func crowded() async throws { try await onThread { try crowdedHere() } }

    private func crowdedHere() throws {
        let place = Neighbourhood()
        let writer = try NeighbourProcess("crowd", place.signals, "crowded", 60)
        #expect(place.signals.text("crowded") == "10000")
        #expect(writer.end() == 0)
        let ledger = try place.open()
        let epochs = try ledger.epochs()
        #expect(epochs.count > 4 && epochs.count < 30)
        // The others have about the size that they were given.
        let rest = epochs.dropLast().compactMap(\.bytes).max() ?? 0
        #expect(epochs.last?.bytes ?? 0 > 4 * rest)
        #expect(try lines(of: ledger) == (1...10_000).map { "\($0) o-\($0)" })
        try ledger.close()
    }

    @Test("An epoch that is only read takes one descriptor, and no more address space than bytes")
    func descriptors() async throws { try await onThread { try descriptorsHere() } }

    private func descriptorsHere() throws {
        let place = Neighbourhood()
        let ledger = try place.open()
        for number in 1...9 {
            try append(number...number, to: ledger)
            try ledger.endEpoch()
        }
        let log = place.signals.path + "/log/"
        /// What this process has open and mapped of ended epochs.
        func ended() throws -> (descriptors: Int, mapped: [Int]) {
            let descriptors = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
                .compactMap {
                    try? FileManager.default.destinationOfSymbolicLink(
                        atPath: "/proc/self/fd/" + $0)
                }
                .filter { $0.hasPrefix(log) && !$0.hasPrefix(log + "epoch-000010") }
            let file = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
            let maps = String(decoding: try file.readToEnd() ?? Data(), as: UTF8.self)
            let mapped = maps.split(separator: "\n").filter { $0.contains(log + "epoch-00000") }
                .compactMap { line -> Int? in
                    let ends = line.prefix { $0 != " " }.split(separator: "-")
                        .compactMap { Int($0, radix: 16) }
                    return ends.count == 2 ? ends[1] - ends[0] : nil
                }
            return (descriptors.filter { $0.contains("epoch-") }.count, mapped)
        }
        // As live epochs are: a file, its meta pages, its lock.
        #expect(try ended().descriptors == 9 * 3)
        try ledger.closeEpochs()
        #expect(try ended().descriptors == 9)
        try ledger.close()
        let again = try place.open()
        let (descriptors, mapped) = try ended()
        #expect(descriptors == 9)
        #expect(mapped == Array(repeating: 1 << 16, count: 9))
        try again.close()
    }
}
