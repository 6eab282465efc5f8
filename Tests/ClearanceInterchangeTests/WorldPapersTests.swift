import ClearanceEvents
import Testing

@testable import ClearanceInterchange
@testable import ClearanceTesting

@Suite struct WorldPapersTests {
    static func every(_ world: World) -> [Event] {
        var all: [Event] = []
        world.eachDay { all += $0.events }
        return all
    }

    /// Members whose name the vocabulary does not have, as paths.
    static func strangers(_ record: DataRecord, _ path: String) -> [String] {
        record.members.flatMap { member -> [String] in
            let here = "\(path).\(member.name)"
            var found = member.number == 0 ? [here] : []
            switch member.value {
            case .record(let inner): found += strangers(inner, here)
            case .list(let items):
                for case .record(let inner) in items { found += strangers(inner, here) }
            default: break
            }
            return found
        }
    }

    @Test("Every event has only known fields, is taken in without a fault and comes back equal")
    func roundTrip() {
        for seed: UInt64 in [1, 2] {
            let events = Self.every(World(seed: seed, orders: 500, disturb: seed == 1 ? 1 : 8))
            let printer = EventPrinter(masks: false)
            var bytes: [UInt8] = []
            for event in events {
                #expect(Self.strangers(event.data, event.type.name) == [], "seed \(seed)")
                #expect(event.faults(profile: .open) == [], "\(event.type.name)")
                bytes += printer.bytes(of: event) + [10]
            }
            let parsed = Parsed(bytes: bytes)
            #expect(parsed.rejects.map { $0.json(showsRaw: false) }.count == 0, "seed \(seed)")
            for reject in parsed.rejects.prefix(5) {
                Issue.record("\(reject.code) \(reject.path) \(reject.raw.prefix(300))")
            }
            #expect(parsed.events.count == events.count)
            for (left, right) in zip(parsed.events, events) where left != right {
                Issue.record("\(left)\n\(right)")
                return
            }
        }
    }

    @Test("Nothing about the values of a world is odd, but that its persons cannot exist")
    func oddities() {
        for event in Self.every(World(seed: 12, orders: 250)) {
            let odd = event.findings().filter { !$0.path.hasSuffix("IdNumber") }
            #expect(odd.filter { !$0.path.hasSuffix("idNumber") } == [], "\(event.type.name)")
        }
    }

    @Test("Every event becomes an entry and back")
    func entries() throws {
        let encoder = EntryEncoder(indexKey: SipKey(1, 2))
        for event in Self.every(World(seed: 4, orders: 300, disturb: 4)) {
            var writer = ByteWriter()
            _ = try encoder.encode(event, into: &writer)
            let view = try EventView(writer.bytes.span)
            var back = try Event(view)
            // The ledger writes a person's mark in the place of the open subject.
            if event.subject == PersonSubject.open { back.subject = event.subject }
            #expect(back == event)
        }
    }

    @Test("Undisturbed amounts add up: X2, X3, X12 and the tax of the lines")
    func sums() throws {
        let world = World(seed: 9, orders: 600, disturb: 0)
        for index in 0..<world.lives {
            let events = world.life(of: index).events
            guard world.outline(of: index).line.isImportRetail else { continue }
            let order = try #require(events.first { $0.type.name == "order.submitted" }?.data)
            func amount(_ name: String) -> Int64 {
                FixedDecimal(order.text(name) ?? "")?.units ?? -1
            }
            #expect(
                amount("acturalPaid") == amount("goodsValue") + amount("freight")
                    + amount("taxTotal") - amount("discount"))
            let paid = events.filter { $0.type.name == "payment.submitted" }
                .compactMap { FixedDecimal($0.data.text("amountPaid") ?? "")?.units }
            #expect(paid == [amount("acturalPaid")])
            #expect(Self.lineSum(order) == amount("goodsValue"))
            let list = try #require(events.last { $0.type.name == "declare.submitted" }?.data)
            #expect(Self.lineSum(list) == amount("goodsValue"))
            let taxes = events.filter { $0.type.name == "settle.taxAssessed" }
            guard let tax = taxes.first?.data else { continue }
            let due = ["customsTax", "valueAddedTax", "consumptionTax"]
                .reduce(Int64(0)) { $0 + (FixedDecimal(tax.text($1) ?? "")?.units ?? 0) }
            #expect(due == amount("taxTotal"))
        }
    }

    static func lineSum(_ record: DataRecord) -> Int64 {
        guard case .list(let items) = record["items"] else { return -1 }
        var sum: Int64 = 0
        for case .record(let item) in items {
            let price = FixedDecimal(item.text("price") ?? "")?.units ?? -1
            let qty = Int64(item.text("qty") ?? "") ?? -1
            let total = FixedDecimal(item.text("totalPrice") ?? "")?.units ?? -1
            if price * qty != total { return -1 }
            sum += total
        }
        return sum
    }

    @Test("The tax of three lines is that of the worked example")
    func workedTax() {
        func article(_ vat: Int, _ excise: Int) -> Article {
            Article(
                number: 0, itemNo: "", itemRecordNo: "", name: "", brand: "", model: "",
                gcode: "", gtin: "", country: "", unit: "", unit1: "", factor: 1, grams: 1,
                vat: vat, excise: excise, duty: 8, price: 1)
        }
        let first = LineTax(value: 15_333, article: article(13, 0), reduced: true)
        let second = LineTax(value: 10_212, article: article(9, 0), reduced: true)
        let third = LineTax(value: 20_455, article: article(13, 15), reduced: true)
        #expect(first.total == 1_395 && second.total == 643)
        #expect(third.excise == 2_527 && third.vat == 2_190)
        #expect(first.total + second.total + third.total == 6_755)
        let full = LineTax(value: 800_000, article: article(13, 0), reduced: false)
        #expect(full.duty == 64_000 && full.vat == 112_320)
    }

    @Test("Papers of a life refer to each other and to nothing else")
    func references() {
        let world = World(seed: 6, orders: 400, disturb: 5)
        var owner: [String: Int] = [:]
        for index in 0..<world.lives {
            for event in world.life(of: index).events {
                guard let number = event.data.text("orderNo") else { continue }
                #expect(owner[number, default: index] == index)
                owner[number] = index
            }
        }
        #expect(owner.count > 350)
    }
}
