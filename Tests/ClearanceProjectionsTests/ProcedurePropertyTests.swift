import ClearanceEvents
import Seeded
import Testing

@testable import ClearanceProjections

@Suite struct ProcedurePropertyTests {
    /// Lives that touch every kind of fact.
    private func lives() -> [Life] {
        var busy = Life.released()
        busy.cancelRequest("2026-03-01T09:00:30")
        busy.cancelAnswer("declare.cancelRefused", "100", "2026-03-01T09:00:40")
        busy.inspect("2026-03-01T09:00:50", ["customs"])
        busy.conclude("2026-03-01T09:01:00", "customs")
        busy.tax("settle.taxAssessed", "1", "2026-03-01T09:02:00", sums: true)
        busy.requestReturn("2026-03-10T09:00:00", qty: "1")
        busy.returnAccepted("2026-03-11T09:00:00")
        busy.arriveReturn("2026-03-12T09:00:00", qty: "1")
        var again = Life()
        again.declare("2026-03-01T09:00:00")
        again.receipt("declare.rejected", "100", "2026-03-01T09:00:10", invt: nil)
        again.declare("2026-03-01T10:00:00")
        again.receipt(
            "declare.accepted", "120", "2026-03-01T10:00:10", pre: "PRE2",
            invt: "460020260I00000002")
        again.receipt(
            "release.granted", "800", "2026-03-01T10:00:10", pre: "PRE2",
            invt: "460020260I00000002")
        return [busy, again, .released()]
    }

    @Test("The row does not depend on the order of arrival", arguments: [1, 2, 3] as [UInt64])
    func arrival(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for life in lives() {
            let row = life.procedure
            for _ in 0..<20 {
                let other = life.shuffled(&random).procedure
                #expect(other == row, "seed \(seed)")
                #expect(other.state == row.state, "seed \(seed)")
            }
        }
    }

    @Test("The state does not depend on how facts of one instant are stored")
    func instants() {
        var random = SeededGenerator(seed: 5)
        for life in lives() {
            let row = life.procedure
            for _ in 0..<20 {
                var other = ProcedureRow()
                other.steps = row.steps.shuffled(using: &random).sorted { $0.time < $1.time }
                #expect(other.state == row.state)
            }
        }
    }

    @Test("A row is equal after writing and reading, and damage is refused")
    func coding() throws {
        for life in lives() {
            let row = life.procedure
            var writer = ByteWriter()
            row.encode(into: &writer)
            let bytes = writer.bytes
            var reader = ByteReader(bytes.span)
            let read = try ProcedureRow(from: &reader)
            let isAtEnd = reader.isAtEnd
            #expect(read == row)
            #expect(isAtEnd)
            for count in stride(from: 0, to: bytes.count, by: 7) {
                let short = Array(bytes[..<count])
                #expect(throws: DecodingError.self) {
                    var part = ByteReader(short.span)
                    _ = try ProcedureRow(from: &part)
                }
            }
        }
    }

    @Test("No personal text comes into a row")
    func personal() {
        var life = Life()
        life.say(
            "declare.submitted", Life.list, "2026-03-01T09:00:00",
            [
                "appTime": "20260301090000", "copNo": "COP1", "agentCode": "AG1",
                "form": "list", "buyerName": "测试", "buyerIdNumber": "110101190001010006",
                "consigneeAddress": "某路一号", "note": "备注",
            ])
        var writer = ByteWriter()
        life.procedure.encode(into: &writer)
        let text = String(decoding: writer.bytes, as: UTF8.self)
        for part in ["测试", "110101190001010006", "某路一号", "备注"] {
            #expect(!text.contains(part))
        }
    }
}

@Suite struct ProcedureAdmissionTests {
    /// The verdict over the last event of a life, given the row of the others.
    private func verdict(_ life: Life) throws -> Verdict {
        var before = life
        let request = try #require(life.events.last)
        before.drop(from: life.events.count - 1)
        var result: Verdict?
        let rule = ProcedureAdmission()
        Life.forEach(Life.entries([request])) { view in
            #expect(rule.isRequest(view.type))
            result = rule.judge(view, row: before.procedure)
        }
        return try #require(result)
    }

    @Test("A first declaration, and one after a rejection, are admitted")
    func admitted() throws {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        #expect(try verdict(life) == .admit)
        life.receipt("declare.rejected", "100", "2026-03-01T09:00:10", invt: nil)
        life.declare("2026-03-01T10:00:00")
        #expect(try verdict(life) == .admit)
    }

    @Test("A declaration while the first stands is refused")
    func duplicate() throws {
        var life = Life.released()
        life.declare("2026-03-02T09:00:00")
        #expect(try verdict(life) == .refuse(code: "duplicateDeclaration"))
    }

    @Test("The paper of receipts that are there already is admitted")
    func latePaper() throws {
        var life = Life()
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.declare("2026-03-01T12:00:00")
        #expect(try verdict(life) == .admit)
    }

    @Test("A cancel request is admitted before the release, refused after it and without a list")
    func cancel() throws {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.cancelRequest("2026-03-01T09:00:30")
        #expect(try verdict(life) == .admit)
        var late = Life.released()
        late.cancelRequest("2026-03-01T10:00:00")
        #expect(try verdict(late) == .refuse(code: "cancelAfterRelease"))
        var unknown = Life()
        unknown.cancelRequest("2026-03-01T10:00:00")
        #expect(try verdict(unknown) == .refuse(code: "danglingReference"))
    }

    @Test("A return is refused before the release, above the quantity and after day 30")
    func goodsReturn() throws {
        var early = Life()
        early.declare("2026-03-01T09:00:00")
        early.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        early.requestReturn("2026-03-02T09:00:00", qty: "1")
        #expect(try verdict(early) == .refuse(code: "returnWithoutRelease"))
        for (qty, wanted) in [
            ("2", Verdict.admit), ("2.00001", .refuse(code: "returnExceedsReleased")),
        ] {
            var life = Life.released()
            life.requestReturn("2026-03-02T09:00:00", qty: qty)
            #expect(try verdict(life) == wanted)
        }
        var late = Life.released()
        late.requestReturn("2026-04-01T00:00:00", qty: "1")
        #expect(try verdict(late) == .refuse(code: "lateReturnRequest"))
    }

    @Test("A change during an inspection is refused")
    func change() throws {
        var life = Life()
        life.declare("2026-03-01T09:00:00")
        life.receipt("declare.accepted", "120", "2026-03-01T09:00:20")
        life.inspect("2026-03-01T09:01:00", ["customs"])
        life.declare("2026-03-01T10:00:00", type: "declare.amended")
        #expect(try verdict(life) == .refuse(code: "changeDuringInspection"))
    }

    @Test("Facts are no requests")
    func facts() {
        let rule = ProcedureAdmission()
        #expect(!rule.isRequest(.releaseGranted))
        #expect(!rule.isRequest(.returnAmended))
        #expect(!rule.isRequest(.orderSubmitted))
    }
}
