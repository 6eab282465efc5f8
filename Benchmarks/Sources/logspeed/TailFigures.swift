import ClearanceLedger
import Foundation
import Workload

/// How long after its commit an event is seen by another process that follows the ledger.
struct TailFigures {
    private static let events = 2_000
    /// Pauses between two events, in microseconds: apart from one another, so that the reader is
    /// met anywhere between two of its looks.
    private static let pauses = 500..<7_500

    private let arguments: LogSpeed.Arguments
    private let scratch: Scratch

    init(_ arguments: LogSpeed.Arguments, _ scratch: Scratch) {
        self.arguments = arguments
        self.scratch = scratch
    }

    func measure(into figures: inout Figures) throws {
        let directory = scratch.path + "/tail"
        let seen = scratch.path + "/tail-seen"
        let ledger = try Ledger.open(directory)
        let count = max(100, min(Self.events, arguments.events / 100))
        // The first is the reader's word that it follows.
        _ = try ledger.append(SmallEvents.make(0..<1), recordedAt: .input)
        let reader = Process()
        reader.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        reader.arguments = [LogSpeed.follows, directory, seen, String(count)]
        try reader.run()
        while !FileManager.default.fileExists(atPath: seen) { usleep(1_000) }
        var durable: [UInt64] = []
        for event in SmallEvents.make(1..<count) {
            usleep(UInt32(Int.random(in: Self.pauses)))
            _ = try ledger.append([event], recordedAt: .input)
            durable.append(Self.now())
        }
        reader.waitUntilExit()
        precondition(reader.terminationStatus == 0, "it saw all of them")
        try ledger.close()
        let times = try String(contentsOfFile: seen, encoding: .utf8).split(separator: "\n")
            .dropFirst().compactMap { UInt64($0) }
        precondition(times.count == durable.count, "each is seen once")
        // The reader may see what is durable before the writer's call has returned.
        let delays = zip(times, durable).map { Double(Int64($0) - Int64($1)) / 1e6 }.sorted()
        figures.number("tailMilliseconds", max(0, delays[delays.count / 2]))
        figures.number("tailP99Milliseconds", max(0, delays[delays.count * 99 / 100]))
        figures.number("tailLongestMilliseconds", max(0, delays[delays.count - 1]))
    }

    /// What the other process does: follows, and tells when it saw each event.
    static func follow(_ directory: String, seen: String, count: Int) throws {
        let ledger = try Ledger.openReader(directory)
        try waiting {
            var times: [UInt64] = []
            for try await batch in ledger.subscribe() {
                let now = now()
                for _ in batch { times.append(now) }
                if times.count == batch.count { try write(times, to: seen) }
                guard times.count < count else { break }
            }
            try write(times, to: seen)
        }
        try ledger.close()
    }

    private static func write(_ times: [UInt64], to path: String) throws {
        let lines = times.map { "\($0)\n" }.joined()
        try lines.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// Nanoseconds of a clock that both processes share.
    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
