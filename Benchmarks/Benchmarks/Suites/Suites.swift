import Benchmark
import ClearanceEvents
import ClearanceLedger
import Foundation
import Workload

/// The suites: append, read, replay, match, XML. Each iteration is one thousand events or one
/// message file, so that results stay comparable when the world grows.
let benchmarks: @Sendable () -> Void = {
    Benchmark.defaultConfiguration = .init(
        metrics: [.wallClock, .throughput, .peakMemoryResident],
        maxDuration: .seconds(5), maxIterations: 2_000)
    let workload = Workload(events: 20_000)
    appendSuite(workload)
    readSuites(workload)
    xmlSuite(workload)
}

@Sendable private func appendSuite(_ workload: Workload) {
    Benchmark("append") { benchmark in
        let scratch = try Scratch()
        let ledger = try Ledger.open(scratch.path + "/l", options: Folds.none())
        var start = 0
        benchmark.startMeasurement()
        while start < workload.events.count {
            let end = min(start + 10_000, workload.events.count)
            _ = try await ledger.append(
                Array(workload.events[start..<end]), recordedAt: .input)
            start = end
        }
        benchmark.stopMeasurement()
        blackHole(try ledger.position())
    }
}

@Sendable private func readSuites(_ workload: Workload) {
    Benchmark("read") { benchmark in
        try await withLedger(workload, options: Folds.none()) { ledger in
            benchmark.startMeasurement()
            var codes: UInt64 = 0
            try ledger.forEachEntry { _, view in
                codes &+= UInt64(view.type.code)
                return true
            }
            blackHole(codes)
            benchmark.stopMeasurement()
        }
    }
    Benchmark("replay") { benchmark in
        try await withLedger(workload, options: Folds.all()) { ledger in
            benchmark.startMeasurement()
            blackHole(try ledger.replay())
            benchmark.stopMeasurement()
        }
    }
    Benchmark("match") { benchmark in
        try await withLedger(workload, options: Folds.matching()) { ledger in
            benchmark.startMeasurement()
            blackHole(try Folds.outcomes(of: ledger.view(), day: workload.lastDay))
            benchmark.stopMeasurement()
        }
    }
}

@Sendable private func xmlSuite(_ workload: Workload) {
    Benchmark("XML") { benchmark in
        let messages = Messages(workload.events)
        benchmark.startMeasurement()
        for file in messages.hundreds { blackHole(Messages.read(file)) }
        benchmark.stopMeasurement()
    }
}

/// A ledger with the whole workload, made outside of what is measured.
private func withLedger(
    _ workload: Workload, options: LedgerOptions, _ body: (Ledger) throws -> Void
) async throws {
    let scratch = try Scratch()
    let ledger = try Ledger.open(scratch.path + "/l", options: options)
    _ = try await ledger.append(workload.events, recordedAt: .input)
    try body(ledger)
}
