import Testing

@testable import ClearanceEvents

@Suite("Records built from bytes")
struct RecordBuilderTests {
    private let order = Catalogue.current.layout("order")

    private func number(_ name: String) throws -> UInt16 {
        try #require(order.number(of: name))
    }

    private func names(_ record: DataRecord) -> [String] { record.members.map(\.name) }

    @Test("Members that come in any order stand in the order of their numbers")
    func ordering() throws {
        let builder = TextBuilder(order)
        builder.add(.text, "CNY", number: try number("currency"))
        builder.add(.text, "u", name: "zz")
        builder.beginList(number: try number("items"))
        builder.endList()
        builder.add(.text, "NO1", name: "orderNo")
        builder.add(.null, name: "aa")
        let record = builder.finish()
        #expect(names(record) == ["orderNo", "currency", "items", "aa", "zz"])
        #expect(record["orderNo"] == .text("NO1"))
        #expect(record["items"] == .list([]))
        #expect(record["aa"] == .null)
        #expect(record.count == 5 && !record.isEmpty)
    }

    @Test("A name that stands already is refused, whatever came between")
    func duplicates() throws {
        let builder = TextBuilder(order)
        let orderNo = try number("orderNo")
        #expect(builder.add(.text, "1", number: orderNo))
        #expect(builder.add(.yes, number: try number("currency")))
        #expect(!builder.add(.text, "2", number: orderNo))
        #expect(!builder.add(.text, "2", name: "orderNo"))
        #expect(!builder.beginRecord(number: orderNo))
        #expect(!builder.beginList(name: "orderNo"))
        #expect(builder.add(.no, name: "b"))
        #expect(builder.add(.no, name: "a"))
        #expect(!builder.add(.no, name: "b"))
        #expect(!builder.add(.no, name: "a"))
        #expect(names(builder.finish()) == ["orderNo", "currency", "a", "b"])
    }

    @Test("Many unknown names are told apart and ordered, in whatever order they come")
    func manyNames() {
        for step in [1, 7, 99] {
            let builder = TextBuilder(order)
            for index in 0..<100 {
                let name = "n\(1000 + index * step % 100)"
                #expect(builder.add(.text, name, name: name))
            }
            for index in 0..<100 {
                #expect(!builder.add(.null, name: "n\(1000 + index)"))
            }
            let record = builder.finish()
            #expect(names(record) == (0..<100).map { "n\(1000 + $0)" })
            #expect(record.text("n1042") == "n1042")
        }
    }

    @Test("Records in lists take the layout of the field, at every depth")
    func nesting() throws {
        let builder = TextBuilder(order)
        builder.beginList(number: try number("items"))
        for index in 0..<3 {
            builder.beginRecord()
            builder.add(.text, "品\(index)", name: "itemName")
            builder.add(.number, "\(index)", name: "gnum")
            builder.beginRecord(name: "more")
            builder.add(.yes, name: "itemName")
            builder.endRecord()
            builder.endRecord()
        }
        builder.beginList()
        builder.addItem(.text, "x")
        builder.endList()
        builder.endList()
        let record = builder.finish()
        guard case .list(let items)? = record["items"], items.count == 4,
            case .record(let item) = items[1], case .record(let more)? = item["more"]
        else {
            Issue.record("a list of three records and a list was built")
            return
        }
        #expect(item.layout === Catalogue.current.layout("orderItem"))
        #expect(names(item) == ["gnum", "itemName", "more"])
        #expect(item.text("itemName") == "品1")
        #expect(more.layout === Catalogue.extras && more["itemName"] == .bool(true))
        #expect(items[3] == .list([.text("x")]))
        #expect(record.levels == 4)
    }

    @Test("A builder makes one document after the other, each on its own")
    func reuse() throws {
        let builder = TextBuilder(order)
        builder.add(.text, "first", name: "orderNo")
        let first = builder.finish()
        #expect(builder.finish().isEmpty)
        builder.add(.text, "left", name: "u")
        builder.beginRecord(name: "open")
        builder.start(Catalogue.current.layout("payment"))
        builder.add(.text, "P", name: "payCode")
        let second = builder.finish()
        #expect(first.text("orderNo") == "first" && first.count == 1)
        #expect(second.text("payCode") == "P" && second.count == 1)
        #expect(second.layout === Catalogue.current.layout("payment"))
    }

    @Test("What is deeper than an event may be is built, counted and refused by the check")
    func depth() {
        var event = Encoded.event(
            "order.submitted", "order:E/1",
            [
                "orderNo": .text("1"), "ebpCode": .text("E"), "acturalPaid": .text("1"),
                "currency": .text("CNY"),
            ])
        for levels in [EventLimits.depth, EventLimits.depth + 1, 40] {
            let builder = TextBuilder(order)
            for _ in 1..<levels { builder.beginRecord(name: "in") }
            builder.add(.text, "x", name: "leaf")
            for _ in 1..<levels { builder.endRecord() }
            let deep = builder.finish()
            #expect(deep.levels == levels)
            let size = deep.size
            #expect(!deep.isDeeper(than: levels, size) && deep.isDeeper(than: levels - 1, size))
            event.data["in"] = deep["in"]
            let isRefused = event.faults().contains { $0.code == .tooDeep }
            #expect(isRefused == (levels > EventLimits.depth))
        }
    }

    @Test("A walk lends kinds, numbers and bytes")
    func walk() throws {
        let builder = TextBuilder(order)
        builder.add(.number, "12", name: "instalments")
        builder.add(.text, "假", name: "alias")
        let record = builder.finish()
        var cursor = record.cursor
        var seen: [String] = []
        while cursor.next() {
            let (kind, number) = (cursor.kind, cursor.number)
            seen.append("\(kind) \(number) \(cursor.name.string)=\(cursor.text.string)")
        }
        #expect(seen == ["number \(try number("instalments")) =12", "text 0 alias=假"])
        var search = record.cursor
        let found = search.next(number: try number("instalments"))
        let missed = search.next(number: try number("items"))
        #expect(found && !missed)
    }
}

/// A builder that takes texts, for tests.
private final class TextBuilder {
    private var builder: RecordBuilder

    init(_ layout: RecordLayout) { builder = RecordBuilder(layout) }

    @discardableResult
    func add(_ kind: DataKind, _ text: String = "", number: UInt16) -> Bool {
        builder.add(kind, text.utf8Span.span, number: number)
    }

    @discardableResult
    func add(_ kind: DataKind, _ text: String = "", name: String) -> Bool {
        builder.add(kind, text.utf8Span.span, name: name.utf8Span.span)
    }

    @discardableResult
    func beginRecord(number: UInt16) -> Bool { builder.beginRecord(number: number) }

    @discardableResult
    func beginRecord(name: String) -> Bool { builder.beginRecord(name: name.utf8Span.span) }

    @discardableResult
    func beginList(number: UInt16) -> Bool { builder.beginList(number: number) }

    @discardableResult
    func beginList(name: String) -> Bool { builder.beginList(name: name.utf8Span.span) }

    func addItem(_ kind: DataKind, _ text: String = "") {
        builder.addItem(kind, text.utf8Span.span)
    }

    func beginRecord() { builder.beginRecord() }
    func beginList() { builder.beginList() }
    func endRecord() { builder.endRecord() }
    func endList() { builder.endList() }
    func start(_ layout: RecordLayout) { builder.start(layout) }
    func finish() -> DataRecord { builder.finish() }
}
