import ClearanceEvents
import ClearanceLedger
import Testing

@Suite struct StreamTests {
    @Test("A stream is read forwards and backwards, and never mixes subjects")
    func bothWays() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        var events: [Event] = []
        for minute in 0..<6 {
            var order = Toy.order(minute % 2, at: minute)
            order.id += "-\(minute)"
            events.append(order)
        }
        _ = try ledger.append(Array(events[..<3]), recordedAt: .input)
        try ledger.project()
        _ = try ledger.append(Array(events[3...]), recordedAt: .input)
        let view = try ledger.view()
        #expect(try view.stream(of: "order:E/0") == [1, 3, 5])
        #expect(
            try view.streamEvents(of: "order:E/1", newestFirst: true).map(\.position)
                == [6, 4, 2])
        #expect(try view.streamEvents(of: "order:E/1", limit: 1).map(\.position) == [2])
        #expect(try view.stream(of: "order:E/9").isEmpty)
        #expect(try ledger.view(knownAt: 3).stream(of: "order:E/0") == [1, 3])
        #expect(
            try ledger.view(asOf: Toy.time(2).microseconds).stream(of: "order:E/0") == [1, 3])
        try ledger.close()
    }
}
