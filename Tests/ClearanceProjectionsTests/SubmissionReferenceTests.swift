import ClearanceEvents
import ClearanceTesting
import Seeded
import Testing

@testable import ClearanceProjections

/// The submission folds against the slow clerk of ``ReferenceSubmissions``.
@Suite struct SubmissionReferenceTests {
    private struct Key: Hashable {
        let ref: UInt64
        let content: UInt64
    }

    /// The outcome of each event as the fold tells it, in the order given.
    private func outcomes(_ events: [Event]) -> [String?] {
        let encoder = EntryEncoder(indexKey: Life.key)
        let entries = Life.entries(events)
        var found: [Key: [String]] = [:]
        func collect(_ state: SubmissionState) {
            for version in state.documents.flatMap(\.versions) {
                found[Key(ref: version.ref, content: version.content), default: []]
                    .append(version.outcome.kind.rawValue)
            }
        }
        var row = SubmissionRow()
        var rows: [String: SubmissionRow] = [:]
        Life.forEach(entries) { view in
            var sink = LinkSink()
            Dispatches.links(of: view, into: &sink)
            if let key = sink.links.first?.key.hex {
                DispatchFold().apply(view, to: &rows[key, default: SubmissionRow()])
            }
            if sink.links.isEmpty { SubmissionFold().apply(view, to: &row) }
        }
        collect(row.state)
        for row in rows.values { collect(row.state) }
        return events.map { event in
            var writer = ByteWriter()
            guard let identity = try? encoder.encode(event, into: &writer) else { return nil }
            let key = Key(ref: identity.naturalKey.high, content: identity.content.high)
            guard var kinds = found[key], !kinds.isEmpty else { return nil }
            // Of equal events one is the first; which of them has no meaning.
            let kind = kinds.removeFirst()
            found[key] = kinds
            return kind
        }
    }

    private func compare(_ events: [Event], _ what: String) -> Set<String> {
        let fast = outcomes(events)
        let slow = ReferenceSubmissions.outcomes(events)
        for (index, event) in events.enumerated() where fast[index] != slow[index] {
            // Equal events are told apart by nothing.
            let isTwin = [fast[index], slow[index]].contains("alreadyKnown")
            if isTwin { continue }
            Issue.record(
                """
                \(what): \(event.type.name) \(event.subject) \(event.time.rfc3339): \
                \(fast[index] ?? "–"), the clerk says \(slow[index] ?? "–")
                \(events.map { "\($0.time.rfc3339) \($0.type.name) \($0.subject)" }.sorted())
                """)
            return []
        }
        return Set(fast.compactMap(\.self))
    }

    /// A scene in which anything happens at any of a few instants.
    private func scene(_ random: inout SeededGenerator) -> SubmissionScene {
        var scene = SubmissionScene()
        func at() -> String {
            let minute = Int.random(in: 10...25, using: &random)
            return "2026-03-01T09:\(minute):00"
        }
        func verb() -> Character { "dnncx".randomElement(using: &random) ?? "n" }
        for _ in 0..<Int.random(in: 4...16, using: &random) {
            let note = ["", "b"].randomElement(using: &random) ?? ""
            switch Int.random(in: 0...14, using: &random) {
            case 0, 1: scene.order(verb(), at(), note: note)
            case 2: scene.payment(verb(), at(), note: note)
            case 3: scene.waybill(verb(), at(), note: note)
            case 4, 5:
                let subject = Bool.random(using: &random) ? "COP1" : "COP2"
                scene.list(verb(), at(), note: note, subject: "declaration:AG1/" + subject)
            case 6: scene.cancel(at(), copNo: Bool.random(using: &random) ? "C1" : "C2")
            case 7, 13:
                let verb = "nncx".randomElement(using: &random) ?? "n"
                let qty = ["1", "2", "3", "3"].randomElement(using: &random) ?? "1"
                let line = ["1", "1", "1", "3"].randomElement(using: &random) ?? "1"
                scene.sendBack(
                    verb, at(), copNo: Bool.random(using: &random) ? "R1" : "R2",
                    [(line, "3304990099", qty)])
            case 8: scene.hearList("declare.accepted", "120", at())
            case 9: scene.hearList("declare.rejected", "100", at())
            case 10:
                scene.hearList(
                    Bool.random(using: &random) ? "release.granted" : "release.returned",
                    "800", at())
            case 11:
                scene.hear(
                    Bool.random(using: &random) ? "order.accepted" : "order.rejected", "100",
                    SubmissionScene.order, at(), message: "CEB312")
            case 12:
                scene.hear(
                    Bool.random(using: &random) ? "declare.cancelled" : "declare.cancelRefused",
                    "399", "cancel:AG1/C1", at(), message: "CEB624",
                    more: ["invtNo": SubmissionScene.invt])
            default:
                scene.part(
                    Int.random(in: 1...3, using: &random),
                    of: Int.random(in: 2...3, using: &random), at(),
                    "nnnc".randomElement(using: &random) ?? "n", note: note)
            }
        }
        return scene
    }

    @Test(
        "Anything at any time is what the clerk makes of it",
        arguments: 1...4 as ClosedRange<UInt64>)
    func chaos(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var seen: Set<String> = []
        for index in 0..<300 {
            seen.formUnion(compare(scene(&random).life.events, "seed \(seed), scene \(index)"))
        }
        // The scenes reach every outcome that needs no answer with a number.
        let all = Set(SubmissionOutcome.Kind.allCases.map(\.rawValue))
        #expect(all.subtracting(seen).isSubset(of: ["failed"]), "seed \(seed)")
    }

    @Test("The row and its state do not depend on the order of arrival")
    func arrival() {
        var random = SeededGenerator(seed: 77)
        for index in 0..<80 {
            let scene = scene(&random)
            let state = scene.state
            let dispatch = scene.dispatch
            let other = scene.shuffled(&random)
            #expect(other.state == state, "seed 77, scene \(index)")
            #expect(other.dispatch == dispatch, "seed 77, scene \(index)")
        }
    }

    @Test("A row comes back from its bytes")
    func bytes() throws {
        var random = SeededGenerator(seed: 78)
        for _ in 0..<40 {
            let row = scene(&random).life.row(SubmissionFold())
            var writer = ByteWriter()
            row.encode(into: &writer)
            var reader = ByteReader(writer.bytes.span)
            let back = try SubmissionRow(from: &reader)
            #expect(back == row)
            let isAtEnd = reader.isAtEnd
            #expect(isAtEnd)
        }
    }

    @Test("Seeded worlds are what the clerk makes of them", arguments: [1, 2, 3] as [UInt64])
    func worlds(seed: UInt64) {
        let world = World(seed: seed, orders: 120, disturb: 6)
        var seen: Set<String> = []
        for index in 0..<world.lives {
            seen.formUnion(compare(world.life(of: index).events, "seed \(seed), life \(index)"))
        }
        for number in 0..<world.voyages {
            let said = world.shipment(number).events.filter {
                !$0.type.name.hasPrefix("settle.") && !$0.type.name.hasPrefix("refund.")
            }
            seen.formUnion(compare(said, "seed \(seed), shipment \(number)"))
        }
        #expect(seen.isSuperset(of: ["taken", "stored", "rejected"]))
    }
}
