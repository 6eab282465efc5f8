import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import Seeded
import Testing

@Suite("Fifteen lives")
struct LivesTests {
    @Test("There are fifteen lives, and each says what is asked of it")
    func fifteen() throws {
        #expect(
            LivesFile.all.map { String($0.name.prefix(2)) }
                == (1...15).map {
                    $0 < 10 ? "0\($0)" : "\($0)"
                })
        for life in LivesFile.all {
            let story = try life.story()
            #expect(!story.asks.isEmpty, "\(life)")
            #expect(!story.title.zh.isEmpty && !story.title.en.isEmpty, "\(life)")
        }
    }

    @Test("Every line of a life is a sound event with its own identity", arguments: LivesFile.all)
    func sound(life: LivesFile) throws {
        var names: Set<String> = []
        for item in try life.items() {
            switch item {
            case .event(let event, let findings, _, let place):
                #expect(findings.map(\.code) == [], "line \(place.line)")
                #expect(names.insert(event.source + " " + event.id).inserted)
                #expect(event.time.rfc3339.hasSuffix("+08:00"))
            case .reject(let reject):
                Issue.record("line \(reject.line): \(reject.code) \(reject.path)")
            }
        }
        let outcomes = try LivesLedger().append(try life.events())
        for (index, outcome) in outcomes.enumerated() {
            #expect(outcome == .appended(position: UInt64(index + 1)))
        }
    }

    @Test("A life answers what people ask", arguments: LivesFile.all)
    func asked(life: LivesFile) throws {
        let kept = try LivesLedger(try life.events())
        for ask in try life.story().asks {
            let given = try LivesAnswers(kept.ledger, ask.query).answer()
            let mismatch = ask.answer.mismatch(in: given)
            #expect(mismatch == nil, "\(ask.question.zh) · \(ask.question.en)")
        }
    }

    @Test("The order of arrival changes no answer and no digest", arguments: LivesFile.all)
    func shuffled(life: LivesFile) throws {
        let events = try life.events()
        let digest = try LivesLedger(events).digest()
        let asks = try life.story().asks.filter { $0.query.knownAt == nil }
        for seed in 1...3 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let mixed = try LivesLedger(events.shuffled(using: &generator), batch: 3)
            #expect(try mixed.digest() == digest, "seed \(seed)")
            for ask in asks {
                let given = try LivesAnswers(mixed.ledger, ask.query).answer()
                let mismatch = ask.answer.mismatch(in: given)
                #expect(mismatch == nil, "seed \(seed): \(ask.question.en)")
            }
        }
    }

    @Test("A life told twice is the same life", arguments: LivesFile.all)
    func twice(life: LivesFile) throws {
        let events = try life.events()
        let kept = try LivesLedger(events)
        let digest = try kept.digest()
        var generator = SeededGenerator(seed: 11)
        let again = try kept.append(events.shuffled(using: &generator), batch: 5)
        let isKnown = again.map { outcome in
            if case .alreadyAppended = outcome { true } else { false }
        }
        #expect(!isKnown.contains(false))
        #expect(try kept.digest() == digest)
        #expect(try kept.ledger.position() == UInt64(events.count))
    }

    @Test("A replay finds the live state of a life", arguments: LivesFile.all)
    func replayed(life: LivesFile) throws {
        let events = try life.events()
        let kept = try LivesLedger(events)
        let report = try kept.ledger.replay()
        #expect(report.isIdentical == true)
        #expect(report.events == UInt64(events.count))
    }
}
