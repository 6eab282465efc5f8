import ClearanceEvents
import Testing

@testable import ClearanceProjections

/// Rules of the procedure that a kept fact breaks: broken, kept, and at the instant itself.
@Suite struct ProcedureFindingTests {
    private func codes(_ life: Life) -> [Finding.Code] { life.procedure.state.findings.map(\.code) }

    /// Declared at nine, accepted ten seconds later.
    private func accepted() -> Life {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:10")
        return life
    }

    /// An officer's word, without the status of a receipt.
    private func say(_ life: inout Life, _ type: String, _ time: String) {
        let more: [String: DataValue] =
            type == "inspect.detained" ? ["kind": .text("other")] : [:]
        life.say(type, Life.list, time, ["agentCode": "AG1", "copNo": "COP1"], more)
    }

    @Test("releaseWhileHeld: a detention or suspension that nobody ended")
    func releaseWhileHeld() {
        for (hold, end) in [
            ("inspect.detained", "inspect.freed"), ("declare.suspended", "declare.resumed"),
        ] {
            var held = accepted()
            say(&held, hold, "2026-03-01T09:10:00")
            var freed = held
            held.receipt("release.granted", "800", "2026-03-01T10:00:00")
            #expect(codes(held) == [.releaseWhileHeld], "\(hold)")
            #expect(held.procedure.state.live?.releasedAt != nil)
            say(&freed, end, "2026-03-01T10:00:00")
            freed.receipt("release.granted", "800", "2026-03-01T10:00:00")
            #expect(codes(freed) == [], "\(end) at the instant of the release")
            var silent = accepted()
            let status = hold == "inspect.detained" ? "501" : "600"
            silent.receipt(hold, status, "2026-03-01T09:10:00")
            silent.receipt("release.granted", "800", "2026-03-01T10:00:00")
            #expect(codes(silent) == [], "a hold that only a receipt told of")
        }
    }

    @Test("closingWithoutRelease: 899 without 800")
    func closingWithoutRelease() {
        var life = accepted()
        life.receipt("release.closed", "899", "2026-03-01T10:00:00")
        #expect(codes(life) == [.closingWithoutRelease])
        #expect(life.procedure.state.word == .closed)
        life.receipt("release.granted", "800", "2026-03-01T10:00:00")
        #expect(codes(life) == [], "released at the same instant")
        life.drop(from: 3)
        life.receipt("release.granted", "800", "2026-03-01T10:00:01")
        #expect(codes(life) == [.closingWithoutRelease], "a second too late")
    }

    @Test("rejectionAfterRelease: 100 behind 800")
    func rejectionAfterRelease() {
        var life = accepted()
        life.receipt("release.granted", "800", "2026-03-01T10:00:00")
        life.receipt("declare.rejected", "100", "2026-03-01T10:00:01")
        #expect(codes(life) == [.rejectionAfterRelease])
        #expect(life.procedure.state.word == .rejected)
        life.drop(from: 3)
        life.receipt("declare.rejected", "100", "2026-03-01T09:59:59")
        #expect(!codes(life).contains(.rejectionAfterRelease))
        var plain = accepted()
        plain.receipt("declare.rejected", "100", "2026-03-01T10:00:00")
        #expect(codes(plain) == [])
    }

    @Test("reviewWithoutAcceptance: 300 or 399 before 120")
    func reviewWithoutAcceptance() {
        for (type, status) in [("declare.reviewing", "300"), ("declare.reviewed", "399")] {
            var early = Life()
            early.declare("2026-03-01T09:00:00")
            early.receipt(type, status, "2026-03-01T09:00:09")
            early.receipt("declare.accepted", "120", "2026-03-01T09:00:10")
            #expect(codes(early) == [.reviewWithoutAcceptance], "\(type)")
            var same = accepted()
            same.receipt(type, status, "2026-03-01T09:00:10")
            #expect(codes(same) == [], "\(type) at the instant of the acceptance")
            var never = Life()
            never.declare("2026-03-01T09:00:00")
            never.receipt(type, status, "2026-03-01T09:00:20")
            #expect(codes(never) == [.reviewWithoutAcceptance], "\(type)")
        }
    }

    @Test("conclusionWithoutInspection: a result of what nobody ordered")
    func conclusionWithoutInspection() {
        var life = accepted()
        life.conclude("2026-03-01T10:00:00", "customs")
        #expect(codes(life) == [.conclusionWithoutInspection])
        #expect(life.procedure.state.live?.conclusions.isEmpty == false)
        life.inspect("2026-03-01T10:00:00", ["customs"])
        #expect(codes(life) == [], "ordered at the same instant")
        life.drop(from: 3)
        life.inspect("2026-03-01T10:00:01", ["customs"])
        #expect(codes(life) == [.conclusionWithoutInspection], "ordered a second later")
    }

    @Test(
        "A hold after release: detainedAfterRelease, suspendedAfterRelease",
        arguments: [
            ("inspect.detained", "501", Finding.Code.detainedAfterRelease),
            ("declare.suspended", "600", .suspendedAfterRelease),
        ])
    func holdAfterRelease(_ type: String, _ status: String, _ code: Finding.Code) {
        var life = accepted()
        life.receipt("release.granted", "800", "2026-03-01T10:00:00")
        life.receipt(type, status, "2026-03-01T10:00:01")
        #expect(codes(life) == [code])
        #expect(life.procedure.state.word == .released)
        life.drop(from: 3)
        life.receipt(type, status, "2026-03-01T10:00:00")
        #expect(codes(life) == [], "\(type) at the instant of the release")
        life.drop(from: 3)
        life.receipt(type, status, "2026-03-01T09:30:00")
        #expect(codes(life) == [])
    }

    @Test("turnedBackAfterRelease: 700 behind 800")
    func turnedBackAfterRelease() {
        var life = accepted()
        life.receipt("release.granted", "800", "2026-03-01T10:00:00")
        life.receipt("release.returned", "700", "2026-03-01T10:00:01")
        #expect(codes(life) == [.turnedBackAfterRelease])
        #expect(life.procedure.state.word == .turnedBack)
        var same = accepted()
        same.receipt("release.granted", "800", "2026-03-01T10:00:00")
        same.receipt("release.returned", "700", "2026-03-01T10:00:00")
        #expect(
            codes(same) == [.turnedBackAfterRelease], "800 comes before 700 in the procedure")
        var plain = accepted()
        plain.receipt("release.returned", "700", "2026-03-01T10:00:00")
        #expect(codes(plain) == [])
    }

    @Test("amendedUnknown: a change of a list that nothing was said of")
    func amendedUnknown() {
        var life = Life()
        life.declare("2026-03-01T09:00:00", type: "declare.amended")
        #expect(codes(life) == [.amendedUnknown])
        #expect(life.procedure.state.word == .submitted)
        #expect(life.procedure.state.findings[0].severity == .info)
        var known = Life()
        known.declare("2026-03-01T09:00:00")
        known.declare("2026-03-01T09:00:01", type: "declare.amended")
        #expect(codes(known) == [])
        var same = Life()
        same.declare("2026-03-01T09:00:00", type: "declare.amended")
        same.declare("2026-03-01T09:00:00")
        #expect(codes(same) == [], "declared at the same instant")
    }
}
