import ClearanceEvents
import Testing

@testable import ClearanceProjections

@Suite struct ProcedureReferencesTests {
    private func codes(_ life: Life) -> [Finding.Code] { life.procedure.state.findings.map(\.code) }

    @Test("A cancel request before the answer, approved and refused")
    func cancel() {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.cancelRequest("2026-03-01T10:00:00")
        #expect(life.procedure.state.word == .cancelRequested)
        var refused = life
        refused.cancelAnswer("declare.cancelRefused", "100", "2026-03-01T10:05:00")
        #expect(refused.procedure.state.word == .accepted)
        life.cancelAnswer("declare.cancelled", "399", "2026-03-01T10:05:00")
        let state = life.procedure.state
        #expect(state.word == .cancelled)
        #expect(state.findings == [])
        #expect(state.live?.pre == "PRE1")
        #expect(state.cancels.map(\.invt) == ["460020260I00000001"])
    }

    @Test("A cancel request after the release is a finding; so is a second open one")
    func cancelAfterRelease() {
        var life = Life.released()
        life.cancelRequest("2026-03-01T10:00:00")
        #expect(codes(life) == [.cancelAfterRelease])
        #expect(life.procedure.state.word == .released)
        var twice = Life()
        twice.declare("2026-03-01T09:00:00")
        twice.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        twice.cancelRequest("2026-03-01T10:00:00")
        twice.cancelRequest("2026-03-01T10:01:00", "cancel:AG1/C2")
        #expect(codes(twice) == [.cancelledTwice])
    }

    @Test("A reference to a list that is not there dangles and moves no other list")
    func dangling() {
        var life = Life.released()
        life.cancelRequest("2026-03-01T10:00:00", invt: "460020260I00000099")
        #expect(codes(life) == [.danglingReference])
        #expect(life.procedure.state.word == .released)
    }

    @Test("A return within the days has no finding, and its word follows it")
    func returned() {
        var life = Life.released()
        life.requestReturn("2026-03-31T23:59:59", qty: "2")
        #expect(life.procedure.state.word == .returnPending)
        life.returnAccepted("2026-04-01T09:00:00")
        life.arriveReturn("2026-04-15T23:59:59", qty: "2")
        #expect(codes(life) == [])
        #expect(life.procedure.state.word == .returned)
    }

    @Test("Day 31 is late for the request and day 46 for the goods")
    func late() {
        var life = Life.released()
        life.requestReturn("2026-04-01T00:00:00", qty: "2")
        life.returnAccepted("2026-04-01T09:00:00")
        life.arriveReturn("2026-04-16T00:00:00", qty: "2")
        #expect(codes(life) == [.lateReturnRequest, .lateReturnArrival])
    }

    @Test("All returns of a line together may not exceed it; refused ones do not count")
    func exceeds() {
        var life = Life.released()
        life.requestReturn("2026-03-10T09:00:00", qty: "1.5")
        life.requestReturn("2026-03-11T09:00:00", "return:AG1/R2", qty: "0.5")
        #expect(codes(life) == [])
        life.requestReturn("2026-03-12T09:00:00", "return:AG1/R3", qty: "0.00001")
        #expect(codes(life) == [.returnExceedsReleased])
        life.say(
            "return.refused", "return:AG1/R3", "2026-03-12T10:00:00",
            ["returnStatus": "100", "returnTime": "20260312100000000", "message": "CEB626"])
        #expect(codes(life) == [])
    }

    @Test("A return of what was not released, and goods before the decision, are findings")
    func early() {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.requestReturn("2026-03-02T09:00:00", qty: "1")
        #expect(codes(life) == [.returnWithoutRelease])
        var goods = Life.released()
        goods.requestReturn("2026-03-02T09:00:00", qty: "1")
        goods.arriveReturn("2026-03-03T09:00:00", qty: "1")
        #expect(codes(goods) == [.arrivalWithoutAcceptance])
    }

    @Test("An inspection by a receipt ends with the release; one with parts needs its results")
    func inspection() {
        var silent = Life()
        silent.declare("2026-03-01T09:00:00")
        silent.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        silent.receipt("inspect.ordered", "500", "2026-03-01T09:01:00")
        silent.receipt("release.granted", "800", "2026-03-02T09:00:00")
        #expect(codes(silent) == [])
        #expect(silent.procedure.state.live?.wasHeld == true)

        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.inspect("2026-03-01T09:01:00", ["customs", "quarantine"])
        life.conclude("2026-03-01T10:00:00", "customs")
        #expect(life.procedure.state.word == .inspecting)
        var early = life
        early.receipt("release.granted", "800", "2026-03-01T11:00:00")
        #expect(codes(early) == [.releaseDuringInspection])
        #expect(early.procedure.state.live?.releasedAt != nil)
        life.conclude("2026-03-03T10:00:00", "quarantine")
        life.receipt("release.granted", "800", "2026-03-03T11:00:00")
        #expect(codes(life) == [])
        #expect(life.procedure.state.live?.conclusions == ["customs:pass", "quarantine:pass"])
    }

    @Test("An inspection after the release is a finding and holds nothing")
    func lateInspection() {
        var life = Life.released()
        life.inspect("2026-03-02T09:01:00", ["customs"])
        #expect(codes(life) == [.inspectionAfterRelease])
        #expect(life.procedure.state.word == .released)
    }

    @Test("A tax bill is assessed, summarised and paid; day 30 is early, day 31 is not")
    func tax() {
        var life = Life.released()
        life.tax("settle.taxAssessed", "1", "2026-03-01T09:02:00", sums: true)
        life.tax("settle.taxSummarised", "2", "2026-03-20T09:00:00", duty: "D1")
        var early = life
        early.pay("2026-03-31T09:00:00")
        #expect(codes(early) == [.earlyPayment])
        life.pay("2026-04-01T00:00:00")
        #expect(codes(life) == [])
        let bill = life.procedure.state.taxes.first
        #expect(bill?.phase == .paid)
        #expect(bill?.total == 29_12_000)
        life.tax("settle.taxVoided", "3", "2026-04-02T09:00:00")
        life.pay("2026-04-03T09:00:00")
        #expect(codes(life) == [.taxAfterVoid])
    }

    @Test("The answer names steps, identifiers, due days and what is overdue")
    func answer() throws {
        var life = Life.released()
        life.tax("settle.taxAssessed", "1", "2026-03-01T09:02:00", sums: true)
        life.requestReturn("2026-03-10T09:00:00", qty: "1")
        let row = life.procedure
        let refs = Dictionary(
            row.steps.enumerated().map { ($1.ref, [UInt64($0 + 1)]) },
            uniquingKeysWith: { $0 + $1 })
        let answer = ProcedureAnswer(row, on: CivilDay("2026-04-15"), positions: refs)
        #expect(answer.state == "returnPending")
        let attempt = try #require(answer.attempts.first)
        #expect(attempt.identifiers["invtNo"] == "460020260I00000001")
        #expect(attempt.identifiers["copNo"] == "AG1/COP1")
        #expect(attempt.identifiers["orderNo"] == "NO1")
        #expect(
            attempt.steps.map(\.type) == [
                "declare.submitted", "receipt.progress", "declare.accepted", "release.granted",
            ])
        #expect(attempt.steps.map(\.positions) == [[1], [2], [3], [4]])
        #expect(attempt.steps.first?.time == "2026-03-01T09:00:00+08:00")
        #expect(answer.returns.first?.requestBy == "2026-03-31")
        #expect(answer.returns.first?.arriveBy == "2026-04-15")
        #expect(answer.taxes.first?.dueFrom == "2026-04-01")
        #expect(answer.taxes.first?.overdue == false)
        let later = ProcedureAnswer(row, on: CivilDay("2026-04-16"))
        #expect(later.taxes.first?.overdue == true)
    }
}

extension Life {
    mutating func cancelRequest(
        _ time: String, _ subject: String = "cancel:AG1/C1", invt: String = "460020260I00000001"
    ) {
        say(
            "declare.cancelRequested", subject, time,
            [
                "appTime": Life.time(time).customs, "appType": "1", "invtNo": invt,
                "agentCode": "AG1", "copNo": String(subject.split(separator: "/")[1]),
                "preNo": "CANCELPRE",
            ])
    }

    mutating func cancelAnswer(_ type: String, _ status: String, _ time: String) {
        receipt(
            type, status, time, subject: "cancel:AG1/C1", pre: "CANCELPRE", message: "CEB624")
    }

    mutating func returnAccepted(_ time: String, _ subject: String = "return:AG1/R1") {
        say(
            "return.accepted", subject, time,
            [
                "returnStatus": "399", "returnTime": Life.time(time).customs + "000",
                "message": "CEB626",
            ])
    }

    mutating func inspect(_ time: String, _ agencies: [String]) {
        say(
            "inspect.ordered", Life.list, time, ["by": "risk"],
            ["parts": Life.records("inspectionPart", agencies.map { ["agency": $0] })])
    }

    mutating func conclude(_ time: String, _ agency: String) {
        say(
            "inspect.concluded", Life.list, time, [:],
            [
                "parts": Life.records(
                    "inspectionPart", [["agency": agency, "result": "pass"]])
            ])
    }

    mutating func tax(
        _ type: String, _ status: String, _ time: String, sums: Bool = false,
        duty: String? = nil
    ) {
        var texts = [
            "taxNo": "TX1", "invtNo": "460020260I00000001", "status": status,
            "returnTime": Life.time(time).customs + "000",
        ]
        if sums {
            (texts["customsTax"], texts["valueAddedTax"], texts["consumptionTax"]) =
                ("0", "29.12", "0")
        }
        texts["entDutyNo"] = duty
        say(type, "tax:TX1", time, texts)
    }

    mutating func pay(_ time: String) {
        say(
            "settle.taxPaid", "list:460020260I00000001", time,
            ["entDutyNo": "D1", "amount": "29.12", "paidOn": String(time.prefix(10))])
    }
}
