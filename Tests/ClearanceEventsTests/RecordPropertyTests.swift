import Seeded
import Testing

@testable import ClearanceEvents

/// What a record is, said slowly and plainly: names with values, of no order.
private indirect enum Plain: Equatable {
    case text(String), number(String), bool(Bool), null
    case record([String: Plain]), list([Plain])
}

@Suite("Flat records against plain ones")
struct RecordPropertyTests {
    private static let seeds: [UInt64] = [1, 2, 3, 4, 20_261_121]

    @Test("Built, set, changed and decoded records are the plain ones", arguments: seeds)
    fileprivate func model(_ seed: UInt64) throws {
        var dice = SeededGenerator(seed: seed)
        for name in ["order", "declaration", "movement", "extras"] {
            let layout = name == "extras" ? Catalogue.extras : Catalogue.current.layout(name)
            for _ in 0..<25 {
                let plain = random(layout, depth: 0, &dice)
                let note = "\(name), seed \(seed)"
                let set = self.set(plain, layout, &dice)
                var builder = RecordBuilder(layout)
                build(plain, &builder, &dice)
                let built = builder.finish()
                #expect(read(set) == .record(plain), "\(note)")
                #expect(set == built, "\(note)")
                check(built, plain, note)
                let decoded = try decode(built)
                #expect(decoded == built, "\(note)")
                try change(built, plain, note, &dice)
            }
        }
    }

    /// Random changes of a record and of its plain twin.
    private func change(
        _ given: DataRecord, _ before: [String: Plain], _ note: String,
        _ dice: inout SeededGenerator
    ) throws {
        var (record, plain) = (given, before)
        for _ in 0..<12 {
            let name = self.name(record.layout, &dice)
            let inner = self.inner(name, of: record.layout)
            if dice.next() % 3 == 0 {
                record[name] = nil
                plain[name] = nil
            } else {
                let value = self.value(inner, depth: 1, &dice)
                if dice.next() % 2 == 0 {
                    record[name] = flat(value, inner, &dice)
                    plain[name] = value
                } else {
                    let isNew = record.add(flat(value, inner, &dice), name: name)
                    #expect(isNew == (plain[name] == nil), "\(note)")
                    if isNew { plain[name] = value }
                }
            }
            check(record, plain, note)
        }
        #expect(try decode(record) == record, "\(note)")
        check(given, before, note)
    }

    private func check(_ record: DataRecord, _ plain: [String: Plain], _ note: String) {
        #expect(read(record) == .record(plain), "\(note)")
        let known = record.layout.fields.map(\.name).filter { plain[$0] != nil }
        let unknown = plain.keys.filter { record.layout.number(of: $0) == nil }
            .sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        #expect(record.members.map(\.name) == known + unknown, "\(note)")
        for field in record.layout.fields {
            let isThere =
                switch plain[field.name] {
                case nil, .null, .text(""), .list([]): false
                default: true
                }
            #expect(record.has(field.number) == isThere, "\(note), \(field.name)")
        }
    }

    /// Through the bytes of the three sections and back.
    private func decode(_ record: DataRecord) throws -> DataRecord {
        var parts: [DataRecord] = []
        let event = Encoded.event("order.submitted", "order:E/1", [:])
        for section in Section.allCases {
            var writer = ByteWriter()
            writer.fill(EntryRoom.room(record.size)) { room in
                guard section == .body else {
                    return RecordEncoder.encode(
                        record.cursor, of: record.layout, part: section, into: &room)
                }
                var walk = BodyWalk(ContentMark(of: event, key: SipKey(1, 2)))
                walk.take(record.cursor, of: record.layout, into: &room)
            }
            parts.append(try RecordDecoder.decode(writer.bytes.span, layout: record.layout))
        }
        return try RecordDecoder.merged(try RecordDecoder.merged(parts[0], parts[1]), parts[2])
    }
}

// MARK: Between the two forms

extension RecordPropertyTests {
    private func inner(_ name: String, of layout: RecordLayout) -> RecordLayout {
        layout.inner(layout.number(of: name) ?? 0)
    }

    private func read(_ record: DataRecord) -> Plain {
        .record(
            Dictionary(uniqueKeysWithValues: record.members.map { ($0.name, read($0.value)) }))
    }

    private func read(_ value: DataValue) -> Plain {
        switch value {
        case .text(let text): .text(text)
        case .number(let digits): .number(digits)
        case .bool(let flag): .bool(flag)
        case .null: .null
        case .record(let record): read(record)
        case .list(let items): .list(items.map(read))
        }
    }

    private func set(
        _ plain: [String: Plain], _ layout: RecordLayout, _ dice: inout SeededGenerator
    ) -> DataRecord {
        var record = DataRecord(layout)
        for (name, value) in plain.sorted(by: { $0.key < $1.key }).shuffled(using: &dice) {
            record[name] = .text("goes")
            record[name] = flat(value, inner(name, of: layout), &dice)
        }
        return record
    }

    private func flat(
        _ plain: Plain, _ layout: RecordLayout, _ dice: inout SeededGenerator
    ) -> DataValue {
        switch plain {
        case .text(let text): return .text(text)
        case .number(let digits): return .number(digits)
        case .bool(let flag): return .bool(flag)
        case .null: return .null
        case .record(let members):
            // A record of no layout takes that of its place.
            let own = dice.next() % 2 == 0 ? layout : Catalogue.extras
            return .record(set(members, own, &dice))
        case .list(let items): return .list(items.map { flat($0, layout, &dice) })
        }
    }

    private func build(
        _ plain: [String: Plain], _ builder: inout RecordBuilder, _ dice: inout SeededGenerator
    ) {
        for (name, value) in plain.sorted(by: { $0.key < $1.key }).shuffled(using: &dice) {
            let key = name.utf8Span.span
            switch value {
            case .text(let text): builder.add(.text, text.utf8Span.span, name: key)
            case .number(let text): builder.add(.number, text.utf8Span.span, name: key)
            case .bool(let flag): builder.add(flag ? .yes : .no, name: key)
            case .null: builder.add(.null, name: key)
            case .record(let members):
                builder.beginRecord(name: key)
                build(members, &builder, &dice)
                builder.endRecord()
            case .list(let items):
                builder.beginList(name: key)
                build(items, &builder, &dice)
                builder.endList()
            }
            let isNew = builder.add(.null, name: key)
            #expect(!isNew)
        }
    }

    private func build(
        _ items: [Plain], _ builder: inout RecordBuilder, _ dice: inout SeededGenerator
    ) {
        for item in items {
            switch item {
            case .text(let text): builder.addItem(.text, text.utf8Span.span)
            case .number(let text): builder.addItem(.number, text.utf8Span.span)
            case .bool(let flag): builder.addItem(flag ? .yes : .no)
            case .null: builder.addItem(.null)
            case .record(let members):
                builder.beginRecord()
                build(members, &builder, &dice)
                builder.endRecord()
            case .list(let items):
                builder.beginList()
                build(items, &builder, &dice)
                builder.endList()
            }
        }
    }
}

// MARK: Chance

extension RecordPropertyTests {
    private func random(
        _ layout: RecordLayout, depth: Int, _ dice: inout SeededGenerator
    ) -> [String: Plain] {
        var record: [String: Plain] = [:]
        for _ in 0..<(dice.next() % (depth == 0 ? 30 : 5)) {
            let name = self.name(layout, &dice)
            record[name] = value(inner(name, of: layout), depth: depth, &dice)
        }
        return record
    }

    private func name(_ layout: RecordLayout, _ dice: inout SeededGenerator) -> String {
        if dice.next() % 3 > 0, let field = layout.fields.randomElement(using: &dice) {
            return field.name
        }
        return ["a", "B", "订单", "é", "zz", "", "orderNo2", "x y"][Int(dice.next() % 8)]
    }

    private func value(
        _ inner: RecordLayout, depth: Int, _ dice: inout SeededGenerator
    ) -> Plain {
        switch dice.next() % (depth < 2 ? 8 : 6) {
        case 0: return .null
        case 1: return .bool(dice.next() % 2 == 0)
        case 2: return .number(String(dice.next() % 1000))
        case 3: return .text("")
        case 4, 5: return .text(String(repeating: "文x", count: Int(dice.next() % 9)))
        case 6: return .record(random(inner, depth: depth + 1, &dice))
        default:
            var items: [Plain] = []
            for _ in 0..<(dice.next() % 4) {
                items.append(value(inner, depth: depth + 1, &dice))
            }
            return .list(items)
        }
    }
}
