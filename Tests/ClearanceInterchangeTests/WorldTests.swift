import ClearanceEvents
import Testing

@testable import ClearanceInterchange
@testable import ClearanceTesting

@Suite struct WorldTests {
    static func lines(_ settings: WorldSettings) throws -> [(path: String, bytes: [UInt8])] {
        var sink = MemorySink()
        _ = try WorldWriter(World(settings), format: .ndjson).write(into: &sink)
        return sink.files
    }

    @Test("The same seed gives the same bytes, another seed others")
    func seeds() throws {
        let first = try Self.lines(WorldSettings(seed: 7, orders: 300))
        let again = try Self.lines(WorldSettings(seed: 7, orders: 300))
        let other = try Self.lines(WorldSettings(seed: 8, orders: 300))
        #expect(first.map(\.path) == again.map(\.path))
        #expect(first.map(\.bytes) == again.map(\.bytes))
        #expect(first.map(\.bytes) != other.map(\.bytes))
    }

    @Test("Dice follow the published sequence of their generator")
    func dice() {
        var dice = Dice(seed: 1)
        var same = Dice(seed: 1)
        var other = Dice(seed: 1, tag: 0, index: 1)
        let throws1 = (0..<8).map { _ in dice.next() }
        #expect(throws1 == (0..<8).map { _ in same.next() })
        #expect(throws1 != (0..<8).map { _ in other.next() })
        var sum = 0.0
        for _ in 0..<20_000 { sum += dice.unit() }
        #expect(abs(sum / 20_000 - 0.5) < 0.01)
    }

    @Test(
        "Exponential and logarithm are inverse to each other", arguments: [0.001, 0.5, 1, 7, 1e6])
    func curves(number: Double) {
        let back = Curve.exponential(Curve.logarithm(number))
        #expect(abs(back - number) < number * 1e-12)
        #expect(abs(Curve.exponential(1) - 2.718281828459045) < 1e-13)
    }

    @Test("Days come in order, events of a day in order of time, and the clock ends each day")
    func days() throws {
        let world = World(seed: 3, orders: 400)
        var before: CivilDay?
        var count = 0
        world.eachDay { day in
            if let before { #expect(day.day == before.adding(days: 1)) }
            before = day.day
            count += day.events.count
            #expect(day.events.last?.type == .clockDay)
            #expect(day.events.last?.data.text("date") == day.day.description)
            let said = day.events.dropLast()
            #expect(said.allSatisfy { $0.time.beijingDay == day.day })
            let times = said.map(\.time.microseconds)
            #expect(times == times.sorted())
        }
        var told = world.background().count
        for index in 0..<world.lives { told += world.life(of: index).events.count }
        for number in 0..<world.voyages { told += world.shipment(number).events.count }
        let end = try #require(before)
        let start = world.settings.firstDay.adding(days: -1)
        #expect(count == told + end.number - start.number + 1)
    }

    @Test("An order has about ten events")
    func eventsPerOrder() {
        let world = World(seed: 5, orders: 2_000)
        var told = 0
        for index in 0..<world.lives { told += world.life(of: index).events.count }
        for number in 0..<world.voyages { told += world.shipment(number).events.count }
        let mean = Double(told) / 2_000
        #expect(mean > 8 && mean < 13, "\(mean)")
    }

    @Test("No identity number of a world can exist")
    func identities() {
        var seen: Set<String> = []
        for person in stride(from: 0, to: 9_999_999, by: 997) {
            let number = People.idNumber(person)
            #expect(!IdCardNumber(number).isWellFormed)
            #expect(number.utf8.count == 18 && number.hasPrefix("99"))
            #expect(seen.insert(number).inserted)
        }
        for index in 0..<400 {
            for event in World(seed: 2, orders: 400).life(of: index).events {
                for name in ["buyerIdNumber", "payerIdNumber"] {
                    guard let text = event.data.text(name) else { continue }
                    #expect(!IdCardNumber(text).isWellFormed)
                }
            }
        }
    }

    @Test("Enterprise codes have their length and right check characters")
    func codes() {
        let world = World(seed: 1, orders: 50_000)
        var seen: Set<String> = []
        for firm in world.enterprises.all {
            #expect(CustomsCode(firm.code).isWellFormed)
            #expect(SocialCreditCode(firm.uscc).isWellFormed)
            #expect(SocialCreditCode(firm.uscc).organisation?.isWellFormed == true)
            #expect(seen.insert(firm.code).inserted && seen.insert(firm.uscc).inserted)
        }
    }

    @Test("Lives do not depend on which others are told")
    func independence() {
        let world = World(seed: 11, orders: 200)
        let backwards = (0..<200).reversed().map { world.life(of: $0) }
        let forwards = (0..<200).map { world.life(of: $0) }
        #expect(Array(backwards.reversed()) == forwards)
    }
}
