import ClearanceEvents
import Testing

@testable import ClearanceTesting

@Suite struct WorldOutcomeTests {
    private func counts(_ world: World) throws -> [String: Int] {
        let last = try #require(CivilDay(year: 2027, month: 9, day: 1))
        let said = world.expected(lastDay: last)
        return Dictionary(uniqueKeysWithValues: said.outcomes.map { ($0.outcome, $0.orders) })
    }

    @Test("In an undisturbed world orders match, unless they were taken back or never declared")
    func undisturbed() throws {
        let world = World(seed: 31, orders: 1_000, disturb: 0)
        let counts = try counts(world)
        #expect(Set(counts.keys).isSubset(of: ["matched", "void", "missing"]))
        let parcels = (0..<1_000).count { world.outline(of: $0).line == .parcel }
        #expect(counts.values.reduce(0, +) == 1_000 - parcels)
        #expect((counts["matched"] ?? 0) > 900)
        #expect((counts["missing"] ?? 0) < 8)
    }

    @Test("Disturbances show as the outcomes that they are made for")
    func disturbed() throws {
        let counts = try counts(World(seed: 32, orders: 1_500, disturb: 6))
        for outcome in [
            "matched", "void", "missing", "amountMismatch", "partyMismatch", "identity",
        ] {
            #expect((counts[outcome] ?? 0) > 0, "\(outcome)")
        }
        #expect(Double(counts["matched"] ?? 0) / 1_500 > 0.6)
    }

    @Test("Without disturbance every import list is accepted, or refused for a reason of its own")
    func refusals() {
        let world = World(seed: 33, orders: 1_500, disturb: 0)
        for index in 0..<world.lives {
            for event in world.life(of: index).events where event.type.name == "declare.rejected" {
                let text = event.data.text("returnInfo") ?? ""
                #expect(!text.contains("Code:1327") && !text.contains("Code:1332"))
            }
        }
    }
}
