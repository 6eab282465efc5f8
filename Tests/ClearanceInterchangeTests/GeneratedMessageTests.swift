import ClearanceEvents
import Glibc
import Seeded
import Testing

@testable import ClearanceInterchange

/// Messages written from generated events.
@Suite("Every message written") struct GeneratedMessageTests {
    /// Documents of each message and edition; `CLEARANCE_LONG=1` asks for a thousand.
    static let count = unsafe getenv("CLEARANCE_LONG") == nil ? 12 : 1_000

    /// Events of a message as they are read, without what only XML would say.
    private func events(
        _ message: CEBMessage, _ version: CEBVersion, using random: inout SeededGenerator
    ) -> [Event] {
        var all: [Event] = []
        for _ in 0..<Self.count {
            let sample = SampleMessage(message, in: version, whole: false, using: &random)
            for var event in Parsed(bytes: sample.bytes, profile: .ceb).events {
                event.extras["signed"] = nil
                // What fits both editions is written in the one that was meant.
                event.data["schema"] = .text(version.rawValue)
                all.append(event)
            }
        }
        return all
    }

    @Test("Every message survives writing and reading, in both editions", arguments: Kit.versions)
    func roundTrip(version: String) throws {
        let edition = CEBVersion(rawValue: version) ?? .v202205
        var random = SeededGenerator(seed: 5)
        for message in CEBMessage.all.values.sorted(by: { $0.number < $1.number })
        where message.isPart(of: edition) {
            let events = events(message, edition, using: &random)
            #expect(events.count == Self.count, "\(message.number)")
            var writer = CEBWriter()
            for event in events { try writer.add(event) }
            var back = writer.finish().flatMap { Parsed(bytes: $0.bytes, profile: .ceb).events }
            for index in back.indices {
                back[index].extras["signed"] = nil
                back[index].data["schema"] = .text(version)
            }
            #expect(Set(back.map(\.id)) == Set(events.map(\.id)), "\(message.number)")
            for (left, right) in zip(back.sorted { $0.id < $1.id }, events.sorted { $0.id < $1.id })
            where left != right {
                Issue.record("\(message.number)\n\(left)\n\(right)")
                break
            }
        }
    }

    @Test(
        "Every written message is valid against the official schema",
        .enabled(if: Kit.isThere && Xmllint.isThere), arguments: Kit.versions)
    func schema(version: String) throws {
        let edition = CEBVersion(rawValue: version) ?? .v202205
        var random = SeededGenerator(seed: 6)
        for direction in [CEBMessage.Direction.import, .export] {
            let messages = CEBMessage.all.values.filter {
                $0.direction == direction && $0.isPart(of: edition)
            }
            var written: [[UInt8]] = []
            var documents = 0
            for message in messages.sorted(by: { $0.number < $1.number }) {
                var writer = CEBWriter()
                for event in events(message, edition, using: &random) { try writer.add(event) }
                for message in writer.finish() {
                    written.append(message.bytes)
                    documents += message.documents
                }
            }
            #expect(documents == Self.count * messages.count)
            let verdicts = try Xmllint.verdicts(written, like: messages[0], in: edition)
            for verdict in verdicts.compactMap({ $0 }) { Issue.record("\(verdict)") }
        }
    }

    @Test("Every official sample survives writing and reading", arguments: Kit.versions)
    func samples(version: String) throws {
        for message in Kit.messages(version) {
            var events = Parsed(bytes: Kit.sample(message, version)).events
            for index in events.indices { events[index].extras["signed"] = nil }
            var writer = CEBWriter()
            for event in events { try writer.add(event) }
            var back = writer.finish().flatMap { Parsed(bytes: $0.bytes).events }
            for index in back.indices { back[index].extras["signed"] = nil }
            #expect(back == events, "\(message)")
        }
    }
}
