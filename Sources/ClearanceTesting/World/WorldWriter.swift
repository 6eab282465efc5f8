public import ClearanceEvents
import ClearanceInterchange

/// Writes a world as files, as `clearance generate` does.
///
/// `ndjson`: `01-background.ndjson` with the records before the first order, then
/// `10-orders-0001.ndjson` … in the order of time, each of at most ``linesPerFile`` events.
/// `ceb`: what a CEB message carries goes into messages of one sender and at most 100 documents,
/// a folder a week (`week-001/CEB311-0001.xml`), everything else beside it as NDJSON. In the byte
/// order of their paths the files are in the order of time, within a week for `ceb`.
public struct WorldWriter {
    /// The form of the files.
    public enum Format: String, Sendable, CaseIterable {
        /// CEB XML, with NDJSON beside it.
        case ceb
        /// NDJSON alone.
        case ndjson
    }

    /// What was written.
    public struct Report: Sendable, Equatable {
        /// Files of either form.
        public var files = 0
        /// Versions of orders, payments, waybills, proceeds and declarations.
        public var papers = 0
        /// All events, the days of the clock included.
        public var events = 0
        /// The last day whose end the world tells; nil for nothing written.
        public var lastDay: CivilDay?
    }

    /// The most events of one NDJSON file.
    public static let linesPerFile = 20_000

    private let world: World
    private let format: Format
    private let printer = EventPrinter(masks: false)

    /// A writer of `world` in a format.
    public init(_ world: World, format: Format) {
        self.world = world
        self.format = format
    }

    /// Writes every file into `sink` and says how much it was. Throws what the sink throws.
    public func write(into sink: inout some FileSink) throws -> Report {
        var report = Report()
        switch format {
        case .ndjson: try writeLines(&sink, &report)
        case .ceb: try writeMessages(&sink, &report)
        }
        return report
    }

    private func writeLines(_ sink: inout some FileSink, _ report: inout Report) throws {
        var pile = LinePile()
        var number = 0
        try world.eachDay { day in
            if day.day >= world.settings.firstDay, number == 0 {
                number = 1
                try pile.store(as: "01-background.ndjson", &sink, &report)
            }
            for event in day.events {
                report.count(event)
                pile.add(printer.bytes(of: event))
                if pile.lines == WorldWriter.linesPerFile {
                    try pile.store(as: WorldWriter.ordersFile(number), &sink, &report)
                    number += 1
                }
            }
            report.lastDay = day.day
        }
        try pile.store(as: WorldWriter.ordersFile(number), &sink, &report)
    }

    private static func ordersFile(_ number: Int) -> String {
        "10-orders-\(String(10_000 + number).dropFirst()).ndjson"
    }

    private func writeMessages(_ sink: inout some FileSink, _ report: inout Report) throws {
        var week = MessageWeek(number: 0)
        var days = 0
        try world.eachDay { day in
            for event in day.events {
                report.count(event)
                if !week.add(event) { week.rest.add(printer.bytes(of: event)) }
            }
            report.lastDay = day.day
            days += 1
            if days % 7 == 0 {
                try week.store(&sink, &report)
                week = MessageWeek(number: days / 7)
            }
        }
        try week.store(&sink, &report)
    }
}

extension WorldWriter.Report {
    fileprivate mutating func count(_ event: Event) {
        events += 1
        let name = event.type.name.split(separator: ".")
        let families: [Substring] = ["order", "payment", "waybill", "proceeds", "declare"]
        let verbs: [Substring] = ["drafted", "submitted", "amended", "withdrawn"]
        if families.contains(name[0]), verbs.contains(name[1]) { papers += 1 }
    }
}

/// Lines that become one file.
private struct LinePile {
    private(set) var lines = 0
    private var bytes: [UInt8] = []

    mutating func add(_ line: [UInt8]) {
        bytes += line
        bytes.append(UInt8(ascii: "\n"))
        lines += 1
    }

    mutating func store(
        as path: String, _ sink: inout some FileSink, _ report: inout WorldWriter.Report
    ) throws {
        guard lines > 0 else { return }
        try sink.store(bytes, at: path)
        report.files += 1
        lines = 0
        bytes.removeAll(keepingCapacity: true)
    }
}

/// The messages of a week: a writer for each message number and sender.
private struct MessageWeek {
    private let folder: String
    private var writers: [(key: String, writer: CEBWriter)] = []
    private var places: [String: Int] = [:]
    var rest = LinePile()

    init(number: Int) { folder = "week-\(String(1_001 + number).dropFirst())" }

    /// False when no message that can be written carries the event.
    mutating func add(_ event: Event) -> Bool {
        guard let number = event.data.text("message"), number.hasPrefix("CEB") else {
            return false
        }
        let key = number + " " + event.source
        let place = places[key] ?? writers.count
        if place == writers.count {
            places[key] = place
            writers.append((key, CEBWriter()))
        }
        return (try? writers[place].writer.add(event)) != nil
    }

    mutating func store(
        _ sink: inout some FileSink, _ report: inout WorldWriter.Report
    ) throws {
        var counts: [String: Int] = [:]
        try rest.store(as: folder + "/events.ndjson", &sink, &report)
        for place in writers.indices {
            for message in writers[place].writer.finish() {
                let number = counts[message.number, default: 0] + 1
                counts[message.number] = number
                let name = "\(message.number)-\(String(10_000 + number).dropFirst()).xml"
                try sink.store(message.bytes, at: "\(folder)/\(name)")
                report.files += 1
            }
        }
    }
}
