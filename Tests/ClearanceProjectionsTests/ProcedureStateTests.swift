import ClearanceEvents
import Testing

@testable import ClearanceProjections

@Suite struct ProcedureStateTests {
    private func codes(_ life: Life) -> [Finding.Code] { life.procedure.state.findings.map(\.code) }

    @Test("A list that customs takes in ten seconds is released without a finding")
    func released() throws {
        let state = Life.released().procedure.state
        #expect(state.word == .released)
        #expect(state.findings == [])
        let live = try #require(state.live)
        #expect(live.invt == "460020260I00000001")
        #expect(live.pre == "PRE1")
        #expect(live.cop == "AG1/COP1")
        #expect(live.submittedAt == Life.time("2026-03-01T09:00:00").microseconds)
        #expect(live.acceptedAt == Life.time("2026-03-01T09:00:20").microseconds)
        #expect(live.releasedAt == Life.time("2026-03-01T09:01:20").microseconds)
        #expect(live.ieDirection == .import)
        #expect(live.paper?.lines.count == 1)
    }

    @Test("Acceptance and release of one instant are in procedural order")
    func oneInstant() {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("release.granted", "800", "2026-03-01T09:00:10")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:10")
        #expect(codes(life) == [])
        #expect(life.procedure.state.word == .released)
    }

    @Test(
        "Each step has its word",
        arguments: [
            ("declare.drafted", "", ProcedureState.Word.drafted),
            ("declare.accepted", "120", .accepted), ("declare.reviewing", "300", .reviewing),
            ("declare.reviewed", "399", .reviewed), ("inspect.ordered", "500", .inspecting),
            ("inspect.detained", "501", .detained), ("declare.suspended", "600", .suspended),
            ("declare.rejected", "100", .rejected), ("release.returned", "700", .turnedBack),
        ])
    func words(_ type: String, _ status: String, _ word: ProcedureState.Word) {
        var life = Life()
        if type == "declare.drafted" {
            life.declare("2026-03-01T08:00:00", type: type)
        } else {
            life.declare("2026-03-01T09:00:00")
            if type != "declare.accepted" {
                life.receipt("declare.accepted", "120", "2026-03-01T09:00:05")
            }
            life.receipt(type, status, "2026-03-01T10:00:00")
        }
        #expect(life.procedure.state.word == word)
        #expect(codes(life) == [])
    }

    @Test("Without a fact the state is none, and a progress receipt alone is submitted")
    func none() {
        #expect(Life().procedure.state.word == .none)
        var life = Life()
        life.receipt("receipt.progress", "2", "2026-03-01T09:00:05", invt: nil)
        #expect(life.procedure.state.word == .submitted)
        var stored = Life()
        stored.receipt("receipt.progress", "1", "2026-03-01T09:00:05", invt: nil)
        #expect(stored.procedure.state.word == .none)
    }

    @Test("Release without acceptance is a finding, and the release counts")
    func releaseWithoutAcceptance() {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("release.granted", "800", "2026-03-01T09:01:00")
        #expect(codes(life) == [.releaseWithoutAcceptance])
        #expect(life.procedure.state.word == .released)
    }

    @Test("Receipts without their paper are a valid row")
    func receiptsAlone() {
        var life = Life()
        life.receipt(
            "declare.accepted", "120", "2026-03-01T09:00:20", subject: "pre:PRE1", invt: nil)
        life.receipt(
            "release.granted", "800", "2026-03-01T09:01:20", subject: "pre:PRE1", invt: nil)
        #expect(life.procedure.state.word == .released)
        #expect(codes(life) == [.paperAbsent])
    }

    @Test("A paper later than its receipts is still their paper")
    func latePaper() throws {
        var life = Life()
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.receipt("release.granted", "800", "2026-03-01T09:01:20")
        life.declare("2026-03-01T12:00:00")
        let state = life.procedure.state
        #expect(state.attempts.count == 1)
        #expect(state.word == .released)
        #expect(state.findings.map(\.code) == [.paperAfterReceipt])
        #expect(try #require(state.live).paper != nil)
    }

    @Test("A second release is a finding and the first time stands")
    func secondRelease() {
        var life = Life.released()
        life.receipt("release.granted", "800", "2026-03-02T09:00:00")
        #expect(codes(life) == [.secondRelease])
        #expect(
            life.procedure.state.live?.releasedAt
                == Life.time("2026-03-01T09:01:20").microseconds)
    }

    @Test("A declaration again while the first stands is a finding; after rejection it is none")
    func declaredAgain() {
        var twice = Life.released()
        twice.declare("2026-03-02T09:00:00", lines: [Life.line(price: "999")])
        #expect(codes(twice) == [.duplicateDeclaration])
        #expect(twice.procedure.state.live?.paper?.lines.first?.totalPrice?.text == "200")

        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.rejected", "100", "2026-03-01T09:00:10", invt: nil)
        life.declare("2026-03-01T10:00:00")
        life.receipt(
            "declare.accepted", "120", "2026-03-01T10:00:10", pre: "PRE2",
            invt: "460020260I00000002")
        let state = life.procedure.state
        #expect(state.findings == [])
        #expect(state.attempts.map(\.phase) == [.rejected, .accepted])
        #expect(state.live?.pre == "PRE2")
        #expect(state.live?.paper != nil)
    }

    @Test("A rejected list may be sent again under the same e-port number, also as a change")
    func sameNumber() {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.rejected", "100", "2026-03-01T09:00:10", invt: nil)
        life.declare("2026-03-01T10:00:00", type: "declare.amended")
        life.receipt("declare.accepted", "120", "2026-03-01T10:00:10")
        let state = life.procedure.state
        #expect(state.findings == [])
        #expect(state.word == .accepted)
    }

    @Test("Acceptance after rejection without a new declaration is a finding")
    func acceptanceAfterRejection() {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.rejected", "100", "2026-03-01T09:00:10")
        life.receipt("declare.accepted", "120", "2026-03-01T09:30:00")
        #expect(codes(life) == [.acceptanceAfterRejection])
        #expect(life.procedure.state.word == .accepted)
    }

    @Test("An amendment before acceptance replaces the content, after it is a finding")
    func amended() {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.declare(
            "2026-03-01T09:00:10", type: "declare.amended", lines: [Life.line(price: "150")])
        #expect(codes(life) == [])
        #expect(life.procedure.state.live?.paper?.lines.first?.totalPrice?.text == "150")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.declare("2026-03-01T11:00:00", type: "declare.amended")
        #expect(codes(life) == [.amendedAfterAcceptance])
    }

    @Test("A draft is not the content of a declared list")
    func draft() {
        var life = Life()
        life.declare(
            "2026-03-01T08:00:00", type: "declare.drafted", lines: [Life.line(price: "1")])
        life.declare("2026-03-01T09:00:00")
        let state = life.procedure.state
        #expect(state.attempts.count == 1)
        #expect(state.word == .submitted)
        #expect(state.live?.paper?.lines.first?.totalPrice?.text == "200")
    }

    @Test("Withdrawn before acceptance is cancelled, after it only a finding")
    func withdrawn() {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.say(
            "declare.withdrawn", Life.list, "2026-03-01T09:00:01",
            ["appTime": "20260301090001", "appType": "3", "copNo": "COP1", "agentCode": "AG1"])
        #expect(life.procedure.state.word == .cancelled)
        var late = Life.released()
        late.say(
            "declare.withdrawn", Life.list, "2026-03-01T10:00:00",
            ["appTime": "20260301100000", "appType": "3", "copNo": "COP1", "agentCode": "AG1"])
        #expect(codes(late) == [.withdrawnAfterAcceptance])
        #expect(late.procedure.state.word == .released)
    }

    @Test("Anything after cancellation is a finding and moves nothing")
    func afterCancellation() {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.receipt("declare.cancelled", "399", "2026-03-01T10:00:00")
        #expect(codes(life) == [])
        life.receipt("release.granted", "800", "2026-03-01T11:00:00")
        #expect(codes(life) == [.eventAfterCancellation])
        #expect(life.procedure.state.word == .cancelled)
    }

    @Test("Two customs numbers of one e-port number contradict and are set aside")
    func contradiction() throws {
        var life = Life()
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20", invt: "INVT1")
        life.receipt("declare.reviewed", "399", "2026-03-01T09:00:21", invt: "INVT2")
        let finding = try #require(
            life.procedure.state.findings.first { $0.code == .contradictoryLink })
        #expect(finding.refs.count == 2)
    }

    @Test("Customs' number stands against an enterprise's")
    func customsStands() {
        var life = Life()
        life.declare("2026-03-01T09:00:00", pre: "PRE1", invt: "WRONG")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        let state = life.procedure.state
        #expect(state.findings.map(\.code) == [.contradictoryLink])
        #expect(state.attempts.count == 1)
        #expect(state.live?.invt == "460020260I00000001")
    }

    @Test("One receipt with two contents is a conflict and counts once")
    func conflict() {
        var life = Life.released()
        life.say(
            "release.granted", Life.list, "2026-03-01T09:01:20",
            [
                "returnStatus": "800", "returnTime": "20260301090120000", "message": "CEB622",
                "preNo": "PRE1", "agentCode": "AG1", "copNo": "COP1", "customsCode": "4601",
            ])
        #expect(codes(life) == [.conflictingContent])
        #expect(life.procedure.state.word == .released)
    }
}
