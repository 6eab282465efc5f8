import ClearanceEvents
import ClearanceLedger
import ClearanceTesting
import CoreMetrics
import Foundation
import Logging
import Synchronization
import Testing

/// Keeps every line that is logged, as one text.
struct KeptLog: LogHandler {
    final class Lines: Sendable {
        let all = Mutex<[String]>([])
    }

    let lines: Lines
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.trace

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let both = metadata.merging(event.metadata ?? [:]) { $1 }
        let words = both.map { "\($0.key)=\($0.value)" }.sorted()
        lines.all.withLock {
            $0.append("\(event.level) \(event.message) \(words.joined(separator: " "))")
        }
    }
}

/// Keeps every value that is recorded, by name.
final class KeptMetrics: MetricsFactory {
    final class Handler: CounterHandler, MeterHandler, RecorderHandler, TimerHandler {
        let values = Mutex<[Double]>([])

        private func keep(_ value: Double) { values.withLock { $0.append(value) } }
        func increment(by amount: Int64) { keep(Double(amount)) }
        func increment(by amount: Double) { keep(amount) }
        func decrement(by amount: Double) { keep(-amount) }
        func reset() {}
        func set(_ value: Int64) { keep(Double(value)) }
        func set(_ value: Double) { keep(value) }
        func record(_ value: Int64) { keep(Double(value)) }
        func record(_ value: Double) { keep(value) }
        func recordNanoseconds(_ duration: Int64) { keep(Double(duration)) }
    }

    private let handlers = Mutex<[String: Handler]>([:])
    /// Everything that names a metric.
    let texts = Mutex<[String]>([])

    private func handler(_ label: String, _ dimensions: [(String, String)]) -> Handler {
        texts.withLock { $0.append("\(label) \(dimensions)") }
        let made = Handler()
        return handlers.withLock { handlers in
            handlers[label] = made
            return made
        }
    }

    func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        handler(label, dimensions)
    }
    func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        handler(label, dimensions)
    }
    func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        handler(label, dimensions)
    }
    func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        handler(label, dimensions)
    }
    func destroyCounter(_ handler: any CounterHandler) {}
    func destroyMeter(_ handler: any MeterHandler) {}
    func destroyRecorder(_ handler: any RecorderHandler) {}
    func destroyTimer(_ handler: any TimerHandler) {}

    var names: [String] { handlers.withLock { $0.keys.sorted() } }

    func values(_ name: String) -> [Double] {
        handlers.withLock { $0["clearance.ledger." + name] }?.values.withLock { $0 } ?? []
    }
}

@Suite struct ObservabilityTests {
    private let lines = KeptLog.Lines()
    private let metrics = KeptMetrics()
    private let directory = TemporaryDirectory()

    private func options() -> LedgerOptions {
        var options = TemporaryDirectory.options()
        options.logger = Logger(label: "test") { [lines] _ in KeptLog(lines: lines) }
        options.metrics = metrics
        options.watchMilliseconds = 20
        return options
    }

    @Test("Every metric has its name in the specification, and no other is made")
    func names() throws {
        try Ledger.open(directory.path, options: options()).close()
        let page = try String(
            contentsOfFile: #filePath.replacing(
                "Tests/ClearanceLedgerTests/ObservabilityTests.swift", with: "specs/operations.md"),
            encoding: .utf8)
        let told = page.matches(of: #/`(clearance\.ledger\.[a-z.]+)`/#).map { String($0.output.1) }
        #expect(metrics.names == told.sorted())
    }

    @Test("Commits are counted once each, with their events, bytes, size and time")
    func commits() throws {
        let ledger = try Ledger.open(directory.path, options: options())
        _ = try ledger.append((1...30).map { Toy.order($0) }, recordedAt: .input)
        _ = try ledger.append((25...34).map { Toy.order($0) }, recordedAt: .input)
        _ = try ledger.append([Toy.order(1)], recordedAt: .input)
        #expect(metrics.values("commits") == [1, 1])
        #expect(metrics.values("events") == [30, 4])
        #expect(metrics.values("batch.events") == [30, 4])
        #expect(metrics.values("flush").count == 2)
        let health = try ledger.health()
        #expect(health.position == 34 && health.projected == 0)
        #expect(health.written?.commits == 2 && health.written?.events == 34)
        #expect(health.written?.batchP50 == 4)
        #expect(try #require(health.written?.batchP99) >= 30)
        #expect(health.holder == getpid() && health.durability == "twoFlushes")
        try ledger.project()
        #expect(try ledger.health().projected == 34)
        var integrated: UInt64?
        for _ in 0..<6_000 where integrated != 34 {
            integrated = try ledger.health().integrated
            usleep(10_000)
        }
        #expect(integrated == 34)
        try ledger.close()
    }

    @Test("Opening, closing, recovering and rolling are told, with positions alone")
    func told() throws {
        var options = options()
        options.epochBytes = 100_000
        for _ in 0..<2 {
            let ledger = try Ledger.open(directory.path, options: options)
            for start in stride(from: 0, to: 600, by: 100) {
                let from = start + Int(try ledger.position())
                _ = try ledger.append(
                    (from..<(from + 100)).map { Toy.order($0) }, recordedAt: .input)
            }
            if try ledger.position() > 600 { try ledger.close() }
        }
        let all = lines.all.withLock { $0 }
        for wanted in [
            "info opened", "notice recovered what was appended", "notice began a new epoch",
            "info closed",
        ] { #expect(all.contains { $0.hasPrefix(wanted) }, "\(wanted)") }
        #expect(all.allSatisfy { $0.contains("ledger=\(directory.path)") })
    }

    @Test("Neither log nor metrics nor status page hold a personal value of a world")
    func privacy() throws {
        let world = World(seed: 5, orders: 60, disturb: 4)
        let ledger = try Ledger.open(directory.path, options: options())
        let batch = (0..<world.lives).flatMap { world.life(of: $0).events }
        _ = try ledger.append(batch, recordedAt: .input)
        _ = try ledger.append(batch, recordedAt: .input)
        try ledger.project()
        usleep(100_000)
        let page = try Data(contentsOf: URL(fileURLWithPath: directory.path + "/status"))
        try ledger.close()
        var told = lines.all.withLock { $0 } + metrics.texts.withLock { $0 }
        told.append(String(decoding: page, as: UTF8.self))
        let text = told.joined(separator: "\n")
        #expect(text.contains("number events"))
        let personal = Self.personalValues(of: batch)
        #expect(personal.count > 100)
        let leaked = personal.filter { text.contains($0) }
        #expect(leaked == [])
    }

    /// The texts of all personal fields, but for those too short to be told from a number.
    private static func personalValues(of events: [Event]) -> Set<String> {
        var values: Set<String> = []
        for event in events {
            for member in event.data.members {
                guard let number = event.data.layout.number(of: member.name),
                    event.data.layout.field(number).section != .body,
                    let text = event.data.text(member.name), text.utf8.count > 5
                else { continue }
                values.insert(text)
            }
        }
        return values
    }
}
