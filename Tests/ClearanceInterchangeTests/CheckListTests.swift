import ClearanceEvents
import Foundation
import Testing

@testable import ClearanceInterchange

@Suite("The code lists")
struct CheckListTests {
    /// The file of each list in the kit, and codes that the list has beyond it.
    private static let files: [(list: CodeList, file: String, more: Int)] = [
        (.units, "units-jgs20.csv", 0), (.currencies, "currencies-numeric-jgs20.csv", 2),
        (.transportModes, "transport-modes.csv", 0),
        (.supervisionModes, "supervision-modes.csv", 0),
        (.countryLetters, "countries-alpha3-post2018.csv", 0),
        (.customsDistricts, "customs-districts-partial.csv", 0),
    ]

    @Test("Each list has every code of its file, and says its source, date and status")
    func files() {
        for (list, file, more) in Self.files {
            #expect(!list.source.isEmpty && !list.date.isEmpty)
            guard Kit.isThere else { continue }
            let codes = Self.firstColumn(file)
            #expect(codes.count + more == list.count, "\(file)")
            #expect(codes.filter { list.meaning(of: $0) == nil } == [], "\(file)")
        }
    }

    @Test("The error numbers are those of the specification, 161 rows", .enabled(if: Kit.isThere))
    func errors() {
        let codes = Self.firstColumn("return-error-codes-202205.csv")
        #expect(codes.count == 161)
        #expect(codes.filter { CustomsErrors.text($0) == nil } == [])
        #expect(Set(codes).count == CustomsErrors.list.count)
    }

    @Test("Two numbers have two texts, and an unlisted one has none")
    func doubled() {
        #expect(CustomsErrors.list.count == 159)
        #expect(CustomsErrors.text("-621027")?.contains("gnum") == true)
        #expect(CustomsErrors.text("-625022")?.contains("或：") == true)
        #expect(CustomsErrors.text("-1") == nil)
    }

    @Test("A partial list calls no code wrong, a provisional one says what it is")
    func status() {
        #expect(CodeList.customsDistricts.status == .partial)
        #expect(CodeList.countries.status == .partial)
        for (_, list) in CodeList.all {
            let unlisted = Array("~~~~".utf8)
            #expect(list.allows(unlisted.span) == (list.status == .partial), "\(list.name.en)")
        }
        #expect(CodeList.units.unknown.en.contains("not official"))
    }

    @Test("What CEB's lists have, the vocabulary's own check knows too")
    func vocabulary() {
        let euro = ["301", "304", "305", "307", "309", "312", "315", "318"]
        for (field, list) in [
            ("currency", CodeList.currencies), ("unit", .units), ("trafMode", .transportModes),
            ("tradeMode", .supervisionModes),
        ] {
            let unknown = Self.codes(of: list).filter { code in
                let type = field == "unit" ? "order.submitted" : "declare.submitted"
                var event = Event(
                    type, subject: "list:1", time: .beijingEpoch, source: "s", id: "i")
                if field == "unit" {
                    var item = DataRecord(Catalogue.current.layout("orderItem"))
                    item["unit"] = .text(code)
                    event.data["items"] = .list([.record(item)])
                } else {
                    event.data[field] = .text(code)
                }
                return event.findings().contains { $0.path.hasSuffix(field) }
            }
            #expect(unknown == (field == "currency" ? euro : []), "\(field)")
        }
    }

    private static func codes(of list: CodeList) -> [String] {
        let all =
            (0..<10_000).flatMap {
                ["\($0)", String(format: "%03d", $0), String(format: "%04d", $0)]
            }
            + (65...90).map { String(UnicodeScalar($0)) }
        return Set(all).filter { list.meaning(of: $0) != nil }.sorted()
    }

    private static func firstColumn(_ file: String) -> [String] {
        String(decoding: Kit.bytes("codes/" + file), as: UTF8.self)
            .replacing("\u{FEFF}", with: "").split(whereSeparator: \.isNewline).dropFirst()
            .map { String($0.prefix { $0 != "," }) }
    }
}

extension Instant {
    /// Any moment.
    fileprivate static var beijingEpoch: Instant { Instant(microseconds: 0) }
}
