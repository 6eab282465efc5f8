import ClearanceEvents
import Testing

@testable import ClearanceInterchange

/// Tables and mappings for the tests.
enum Tables {
    static let fields = #"""
        "fields": {"orderNo": "no", "ebpCode": {"value": "EBP1"},
          "goodsValue": {"sum": "sum"}, "acturalPaid": {"column": "paid"},
          "currency": {"value": "142"}, "consignee": "who"},
        "lists": {"items": {"when": "item", "fields": {"gnum": {"count": true},
          "itemNo": "item", "qty": "qty", "totalPrice": {"column": "sum"}}}}
        """#
    static let mapping = #"""
        {"source": "urn:shop", "type": "order.submitted", "document": ["no"],
         "time": "time", \#(fields)}
        """#
    static let header = "no,time,item,qty,sum,paid,who\n"
    static let rows =
        header + "A,2026-01-01 09:00:00,x,1,10.5,31,Li\n"
        + "A,2026-01-01 09:00:00,y,2,\"1,020.5\",,Li\n"
        + "B,2026-01-01 10:00:00,x,1,7,7,\"Wang, \"\"W\"\"\"\n"

    static func read(
        _ text: String, mapping: String = mapping, piece: Int? = nil,
        profile: EventProfile? = nil
    ) throws -> Parsed {
        try read(bytes: Array(text.utf8), mapping: mapping, piece: piece, profile: profile)
    }

    static func read(
        bytes: [UInt8], mapping: String = mapping, piece: Int? = nil,
        profile: EventProfile? = nil
    ) throws -> Parsed {
        let map = try TableMapping(json: mapping.utf8Span.span)
        return Parsed(bytes: bytes, profile: profile, piece: piece, mapping: map)
    }

    static func items(_ event: Event?) -> [DataRecord] {
        guard case .list(let items)? = event?.data["items"] else { return [] }
        return items.compactMap { if case .record(let record) = $0 { record } else { nil } }
    }
}

@Suite("Tables under a mapping")
struct TableTests {
    @Test("Rows of one key are one document with its list and its sums")
    func joined() throws {
        let parsed = try Tables.read(Tables.rows)
        #expect(parsed.rejects == [])
        #expect(parsed.events.map(\.subject) == ["order:EBP1/A", "order:EBP1/B"])
        let first = try #require(parsed.events.first)
        #expect(first.data.text("goodsValue") == "1031")
        #expect(first.data.text("acturalPaid") == "31")
        #expect(first.time.rfc3339 == "2026-01-01T09:00:00+08:00")
        #expect(first.source == "urn:shop")
        #expect(first.id == "order.submitted;order:EBP1/A;2026-01-01T09:00:00+08:00")
        let items = Tables.items(first)
        #expect(items.map { $0.text("gnum") } == ["1", "2"])
        #expect(items.map { $0.text("totalPrice") } == ["10.5", "1020.5"])
        #expect(parsed.events.last?.data.text("consignee") == "Wang, \"W\"")
        for piece in [1, 2, 7, 64] { #expect(try Tables.read(Tables.rows, piece: piece) == parsed) }
    }

    @Test("Line ends, marks, separators and a byte order mark make no difference")
    func forms() throws {
        let plain = try Tables.read(Tables.rows)
        let crlf = Tables.rows.replacing("\n", with: "\r\n")
        #expect(try Tables.read(crlf).events == plain.events)
        #expect(
            try Tables.read(bytes: [0xEF, 0xBB, 0xBF] + Array(crlf.utf8)).events == plain.events)
        #expect(try Tables.read(String(crlf.dropLast(1))).events == plain.events)
        let quoted = Tables.rows.replacing(
            "A,2026-01-01 09:00:00", with: "\"A\" ,\"2026-01-01 09:00:00\"")
        #expect(try Tables.read(quoted).events == plain.events)
        for (word, separator) in [("\\t", "\t"), (";", ";"), ("|", "|")] {
            let table = Tables.rows.replacing("\"1,020.5\"", with: "\"1%020.5\"")
                .replacing("Wang, ", with: "Wang% ").replacing(",", with: separator)
                .replacing("%", with: ",")
            let mapping = Tables.mapping.replacing(
                "\"document\"", with: "\"separator\": \"\(word)\", \"document\"")
            #expect(try Tables.read(table, mapping: mapping).events == plain.events, "\(word)")
        }
        let bare = Tables.mapping.replacing(
            "\"document\"",
            with:
                #""columns": ["no","time","item","qty","sum","paid","who"], "document""#
        )
        let body = String(Tables.rows.dropFirst(Tables.header.count))
        #expect(try Tables.read(body, mapping: bare).events == plain.events)
    }

    @Test("A row that names no document goes on with the one above it")
    func continued() throws {
        let text = Tables.rows.replacing("A,2026-01-01 09:00:00,y", with: ",,y")
        let parsed = try Tables.read(text)
        #expect(parsed.events == (try Tables.read(Tables.rows)).events)
    }

    @Test("A value that cannot be read refuses its document, with line, column and name")
    func places() throws {
        let text = Tables.rows.replacing(",\"1,020.5\",", with: ",\"1,02.5\",")
        let parsed = try Tables.read(text)
        #expect(parsed.events.map(\.subject) == ["order:EBP1/B"])
        let reject = try #require(parsed.rejects.first)
        #expect(reject.code == "malformedDecimal")
        #expect(reject.path == "row[2]/sum")
        #expect(reject.line == 3)
        #expect(reject.column == "A,2026-01-01 09:00:00,y,2,".count + 1)
        #expect(reject.index == 1)
        #expect(reject.message.en.hasPrefix("goodsValue: "))
        #expect(reject.raw.contains("A,2026-01-01 09:00:00,x"))
        #expect(!reject.maskedRaw.contains("Li"))
        let missing = try Tables.read(Tables.rows.replacing(",7,7,", with: ",7,,"))
        #expect(missing.rejects.first?.code == "missingField")
        #expect(missing.rejects.first?.path == "row[3]/paid")
        #expect(missing.rejects.first?.line == 4)
    }

    @Test("Rows of one document that differ refuse it, unless one of them is to speak")
    func differing() throws {
        let text = Tables.rows.replacing(",,Li", with: ",32,Li")
        let parsed = try Tables.read(text)
        #expect(parsed.codes == ["rowsDiffer"])
        #expect(parsed.rejects.first?.path == "row[2]/paid")
        for (word, value) in [("first", "31"), ("last", "32")] {
            let mapping = Tables.mapping.replacing(
                "{\"column\": \"paid\"}", with: "{\"column\": \"paid\", \"rows\": \"\(word)\"}")
            #expect(
                try Tables.read(text, mapping: mapping).events.first?.data.text("acturalPaid")
                    == value)
        }
    }

    @Test("Rows that stand apart are refused and not lost")
    func apart() throws {
        let late = "A,2026-01-01 09:00:00,z,1,1,,Li\n"
        let parsed = try Tables.read(Tables.rows + late)
        #expect(parsed.events.count == 2)
        #expect(parsed.codes == ["rowsApart"])
        #expect(parsed.rejects.first?.path == "row[4]/no")
        #expect(parsed.rejects.first?.raw == String(late.dropLast()))
    }

    @Test("Open marks, zeros and wrong counts cost their line only")
    func broken() throws {
        let cases: [(String, String, Int)] = [
            ("C,2026-01-01 11:00:00,x,1,7,7,\"Li\"x\n", "quote", 35),
            ("C,2026-01-01 11:00:00,x,1,7,7,\"Li\n", "quote", 31),
            ("C,2026-01-01 11:00:00,x,1,7\n", "columns", 0),
            ("C,2026-01-01 11:00:00,x,1,7,7,Li,more\n", "columns", 0),
            ("C,2026-01-01 11:00:00,\0,1,7,7,Li\n", "encoding", 23),
        ]
        for (line, code, column) in cases {
            for place in [Tables.header.count, Tables.rows.count] {
                let text =
                    String(Tables.rows.prefix(place)) + line
                    + String(Tables.rows.dropFirst(place))
                for piece in [nil, 1, 10] {
                    let parsed = try Tables.read(text, piece: piece)
                    #expect(parsed.events.count == 2, "\(line) at \(place)")
                    #expect(parsed.codes == [code], "\(line) at \(place)")
                    let reject = try #require(parsed.rejects.first)
                    #expect(reject.raw + "\n" == line, "\(line)")
                    if column > 0 { #expect(reject.column == column, "\(line)") }
                }
            }
        }
        let extra = try Tables.read(Tables.rows.replacing(",Li\n", with: ",Li,, \n"))
        #expect(extra.events.count == 2)
    }

    @Test("A refused row inside a document refuses the document, beside it is a finding")
    func beside() throws {
        let bad = "A,broken\n"
        let lines = Tables.rows.split(separator: "\n").map { $0 + "\n" }
        let inside = try Tables.read(lines[0] + lines[1] + bad + lines[2] + lines[3])
        #expect(inside.codes == ["columns", "besideRefused"])
        #expect(inside.events.map(\.subject) == ["order:EBP1/B"])
        let between = try Tables.read(lines[0] + lines[1] + lines[2] + bad + lines[3])
        #expect(between.codes == ["columns"])
        #expect(between.findings.map { $0.map(\.code) } == [["besideRefused"], ["besideRefused"]])
    }

    @Test("Text that is none in its encoding refuses its document alone")
    func encodings() throws {
        var bytes = Array(Tables.rows.utf8)
        let place = try #require(Tables.rows.utf8.firstRange(of: "Li".utf8))
        bytes[Tables.rows.utf8.distance(from: Tables.rows.startIndex, to: place.lowerBound)] = 0xFF
        let parsed = try Tables.read(bytes: bytes)
        #expect(parsed.events.count == 1)
        #expect(parsed.codes == ["encoding"])
        #expect(parsed.rejects.first?.path == "row[1]/who")
        let mapping = Tables.mapping.replacing(
            "\"document\"", with: "\"encoding\": \"GBK\", \"document\"")
        let chinese = try Encoded.bytes(Tables.rows.replacing("Li", with: "李镕"), as: "GBK")
        for piece in [nil, 1, 3] {
            let read = try Tables.read(bytes: chinese, mapping: mapping, piece: piece)
            #expect(read.rejects == [])
            #expect(read.events.first?.data.text("consignee") == "李镕")
        }
        var cut = chinese
        let first = try #require(cut.firstIndex { $0 > 0x80 })
        cut[first] = 0xFF
        #expect(try Tables.read(bytes: cut, mapping: mapping).codes == ["encoding"])
    }

    @Test("A table without a column of its mapping is not read at all")
    func missingColumn() throws {
        let parsed = try Tables.read(Tables.rows.replacing("paid", with: "payd"))
        #expect(parsed.events == [])
        #expect(parsed.codes == ["missingColumn"])
        #expect(parsed.rejects.first?.path == "paid")
        #expect(parsed.rejects.first?.index == 0)
    }

    @Test("XML and JSON are read as ever, mapping or not")
    func others() throws {
        #expect(try Tables.read(Papers.message(Papers.orderDocument())).events.count == 1)
        #expect(try Tables.read(Papers.order).events.count == 1)
        #expect(try Tables.read(Uploads.one).events.count == 1)
    }

    @Test("Endless lines, cells and documents are refused within the limits")
    func endless() throws {
        let long = String(repeating: "x", count: 3 * InterchangeLimits.documentBytes)
        let line = "C,2026-01-01 11:00:00,\(long),1,7,7,Li\n"
        let parsed = try Tables.read(
            Tables.rows + line + "D,2026-01-01 11:00:00,x,1,7,7,Li\n", piece: 65_536)
        #expect(parsed.codes == ["tooLarge"])
        #expect(parsed.rejects.first?.raw.utf8.count == InterchangeLimits.rawBytes)
        #expect(parsed.events.count == 3)
        var many = Tables.header
        for _ in 0..<(InterchangeLimits.documentRows + 5) {
            many += "A,2026-01-01 09:00:00,x,1,1,,Li\n"
        }
        #expect(try Tables.read(many).codes == ["tooMany"])
        var open = Tables.rows + "C,\"\n"
        for index in 0..<500 { open += "K\(index),2026-01-01 09:00:00,x,1,1,1,Li\n" }
        let rest = try Tables.read(open)
        #expect(rest.codes == ["quote"])
        #expect(rest.events.count == 502)
    }

    @Test("Any byte changed anywhere is read the same in one piece and in many")
    func mutations() throws {
        let seed: UInt64 = 20_260_104
        var state = seed
        let bytes = Array(Tables.rows.replacing("Li\n", with: "\"李\n\"\"x\"\n").utf8)
        for _ in 0..<1_000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            var changed = bytes
            let place =
                Tables.header.utf8.count
                + Int(state >> 33) % (changed.count - Tables.header.utf8.count)
            changed[place] = UInt8(truncatingIfNeeded: state >> 25)
            let whole = try Tables.read(bytes: changed)
            #expect(
                whole.events.count + whole.rejects.count >= 1, "seed \(seed), place \(place)")
            #expect(try Tables.read(bytes: changed, piece: 3) == whole, "seed \(seed), \(place)")
        }
    }
}
