import ClearanceEvents
import ClearanceLedger
import Testing

/// Refuses a declaration-like request, here a second order of one thing.
private struct OneOrderOnly: AdmissionRule {
    let fold = ToyFold()

    func isRequest(_ type: EventType) -> Bool { type == .orderSubmitted }

    func judge(_ request: EventView, row: ToyRow) -> Verdict {
        row.subjects.contains { $0.hasPrefix("order:") } ? .refuse(code: "secondOrder") : .admit
    }
}

@Suite struct AdmissionTests {
    private func open(_ directory: TemporaryDirectory) throws -> Ledger {
        var options = TemporaryDirectory.options()
        options.admission = OneOrderOnly()
        return try Ledger.open(directory.path, options: options)
    }

    @Test("A request is judged with all before it, its own batch included; facts are not judged")
    func judged() throws {
        let directory = TemporaryDirectory()
        let ledger = try open(directory)
        var second = Toy.order(1, at: 9)
        second.id = "o-1b"
        let outcomes = try ledger.appendEnforcing(
            [Toy.order(1), Toy.payment(1, of: 1, at: 2, "3"), second, Toy.order(2)],
            recordedAt: .input)
        #expect(
            outcomes == [
                .appended(position: 1), .appended(position: 2),
                .refused(position: 3, code: "secondOrder"), .appended(position: 4),
            ])
        let refused = try #require(try ledger.event(at: 3))
        #expect(refused.type.name == "ledger.refused")
        #expect(refused.data.text("refusedType") == "order.submitted")
        #expect(refused.data.text("content")?.isEmpty == false)
        try ledger.close()
    }

    @Test("What is known is told before any judgement, and a refusal is kept once")
    func knownFirst() throws {
        let directory = TemporaryDirectory()
        let ledger = try open(directory)
        var second = Toy.order(1, at: 9)
        second.id = "o-1b"
        let batch = [Toy.order(1), second]
        let first = try ledger.appendEnforcing(batch, recordedAt: .input)
        let again = try ledger.appendEnforcing(batch, recordedAt: .input)
        #expect(first[0] == .appended(position: 1))
        #expect(again == [.alreadyAppended(position: 1), first[1]])
        #expect(try ledger.position() == 2)
        try ledger.close()
    }

    @Test("Kept without enforcement, the same request is an entry")
    func recorded() throws {
        let directory = TemporaryDirectory()
        let ledger = try open(directory)
        var second = Toy.order(1, at: 9)
        second.id = "o-1b"
        #expect(
            try ledger.append([Toy.order(1), second], recordedAt: .input)
                == [.appended(position: 1), .appended(position: 2)])
        try ledger.close()
    }
}
