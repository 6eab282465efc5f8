import ClearanceEvents
import Seeded

/// Makes random events of every type: sound values, wrong kinds, unknown members, all sections.
struct RandomEvents {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func event(_ type: EventDefinition) -> Event {
        var event = Event(
            type: type, subject: "order:EBP/\(random.next() % 1000)",
            time: Instant(
                microseconds: Int64.random(in: 0...4_000_000_000_000_000, using: &random),
                offsetMinutes: Int16.random(in: -720...840, using: &random)),
            source: "urn:test:\(random.next() % 10)", id: text())
        if chance(4) { event.actor = text() }
        if chance(4) { event.actorRole = "declarant" }
        if chance(8) { event.onBehalfOf = text() }
        if chance(4) { event.sequence = String(random.next() % 1000) }
        if chance(8) { event.signer = text() }
        if chance(8) {
            event.corrects = Correction(
                source: text(), id: text(), reason: chance(2) ? .incorrectData : .didNotOccur)
        }
        event.data = record(type.layout, depth: 0, members: 12)
        if chance(6) { event.extras["x\(random.next() % 9)"] = wild(depth: 1) }
        return event
    }

    private mutating func record(_ layout: RecordLayout, depth: Int, members: Int) -> DataRecord {
        var record = DataRecord(layout)
        for _ in 0..<Int.random(in: 0...members, using: &random) {
            guard let field = layout.fields.randomElement(using: &random) else { break }
            // A record takes the layout of its field, as a parser would give it.
            let depthOfWild = layout.element(of: field.number) == nil ? depth : 2
            record[field.name] =
                chance(12) ? wild(depth: depthOfWild) : value(field, depth: depth)
        }
        if chance(5) { record["unknown\(random.next() % 20)"] = wild(depth: depth) }
        return record
    }

    private mutating func value(_ field: FieldDefinition, depth: Int) -> DataValue {
        switch field.kind {
        case .record(let name):
            return .record(record(Catalogue.current.layout(name), depth: depth + 1, members: 4))
        case .list(let name):
            let layout = Catalogue.current.layout(name)
            return .list(
                (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    .record(record(layout, depth: depth + 2, members: 5))
                })
        case .texts, .subjects: return .list((0..<2).map { _ in .text(text()) })
        case .decimal: return .text("\(random.next() % 100_000).\(random.next() % 10)")
        case .integer: return .number(String(random.next() % 100))
        case .date: return .text("2026-03-0\(1 + random.next() % 9)")
        case .time: return .text("2026030109000\(random.next() % 10)")
        case .bool: return .bool(chance(2))
        case .currency: return .text(chance(2) ? "142" : "CNY")
        case .choice(let words): return .text(words.randomElement(using: &random) ?? "")
        case .any: return wild(depth: depth)
        case .text, .code, .subject: return .text(text())
        }
    }

    /// A value of any shape, at most two levels deeper.
    private mutating func wild(depth: Int) -> DataValue {
        switch random.next() % (depth < 2 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(chance(2))
        case 2: return .number("\(random.next() % 1000)")
        case 3, 4: return .text(text())
        case 5:
            var record = DataRecord(Catalogue.extras)
            record[text()] = wild(depth: depth + 1)
            record["b"] = .text(text())
            return .record(record)
        default: return .list([wild(depth: depth + 1), .text(text())])
        }
    }

    private mutating func text() -> String {
        let alphabet = ["a", "B", "7", "-", " ", "订", "é", "e\u{301}", "🚢", "\u{0}", "~", "/"]
        return String(
            (0..<Int.random(in: 0...9, using: &random)).map { _ in
                alphabet[Int(random.next() % UInt64(alphabet.count))]
            }.joined())
    }

    private mutating func chance(_ one: UInt64) -> Bool { random.next() % one == 0 }
}
