import ClearanceEvents
import Testing

@testable import ClearanceInterchange

@Suite("Mappings of tables")
struct TableMappingTests {
    private func value(
        _ cell: String, _ kind: FieldKind, _ rule: String = "\"c\""
    ) throws -> String? {
        let tape = JSONTape()
        let text = "{\"r\": \(rule)}"
        try tape.parse(text.utf8Span.span)
        var parser = TableMappingParser(tape, source: text.utf8Span.span)
        let found = parser.rule(2, name: "field", kind: kind)
        let made = try #require(found, "\(parser.faults)")
        guard let coded = try made.coded(cell) else { return nil }
        switch try made.value(coded) {
        case .text(let text), .number(let text): return text
        case .bool(let flag): return "\(flag)"
        default: return nil
        }
    }

    @Test("Numbers of the field become decimals digit for digit")
    func numbers() throws {
        let usual = [
            ("1,234,567.80", "1234567.80"), ("12.5", "12.5"), ("-3", "-3"), ("+3", "3"),
            (" 7\t", "7"), ("１２．５", "12.5"), ("=\"0012\"", "0012"), ("", nil),
        ]
        for (cell, wanted) in usual {
            #expect(try value(cell, .decimal) == wanted, "\(cell)")
        }
        for cell in ["1,5", "12,34.5", "1 000", "1e3", "¥5", "1.234567", "abc", "1,2345"] {
            #expect(throws: TableProblem.malformedDecimal, "\(cell)") {
                try value(cell, .decimal)
            }
        }
        let european = #"{"column": "c", "numbers": {"point": ","}}"#
        #expect(try value("1.234,5", .decimal, european) == "1234.5")
        #expect(try value("¥5元", .decimal, #"{"column": "c", "strip": "¥元"}"#) == "5")
        #expect(try value("3", .integer) == "3")
        #expect(throws: TableProblem.malformedInteger) { try value("3.5", .integer) }
    }

    @Test("Dates and times are read by their pattern")
    func times() throws {
        #expect(try value("2026/3/1 9:05", .time) == "2026-03-01T09:05:00+08:00")
        #expect(try value("20260301090512", .time) == "2026-03-01T09:05:12+08:00")
        #expect(try value("2026-03-01T09:05:12Z", .time) == "2026-03-01T09:05:12Z")
        #expect(try value("2026-03-01", .date) == "2026-03-01")
        let chinese = #"{"column": "c", "format": "yyyy年M月d日 HH时mm分"}"#
        #expect(try value("2026年3月1日 09时05分", .time, chinese) == "2026-03-01T09:05:00+08:00")
        let zone = #"{"column": "c", "offset": "+09:00", "format": ["d.M.yyyy", "yyyy-MM-dd"]}"#
        #expect(try value("1.3.2026", .time, zone) == "2026-03-01T00:00:00+09:00")
        #expect(try value("２０２６-03-01", .time, zone) == "2026-03-01T00:00:00+09:00")
        for cell in ["2026-13-01", "2026-02-30", "yesterday", "2026-03-01 25:00:00"] {
            #expect(throws: TableProblem.malformedTime, "\(cell)") { try value(cell, .time) }
        }
    }

    @Test("Codes go through their map, and unknown ones do as they are told")
    func codes() throws {
        #expect(try value(" 人民币 ", .code, #"{"column": "c", "map": {"人民币": "142"}}"#) == "142")
        #expect(throws: TableProblem.unknownCode) {
            try value("日元", .code, #"{"column": "c", "map": {"人民币": "142"}}"#)
        }
        #expect(
            try value("116", .code, #"{"column": "c", "map": {"人民币": "142"}, "otherwise": "keep"}"#)
                == "116")
        #expect(
            try value("x", .code, #"{"column": "c", "map": {"a": "1"}, "otherwise": "9"}"#) == "9")
        #expect(try value("", .code, #"{"column": "c", "map": {"": "1"}}"#) == "1")
        #expect(try value("ＡＢ１", .code) == "AB1")
        #expect(try value("是", .bool) == "true")
    }

    @Test("A mapping of no bytes, or of no document, is refused")
    func nothing() {
        for text in ["", " ", "[]", "7"] {
            #expect(throws: TableMappingRefusal.self, "\"\(text)\"") {
                try TableMapping(json: text.utf8Span.span)
            }
        }
    }

    @Test("Everything that is wrong with a mapping is said, with its place")
    func faults() throws {
        let bad: [(String, String, String, String)] = [
            ("\"order.submitted\"", "\"order.unknown\"", "unknownType", "type"),
            ("\"source\": \"urn:shop\",", "", "missingField", "source"),
            ("\"time\": \"time\",", "", "missingField", "time"),
            ("\"consignee\"", "\"consignor\"", "unknownElement", "fields.consignor"),
            ("\"itemNo\"", "\"itemNr\"", "unknownElement", "lists.items.fields.itemNr"),
            ("{\"sum\": \"sum\"}", "{\"sum\": 1}", "wrongKind", "fields.goodsValue.sum"),
            ("{\"sum\": \"sum\"}", "{}", "missingField", "fields.goodsValue"),
            (
                "\"who\"}", "{\"column\": \"who\", \"scale\": \"2\"}}", "wrongKind",
                "fields.consignee"
            ),
            (
                "{\"value\": \"142\"}", "{\"value\": \"1\", \"column\": \"c\"}", "missingField",
                "fields.currency"
            ),
            ("\"document\"", "\"separator\": \":\", \"document\"", "unknownCode", "separator"),
            ("\"document\"", "\"encoding\": \"BIG5\", \"document\"", "encoding", "encoding"),
            ("\"document\"", "\"colour\": 1, \"document\"", "unknownElement", "colour"),
        ]
        for (old, new, code, path) in bad {
            let text = Tables.mapping.replacing(old, with: new)
            do throws(TableMappingRefusal) {
                _ = try TableMapping(json: text.utf8Span.span)
                Issue.record("\(new) was taken")
            } catch {
                #expect(
                    error.faults.contains { $0.code == code && $0.path == path },
                    "\(code) at \(path): \(error.faults.map { "\($0.code) \($0.path)" })")
                #expect(error.faults.allSatisfy { $0.line > 0 && $0.column > 0 })
            }
        }
        #expect(throws: TableMappingRefusal.self) {
            try TableMapping(json: "{".utf8Span.span)
        }
        let other = #"{"source": "s", "type": "record.book", "time": "t", "fields": {}}"#
        #expect(throws: TableMappingRefusal.self) {
            try TableMapping(json: other.utf8Span.span)
        }
    }

    @Test("A subject of one's own is made of the fields that are named")
    func subject() throws {
        let mapping = #"""
            {"source": "urn:x", "type": "record.enterprise", "time": {"column": "on"},
             "subject": {"scheme": "enterprise", "fields": ["customsCode"]},
             "fields": {"action": {"value": "create"}, "name": "name", "customsCode": "code",
               "roles": {"column": "role"}, "validFrom": "on"}}
            """#
        let parsed = try Tables.read(
            "name,code,role,on\n示例,1101110323,payment,2026-01-01\n", mapping: mapping)
        #expect(parsed.rejects == [])
        #expect(parsed.events.first?.subject == "enterprise:1101110323")
        let lacking = try Tables.read(
            "name,code,role,on\n示例,,payment,2026-01-01\n", mapping: mapping)
        #expect(lacking.codes == ["malformedSubject"])
    }

    @Test("Both worked examples become the events that their page promises")
    func examples() throws {
        let orders = try Self.example("platform-orders")
        #expect(orders.rejects == [])
        #expect(orders.findingCodes == [])
        #expect(
            orders.events.map(\.type.name) == [
                "order.submitted", "order.submitted", "order.withdrawn",
            ])
        let first = try #require(orders.events.first)
        #expect(first.subject == "order:4601960001/SO20260301001")
        #expect(first.time.rfc3339 == "2026-03-01T09:05:00+08:00")
        #expect(first.data.text("goodsValue") == "2310")
        #expect(first.data.text("acturalPaid") == "2501.30")
        #expect(first.data.text("consigneeAddress") == "北京市东城区测试路一号\n一单元")
        let items = Tables.items(first)
        #expect(items.map { $0.text("totalPrice") } == ["2300", "10"])
        #expect(items.last?.text("gmodel") == "80片 \"柔软\"")
        #expect(Tables.items(orders.events[1]).first?.text("price") == "399.00")

        let payments = try Self.example("settlement")
        #expect(payments.rejects == [])
        #expect(payments.findingCodes == [])
        #expect(
            payments.events.map(\.subject) == [
                "payment:4601960003/T20260301001", "payment:4601960003/T20260301002",
                "payment:4601960003/T20260301003",
            ])
        let paid = try #require(payments.events.first)
        #expect(
            paid.data.text("amountPaid")
                == first.data.text("acturalPaid").map { String($0.dropLast()) })
        #expect(paid.data.text("payerName") == first.data.text("buyerName"))
        #expect(payments.events.last?.type.name == "payment.withdrawn")
    }

    static func example(_ name: String) throws -> Parsed {
        let folder = Kit.package + "/specs/examples/csv/"
        let mapping = try TableMapping(json: Kit.file(folder + name + ".mapping.json").span)
        return Parsed(bytes: Kit.file(folder + name + ".csv"), mapping: mapping)
    }
}
