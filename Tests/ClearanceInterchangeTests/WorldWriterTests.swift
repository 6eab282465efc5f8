import ClearanceEvents
import Foundation
import Testing

@testable import ClearanceInterchange
@testable import ClearanceTesting

@Suite struct WorldWriterTests {
    static func written(
        _ settings: WorldSettings, _ format: WorldWriter.Format
    ) throws -> (files: [(path: String, bytes: [UInt8])], report: WorldWriter.Report) {
        var sink = MemorySink()
        let report = try WorldWriter(World(settings), format: format).write(into: &sink)
        return (sink.files, report)
    }

    /// An event without what only its transport says.
    static func content(_ event: Event) -> Event {
        var bare = event
        bare.extras = DataRecord(Catalogue.extras)
        for name in ["schema", "messageGuid", "messageVersion", "baseTransfer", "baseSubscribe"] {
            bare.data[name] = nil
        }
        return bare
    }

    static func sortedLines(_ events: [Event]) -> [String] {
        let printer = EventPrinter(masks: false)
        return events.map { String(decoding: printer.bytes(of: content($0)), as: UTF8.self) }
            .sorted()
    }

    @Test("NDJSON files are bounded, in the order of their paths, and counted")
    func ndjson() throws {
        let (files, report) = try Self.written(WorldSettings(seed: 21, orders: 3_000), .ndjson)
        #expect(files.map(\.path) == files.map(\.path).sorted())
        #expect(files[0].path == "01-background.ndjson" && files.count == report.files)
        #expect(files.count > 2)
        var lines = 0
        for file in files {
            let count = file.bytes.count { $0 == 10 }
            #expect(count <= WorldWriter.linesPerFile)
            lines += count
        }
        #expect(lines == report.events)
        #expect(report.papers > 3 * 2_000 && report.papers < report.events)
    }

    @Test("CEB messages and the lines beside them hold the same events as NDJSON")
    func sameEvents() throws {
        let settings = WorldSettings(seed: 22, orders: 250, disturb: 6)
        let (lines, report) = try Self.written(settings, .ndjson)
        let (messages, again) = try Self.written(settings, .ceb)
        #expect(report.events == again.events && report.papers == again.papers)
        let plain = lines.flatMap { Parsed(bytes: $0.bytes).events }
        var parsed: [Event] = []
        for file in messages {
            let read = Parsed(bytes: file.bytes)
            for reject in read.rejects {
                Issue.record("\(file.path) \(reject.code) \(reject.path)")
            }
            parsed += read.events
            if file.path.hasSuffix(".xml") {
                #expect(read.events.count <= 100)
                #expect(Set(read.events.map(\.source)).count == 1)
            }
        }
        #expect(Set(messages.map(\.path)).count == messages.count)
        let left = Self.sortedLines(plain)
        let right = Self.sortedLines(parsed)
        #expect(left.count == right.count)
        for (one, other) in zip(left, right) where one != other {
            Issue.record("\(one)\n\(other)")
            return
        }
    }

    @Test("An undisturbed world in CEB form gives no finding about its values")
    func findings() throws {
        let settings = WorldSettings(seed: 23, orders: 200, disturb: 0)
        let (messages, _) = try Self.written(settings, .ceb)
        var codes: Set<String> = []
        for file in messages where file.path.hasSuffix(".xml") {
            let read = Parsed(bytes: file.bytes)
            for (event, faults) in zip(read.events, read.findings) {
                // Persons of a world cannot exist, nor can the division that they live in, and
                // 1239 is not in the field's text.
                let odd = ["IdNumber", "tradeMode", "consigneeDistrict"]
                for fault in faults where !odd.contains(where: fault.path.hasSuffix) {
                    codes.insert("\(fault.code) \(fault.path) \(event.type.name)")
                }
            }
        }
        #expect(codes == [])
    }

    @Test(
        "The messages are valid against the official schema",
        .enabled(if: Kit.isThere && Xmllint.isThere), arguments: Kit.versions)
    func valid(schema: String) throws {
        let settings = WorldSettings(seed: 24, orders: 120, disturb: 5, schema: schema)
        let (files, _) = try Self.written(settings, .ceb)
        let edition = try #require(CEBVersion(rawValue: schema))
        var seen = 0
        for direction in [CEBMessage.Direction.import, .export] {
            let messages = CEBMessage.all.values.filter { $0.direction == direction }
            // `week-001/CEB311-0001.xml`
            let written = files.filter { file in
                let name = file.path.split(separator: "/").last ?? ""
                return messages.contains { name.hasPrefix($0.number + "-") }
            }
            let verdicts = try Xmllint.verdicts(
                written.map(\.bytes), like: messages[0], in: edition)
            for verdict in verdicts.compactMap({ $0 }).prefix(5) { Issue.record("\(verdict)") }
            seen += written.count
        }
        #expect(seen == files.filter { $0.path.hasSuffix(".xml") }.count && seen > 50)
    }

    @Test("A world has every message of its edition", arguments: ["202205", "2018-113"])
    func everyMessage(schema: String) throws {
        let settings = WorldSettings(seed: 26, orders: 2_000, schema: schema)
        let world = World(settings)
        var seen: Set<String> = []
        for index in 0..<world.lives {
            for event in world.life(of: index).events {
                seen.insert(event.data.text("message") ?? "")
            }
        }
        for number in 0..<world.voyages {
            for event in world.shipment(number).events {
                seen.insert(event.data.text("message") ?? "")
            }
        }
        let edition = try #require(CEBVersion(rawValue: schema))
        let all = CEBMessage.all.values.filter { $0.isPart(of: edition) }.map(\.number)
        #expect(seen.subtracting([""]) == Set(all))
        // The older CEB604 demands a list number before there is one: that lies beside.
        guard edition == .v202205 else { return }
        let small = WorldSettings(seed: 26, orders: 300, schema: schema)
        let (files, _) = try Self.written(small, .ceb)
        for file in files where file.path.hasSuffix(".ndjson") {
            let said = Parsed(bytes: file.bytes).events.compactMap { $0.data.text("message") }
            #expect(said.isEmpty, "\(file.path) \(said.prefix(3))")
        }
    }

    @Test("A judge sees every fact once and each order in one life")
    func judge() {
        let world = World(seed: 25, orders: 300, disturb: 3)
        var seen: Set<String> = []
        let said = world.expected { events in
            let orders = Set(
                events.filter { $0.type.name.hasPrefix("order.") }.map(\.subject))
            for order in orders { #expect(seen.insert(order).inserted) }
            let ids = events.filter { $0.data.text("note") == nil }.map { $0.id + $0.type.name }
            #expect(Set(ids).count == ids.count)
            return (orders.map { _ in "order" }, [:])
        }
        #expect(said.outcomes.count == 1 && said.outcomes[0].outcome == "order")
        #expect(said.outcomes[0].orders == seen.count)
        #expect(seen.count > 270 && seen.count <= 300)
    }
}
