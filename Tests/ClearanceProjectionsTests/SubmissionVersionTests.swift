import ClearanceEvents
import Testing

@testable import ClearanceProjections

/// New, changed, deleted, stored, older, repeated: the three papers and the statuses.
@Suite struct SubmissionVersionTests {
    private typealias Scene = SubmissionScene
    private static let at = SubmissionScene.at

    @Test("New, changed and deleted are taken in the order of their times")
    func taken() throws {
        var scene = Scene()
        scene.order("n", Self.at("09:00:00"))
        scene.order("c", Self.at("10:00:00"), note: "b")
        #expect(scene.outcomes(.order) == [.taken, .taken])
        let document = try #require(scene.state.documents.first)
        #expect(document.versions.map(\.isHeld) == [false, true])
        #expect(document.versions.map(\.isLive) == [false, true])
        scene.order("x", Self.at("11:00:00"))
        #expect(scene.outcomes(.order) == [.taken, .taken, .taken])
        #expect(scene.state.documents[0].versions.allSatisfy { !$0.isHeld && !$0.isLive })
        scene.order("n", Self.at("12:00:00"), note: "d")
        #expect(scene.outcomes(.order).last == .taken)
    }

    @Test("A draft is stored, stands for nothing, and may be sent")
    func drafts() {
        var scene = Scene()
        scene.order("d", Self.at("09:00:00"))
        #expect(scene.outcomes(.order) == [.stored])
        #expect(!scene.state.documents[0].versions[0].isLive)
        scene.order("n", Self.at("09:10:00"))
        #expect(scene.outcomes(.order) == [.stored, .taken])
        scene.order("d", Self.at("09:20:00"))
        #expect(scene.outcomes(.order) == [.stored, .taken, .stored])
        #expect(scene.state.documents[0].versions.map(\.isHeld) == [false, true, false])
    }

    @Test("A change or delete of something unknown has customs' number", arguments: ["c", "x"])
    func unknown(verb: Character) {
        var scene = Scene()
        scene.order(verb, Self.at("09:00:00"))
        scene.payment(verb, Self.at("09:00:00"))
        scene.waybill(verb, Self.at("09:00:00"))
        scene.list(verb, Self.at("09:00:00"))
        scene.sendBack(verb, Self.at("09:00:00"))
        #expect(scene.numbers(.order) == [-301_009])
        #expect(scene.numbers(.payment) == [-401_006])
        #expect(scene.numbers(.waybill) == [-504_014])
        #expect(scene.numbers(.list) == [-621_011])
        #expect(scene.numbers(.returnRequest) == [-625_016])
        #expect(scene.outcomes(.order) == [.unknown])
        #expect(scene.state.documents.flatMap(\.versions).allSatisfy { !$0.isHeld })
    }

    @Test("At the instant of the new document its change is taken")
    func unknownBoundary() {
        var scene = Scene()
        scene.order("n", Self.at("09:00:00"))
        scene.order("c", Self.at("09:00:00"), note: "b")
        #expect(scene.outcomes(.order) == [.taken, .taken])
        #expect(scene.state.documents[0].versions.last?.isHeld == true)
    }

    @Test("After a deletion a change is unknown again")
    func deleted() {
        var scene = Scene()
        scene.order("n", Self.at("09:00:00"))
        scene.order("x", Self.at("10:00:00"))
        scene.order("c", Self.at("11:00:00"), note: "b")
        #expect(scene.outcomes(.order) == [.taken, .taken, .unknown])
    }

    @Test("A second new document on a standing key has customs' number")
    func exists() {
        var scene = Scene()
        for (clock, note) in [("09:00:00", "a"), ("09:00:01", "b")] {
            scene.order("n", Self.at(clock), note: note)
            scene.payment("n", Self.at(clock), note: note)
            scene.waybill("n", Self.at(clock), note: note)
        }
        #expect(scene.numbers(.order) == [0, -301_010])
        #expect(scene.numbers(.payment) == [0, -401_007])
        #expect(scene.numbers(.waybill) == [0, -504_015])
        let order = scene.state.documents[0]
        #expect(order.versions.map(\.isHeld) == [true, false])
        // Matching compares the newest that was said, whatever customs would answer (P-V4).
        #expect(order.versions.map(\.isLive) == [false, true])
    }

    @Test("A rejected document may be sent as new or as a change", arguments: ["n", "c"])
    func rejected(verb: Character) {
        var scene = Scene()
        scene.order("n", Self.at("09:00:00"))
        scene.hear(
            "order.rejected", "100", Scene.order, Self.at("09:05:00"), message: "CEB312")
        #expect(scene.outcomes(.order) == [.rejected])
        #expect(!scene.state.documents[0].versions[0].isLive)
        scene.order(verb, Self.at("09:10:00"), note: "b")
        #expect(scene.outcomes(.order) == [.rejected, .taken])
        #expect(scene.state.documents[0].versions.map(\.isLive) == [false, true])
    }

    @Test("Of acceptance and rejection the later counts, of one instant the rejection")
    func lastWord() {
        for (clock, kind) in [
            ("09:04:59", SubmissionOutcome.Kind.rejected), ("09:05:00", .rejected),
            ("09:05:01", .taken),
        ] {
            var scene = Scene()
            scene.order("n", Self.at("09:00:00"))
            scene.hear(
                "order.rejected", "100", Scene.order, Self.at("09:05:00"), message: "CEB312")
            scene.hear(
                "order.accepted", "120", Scene.order, Self.at(clock), message: "CEB312")
            #expect(scene.outcomes(.order) == [kind])
        }
    }

    @Test("A change from before the first known version is older than what is stored")
    func older() {
        var scene = Scene()
        scene.order("n", Self.at("10:00:00"))
        scene.order("c", Self.at("09:59:59"), note: "b")
        scene.payment("n", Self.at("10:00:00"))
        scene.payment("x", Self.at("09:59:59"))
        scene.waybill("n", Self.at("10:00:00"))
        scene.waybill("c", Self.at("09:59:59"), note: "b")
        #expect(scene.numbers(.order) == [-301_014, 0])
        #expect(scene.numbers(.payment) == [-401_012, 0])
        #expect(scene.numbers(.waybill) == [-505_016, 0])
        #expect(scene.outcomes(.waybill) == [.older, .taken])
        scene = Scene()
        scene.order("c", Self.at("10:00:00"), note: "b")
        scene.order("n", Self.at("10:00:00"))
        #expect(scene.outcomes(.order).allSatisfy { $0 == .taken })
    }

    @Test("The same key with another content conflicts; the greater content mark stands")
    func conflict() throws {
        var scene = Scene()
        scene.order("n", Self.at("09:00:00"), note: "a")
        scene.order("n", Self.at("09:00:00"), note: "b")
        #expect(Set(scene.outcomes(.order)) == [.conflict, .taken])
        let versions = try #require(scene.state.documents.first).versions
        #expect(versions[0].ref == versions[1].ref)
        let stands = try #require(versions.max { $0.content < $1.content })
        #expect(stands.isHeld && stands.isLive && stands.outcome.kind == .taken)
    }

    @Test("The same content with another guid is known already")
    func known() {
        var scene = Scene()
        scene.order("n", Self.at("09:00:00"), more: ["guid": "A"])
        scene.order("n", Self.at("09:00:00"), more: ["guid": "B"])
        #expect(Set(scene.outcomes(.order)) == [.alreadyKnown, .taken])
        scene.order("n", Self.at("09:00:00"), note: "b", more: ["guid": "B"])
        #expect(scene.outcomes(.order).count { $0 == .conflict } >= 1)
    }

    @Test("What customs says stands above what follows from the ledger")
    func said() throws {
        var scene = Scene()
        scene.order("n", Self.at("09:00:00"))
        scene.order("c", Self.at("10:00:00"), note: "b")
        scene.hear(
            "receipt.failed", "-301011", Scene.order, Self.at("10:00:00"), message: "CEB312")
        #expect(scene.outcomes(.order) == [.taken, .afterDeclaration])
        let last = try #require(scene.state.documents[0].versions.last)
        #expect(last.outcome.isSaid && last.outcome.number == -301_011 && !last.isHeld)
        scene = Scene()
        scene.order("c", Self.at("10:00:00"), note: "b")
        scene.hear(
            "order.accepted", "120", Scene.order, Self.at("10:00:00"), message: "CEB312")
        #expect(scene.outcomes(.order) == [.taken])
        #expect(scene.state.documents[0].versions[0].outcome.isSaid)
    }

    @Test("A number that tells no outcome is a failure with that number")
    func failed() {
        var scene = Scene()
        scene.order("n", Self.at("09:00:00"))
        scene.hear(
            "receipt.failed", "-301020", Scene.order, Self.at("08:59:59"), message: "CEB312")
        #expect(scene.outcomes(.order) == [.taken])
        scene.hear(
            "receipt.failed", "-301020", Scene.order, Self.at("09:00:00"), message: "CEB312")
        #expect(scene.outcomes(.order) == [.failed])
        #expect(scene.numbers(.order) == [-301_020])
        #expect(!scene.state.documents[0].versions[0].isHeld)
    }

    @Test("An older message is found by customs' own number")
    func saidOlder() {
        var scene = Scene()
        scene.order("n", Self.at("09:00:00"))
        scene.order("c", Self.at("10:00:00"), note: "b")
        scene.order("c", Self.at("11:00:00"), note: "c")
        scene.hear(
            "receipt.failed", "-301014", Scene.order, Self.at("11:30:00"), message: "CEB312")
        #expect(scene.outcomes(.order) == [.taken, .older, .taken])
    }

    @Test("A waybill number is free again after six months, not on the day itself")
    func reuse() {
        for (day, kind) in [
            ("2026-09-01", SubmissionOutcome.Kind.alreadyExists), ("2026-09-02", .taken),
        ] {
            var scene = Scene()
            scene.waybill("n", Self.at("09:00:00"))
            scene.waybill("n", day + "T09:00:00", note: "b")
            #expect(scene.outcomes(.waybill) == [.taken, kind])
        }
    }

    @Test("A status of a waybill that is there already has customs' number")
    func statuses() {
        var scene = Scene()
        func status(_ word: String) -> [String: String] {
            [
                "logisticsCode": "LOG1", "logisticsNo": "W1", "logisticsStatus": word,
                "message": "CEB513",
            ]
        }
        scene.send(
            "n", "move.status", Scene.waybill, Self.at("09:00:00"), status("R"))
        scene.send("n", "move.delivered", Scene.waybill, Self.at("10:00:00"), status("S"))
        #expect(scene.outcomes(.waybillStatus) == [.taken, .taken])
        scene.send(
            "n", "move.delivered", Scene.waybill, Self.at("11:00:00"), note: "b", status("S"))
        #expect(scene.numbers(.waybillStatus) == [0, 0, -505_012])
    }

    @Test("Exports have outcomes without a number")
    func exports() {
        var scene = Scene()
        scene.order("c", Self.at("09:00:00"), more: ["message": "CEB303", "orderType": "E"])
        #expect(scene.outcomes(.order) == [.unknown])
        #expect(scene.numbers(.order) == [0])
        #expect(scene.state.documents[0].versions[0].outcome.message.en.contains("no such"))
        scene = Scene()
        scene.send(
            "n", "proceeds", "proceeds:EBC1/NO1/P1", Self.at("09:00:00"),
            ["ebcCode": "EBC1", "orderNo": "NO1", "message": "CEB403"])
        scene.send(
            "n", "proceeds", "proceeds:EBC1/NO1/P1", Self.at("10:00:00"), note: "b",
            ["ebcCode": "EBC1", "orderNo": "NO1", "message": "CEB403"])
        #expect(scene.outcomes(.proceeds) == [.taken, .alreadyExists])
    }

    @Test("One payment for two orders is two documents")
    func branches() {
        var scene = Scene()
        for (order, clock) in [("NO1", "09:00:00"), ("NO2", "09:00:05")] {
            scene.send(
                "n", "payment", Scene.payment, Self.at(clock),
                [
                    "orderNo": order, "ebpCode": "EBP1", "payCode": "PAY1",
                    "payTransactionId": "T1", "message": "CEB411",
                ])
        }
        #expect(scene.outcomes(.payment) == [.taken, .taken])
        #expect(scene.state.documents.count == 2)
    }
}
