import ClearanceEvents
import Seeded

/// The requests of a run, made from its seed: the same seed names the same events for ever.
///
/// Lane *l* of *n* sends the requests *l*, *l + n*, … A request repeats only what its own lane has
/// sent before, so that after a crash each request must be there whole or not at all; single
/// events that all lanes send at about the same time (twins) test the overlap.
struct Plan: Sendable {
    let seed: UInt64
    let lanes: Int
    let repeats: Bool

    /// One event of a request.
    struct Item {
        let event: Event
        /// Whether no other request sends it.
        let isOwn: Bool
    }

    func items(of request: Int) -> [Item] {
        var random = SeededGenerator(seed: seed &* 1_000_003 &+ UInt64(request))
        let round = request / lanes
        if repeats && lanes > 1 && round % 5 == 3 {
            return [Item(event: event("twin-\(round)", &random, variant: 0), isOwn: false)]
        }
        var items: [Item] = []
        for index in 0..<size(&random) {
            let kind = Int.random(in: 0..<20, using: &random)
            let earlier = request - lanes * Int.random(in: 1...4, using: &random)
            if repeats && kind < 3 && earlier >= 0 {
                items.append(again(earlier, &random, changed: kind == 0))
            } else {
                items.append(Item(event: fresh(request, index), isOwn: true))
            }
        }
        return items
    }

    func events(of request: Int) -> [Event] { items(of: request).map(\.event) }

    /// Mostly one event, sometimes a few, seldom more than a chunk holds.
    private func size(_ random: inout SeededGenerator) -> Int {
        switch Int.random(in: 0..<12, using: &random) {
        case 0..<6: 1
        case 6..<11: Int.random(in: 2...7, using: &random)
        default: Int.random(in: 20...30, using: &random)
        }
    }

    private func again(
        _ request: Int, _ random: inout SeededGenerator, changed: Bool
    ) -> Item {
        let name = "\(request)-0"
        var own = SeededGenerator(seed: seed ^ hash(name))
        // What stands against an earlier event is sent by this request alone.
        let variant = changed ? 1 + Int.random(in: 0..<1_000_000, using: &random) : 0
        return Item(event: event(name, &own, variant: variant), isOwn: changed)
    }

    private func fresh(_ request: Int, _ index: Int) -> Event {
        let name = "\(request)-\(index)"
        var random = SeededGenerator(seed: seed ^ hash(name))
        return event(name, &random, variant: 0)
    }

    private func event(
        _ name: String, _ random: inout SeededGenerator, variant: Int
    ) -> Event {
        let minute = Int(hash(name) % 100_000)
        let time = Instant(microseconds: 1_767_225_600_000_000 + Int64(minute) * 60_000_000)
        let pool = Int.random(in: 0..<8, using: &random)
        let filler = [0, 0, 40, 300, 2_500][Int.random(in: 0..<5, using: &random)]
        var event: Event
        if Bool.random(using: &random) {
            event = Event(
                "order.submitted", subject: "order:E/\(name)", time: time, source: "urn:fault",
                id: "o-\(name)")
            event.data["orderNo"] = .text(name)
            event.data["ebpCode"] = .text("E")
            event.data["acturalPaid"] = .text("\(variant + 1).00")
            event.data["buyerName"] = .text("Buyer \(pool)")
        } else {
            event = Event(
                "payment.submitted", subject: "payment:P/\(name)", time: time,
                source: "urn:fault", id: "p-\(name)")
            event.data["payTransactionId"] = .text(name)
            event.data["orderNo"] = .text("pool-\(pool)")
            event.data["amountPaid"] = .text("\(variant + 1).00")
        }
        event.data["currency"] = .text("CNY")
        if pool == 0 { event.data["note"] = .text("note of \(name)") }
        if filler > 0 { event.data["filler"] = .text(String(repeating: "x", count: filler)) }
        return event
    }

    private func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}
