import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceMatching
import ClearanceTesting
import Foundation

/// One run of the main job; prints its report section by section while it goes.
struct DemoRun {
    var generated: GeneratedWorld?
    var ingested = IngestReport()
    var matched = MatchSummary()
    var matchSeconds = 0.0
    var replayed: TimedReplay?
    var verified: VerifyReport?
    var verifySeconds = 0.0

    init() {}

    /// Runs every step on a world.
    init(world: World, folder: String, language: Language, shows: Bool) throws {
        let pages = DemoPages(language: language, isShown: shows)
        try pages.title(world)
        let written = try GeneratedWorld.write(
            world, to: folder + "/world", format: .ndjson, language)
        generated = written
        try pages.generated(written)
        ingested = try GeneratedWorld.feed(folder + "/world", to: folder + "/ledger", language)
        try pages.ingested(ingested, folder + "/ledger")
        try audit(folder + "/ledger", language) { matched, seconds, view, day in
            try pages.matched(matched, seconds, expected: written.expected)
            try pages.months(view, day)
            try pages.chain(view, day)
        }
        try pages.checks(self)
    }

    /// Matches, replays and verifies a ledger; `afterMatch` stands between.
    mutating func audit(
        _ path: String, _ language: Language,
        afterMatch: (MatchSummary, Double, LedgerView, CivilDay?) throws -> Void = {
            _, _, _, _ in
        }
    ) throws {
        let ledger = try Wiring.reader(path)
        let view = try ledger.view()
        let day = try DayReached.find(ledger, through: view.position)
        let watch = Stopwatch()
        matched = try Matcher(view: view, day: day, rules: RuleSets.matching).summary()
        matchSeconds = watch.seconds
        try afterMatch(matched, matchSeconds, view, day)
        replayed = try Replay.check(ledger)
        let check = Stopwatch()
        verified = try Verify.check(ledger, language)
        verifySeconds = check.seconds
        try ledger.close()
    }

    /// Whether the matcher agrees with the slow reference; true where there is none.
    var agrees: Bool {
        guard let expected = generated?.expected else { return true }
        let outcomes = expected.outcomes.map { ($0.outcome, $0.orders) }
        let orphans = expected.orphans.map { ($0.outcome, $0.orders) }
        let found = matched.orphans.map { ($0.key.name, $0.value) }
        return Dictionary(uniqueKeysWithValues: outcomes) == matched.named
            && Dictionary(uniqueKeysWithValues: orphans)
                == Dictionary(uniqueKeysWithValues: found)
    }

    /// Whether everything holds together: the command's exit.
    var isSound: Bool { agrees && isIdentical && isIntact }

    var isIdentical: Bool { replayed?.report.isIdentical == true }

    var isIntact: Bool { verified?.isIntact == true }

    /// The members of the JSON object: each step's keys under its name.
    func write(to writer: inout JSONWriter) {
        if let generated { writer.member(object: "generate") { generated.write(to: &$0) } }
        writer.member(object: "ingest") { ingested.write(to: &$0) }
        writer.member(object: "match") { matched.write(to: &$0) }
        if let replayed { writer.member(object: "replay") { replayed.write(to: &$0) } }
        if let verified { writer.member(object: "verify") { verified.write(to: &$0) } }
    }
}
