import ClearanceEvents
import Testing

@testable import ClearanceProjections

/// What a list forbids to its papers, X14 to X16, and split messages.
@Suite struct SubmissionRuleTests {
    private typealias Scene = SubmissionScene
    private static let at = SubmissionScene.at

    private func declared() -> SubmissionScene {
        var scene = Scene()
        scene.order("n", Self.at("08:00:00"))
        scene.payment("n", Self.at("08:00:00"))
        scene.waybill("n", Self.at("08:00:00"))
        scene.list("n", Self.at("09:00:00"))
        return scene
    }

    @Test("A paper may not change or go after its list was declared", arguments: ["c", "x"])
    func afterDeclaration(verb: Character) {
        var scene = declared()
        scene.order(verb, Self.at("09:00:01"), note: "b")
        scene.payment(verb, Self.at("09:00:01"), note: "b")
        scene.waybill(verb, Self.at("09:00:01"), note: "b")
        #expect(scene.numbers(.order) == [0, -301_011])
        #expect(scene.numbers(.payment) == [0, -401_008])
        #expect(scene.numbers(.waybill) == [0, -504_016])
        #expect(scene.outcomes(.order).last == .afterDeclaration)
        #expect(scene.state.documents[0].versions.map(\.isHeld) == [true, false])
    }

    @Test("At the instant of the declaration, or with a draft of the list, a paper may change")
    func declarationBoundary() {
        var scene = declared()
        scene.order("c", Self.at("09:00:00"), note: "b")
        scene.payment("c", Self.at("09:00:00"), note: "b")
        scene.waybill("c", Self.at("09:00:00"), note: "b")
        #expect(scene.outcomes(.order) == [.taken, .taken])
        #expect(scene.outcomes(.payment) == [.taken, .taken])
        #expect(scene.outcomes(.waybill) == [.taken, .taken])
        scene = Scene()
        scene.order("n", Self.at("08:00:00"))
        scene.list("d", Self.at("09:00:00"))
        scene.order("c", Self.at("10:00:00"), note: "b")
        #expect(scene.outcomes(.order) == [.taken, .taken])
    }

    @Test("After the rejection of the list its papers may be put right")
    func afterRejection() {
        var scene = declared()
        scene.hearList("declare.rejected", "100", Self.at("09:30:00"))
        scene.payment("c", Self.at("10:00:00"), note: "b")
        #expect(scene.outcomes(.payment) == [.taken, .taken])
        scene.payment("c", Self.at("09:15:00"), note: "c")
        #expect(scene.outcomes(.payment) == [.taken, .afterDeclaration, .taken])
    }

    @Test("The list of another platform's order of the same number binds nothing")
    func otherOrder() {
        var scene = Scene()
        scene.order("n", Self.at("08:00:00"))
        scene.list("n", Self.at("09:00:00"), more: ["ebpCode": "EBP9", "ebcCode": "EBC9"])
        scene.order("c", Self.at("10:00:00"), note: "b")
        #expect(scene.outcomes(.order) == [.taken, .taken])
        scene.list("n", Self.at("09:30:00"), subject: "declaration:AG1/COP2")
        #expect(scene.outcomes(.order) == [.taken, .afterDeclaration])
    }

    @Test("X16: a list is not declared twice unless the first was rejected")
    func duplicateDeclaration() {
        for subject in [Scene.list, "declaration:AG1/COP2"] {
            var scene = declared()
            scene.list("n", Self.at("09:10:00"), note: "b", subject: subject)
            #expect(scene.outcomes(.list) == [.taken, .alreadyExists])
            #expect(scene.numbers(.list) == [0, -621_004])
            scene.hearList("declare.rejected", "100", Self.at("09:05:00"))
            #expect(scene.outcomes(.list) == [.rejected, .taken])
        }
        var scene = declared()
        scene.list(
            "n", Self.at("09:10:00"), subject: "declaration:AG1/COP2",
            more: ["logisticsNo": "W2"])
        #expect(scene.outcomes(.list) == [.taken, .taken])
    }

    @Test("A list may change until customs has taken it in")
    func changedList() {
        var scene = declared()
        scene.list("c", Self.at("09:10:00"), note: "b")
        scene.hearList("declare.accepted", "120", Self.at("09:20:00"))
        #expect(scene.outcomes(.list) == [.taken, .taken])
        scene.list("c", Self.at("09:20:00"), note: "c")
        #expect(scene.outcomes(.list).last == .taken)
        scene.list("c", Self.at("09:20:01"), note: "d")
        #expect(scene.numbers(.list).last == -621_012)
        scene.list("x", Self.at("09:20:02"))
        #expect(scene.outcomes(.list).last == .stateForbids)
    }

    @Test("A list that came after its receipts is the paper that they are about")
    func receiptsFirst() {
        var scene = Scene()
        scene.hearList("declare.accepted", "120", Self.at("08:00:00"))
        scene.list("n", Self.at("09:00:00"))
        #expect(scene.outcomes(.list) == [.taken])
        scene.list("n", Self.at("09:10:00"), note: "b")
        #expect(scene.outcomes(.list) == [.taken, .alreadyExists])
    }

    @Test("X15: a list is cancelled while its state allows")
    func cancelState() {
        var scene = declared()
        scene.hearList("declare.accepted", "120", Self.at("09:10:00"))
        scene.cancel(Self.at("09:20:00"))
        #expect(scene.outcomes(.cancelRequest) == [.taken])
        for (type, status) in [
            ("release.granted", "800"), ("declare.rejected", "100"), ("release.returned", "700"),
        ] {
            var late = scene
            late.hearList(type, status, Self.at("09:20:00"))
            #expect(late.outcomes(.cancelRequest) == [.taken], "\(type)")
            late = scene
            late.hearList(type, status, Self.at("09:19:59"))
            #expect(late.outcomes(.cancelRequest) == [.stateForbids], "\(type)")
            #expect(late.numbers(.cancelRequest) == [-623_005])
        }
    }

    @Test("X15: a list that is not there is not cancelled")
    func cancelUnknown() {
        var scene = declared()
        scene.hearList("declare.accepted", "120", Self.at("09:10:00"))
        scene.cancel(Self.at("09:20:00"), invt: "460020260I00000009")
        #expect(scene.numbers(.cancelRequest) == [-623_003])
        var alone = Scene()
        alone.cancel(Self.at("09:20:00"))
        #expect(alone.outcomes(.cancelRequest) == [.listUnknown])
        var early = declared()
        early.hearList("declare.accepted", "120", Self.at("09:20:01"))
        early.cancel(Self.at("08:59:59"))
        #expect(early.outcomes(.cancelRequest) == [.listUnknown])
    }

    @Test("X15: a list is cancelled once, unless the first request was refused")
    func cancelTwice() {
        var scene = declared()
        scene.hearList("declare.accepted", "120", Self.at("09:10:00"))
        scene.cancel(Self.at("09:20:00"))
        scene.cancel(Self.at("09:30:00"), copNo: "C2")
        #expect(scene.numbers(.cancelRequest) == [0, -623_009])
        #expect(scene.outcomes(.cancelRequest).last == .alreadyCancelled)
        var refused = scene
        refused.hear(
            "declare.cancelRefused", "100", "cancel:AG1/C1", Self.at("09:25:00"),
            message: "CEB624")
        #expect(refused.outcomes(.cancelRequest) == [.rejected, .taken])
        scene.cancel(Self.at("09:40:00"))
        #expect(scene.numbers(.cancelRequest).last == -623_009)
    }

    @Test("An approved cancellation ends the list: it may be declared again")
    func cancelled() {
        var scene = declared()
        scene.hearList("declare.accepted", "120", Self.at("09:10:00"))
        scene.cancel(Self.at("09:20:00"))
        scene.hear(
            "declare.cancelled", "399", "cancel:AG1/C1", Self.at("09:30:00"), message: "CEB624",
            more: ["invtNo": Scene.invt])
        scene.order("c", Self.at("09:40:00"), note: "b")
        #expect(scene.outcomes(.order) == [.taken, .taken])
        scene.list("n", Self.at("10:00:00"), note: "b")
        #expect(scene.outcomes(.list) == [.taken, .taken])
        scene.order("c", Self.at("10:10:00"), note: "c")
        #expect(scene.outcomes(.order).last == .afterDeclaration)
    }

    private func released() -> SubmissionScene {
        var scene = declared()
        scene.hearList("declare.accepted", "120", Self.at("09:10:00"))
        scene.hearList("release.granted", "800", Self.at("09:20:00"))
        return scene
    }

    @Test("X14: a return stays within the lines and quantities of the list")
    func returns() {
        var scene = released()
        scene.sendBack("n", Self.at("12:00:00"), [("1", "3304990099", "2"), ("2", "", "5")])
        #expect(scene.outcomes(.returnRequest) == [.taken])
        for (lines, number) in [
            ([("1", "3304990099", "2.00001")], -625_001), ([("3", "3304990099", "1")], -625_209),
            ([("1", "1901101090", "1")], -625_209), ([("1", "3304990099", "1")], 0),
        ] {
            var other = released()
            other.sendBack("n", Self.at("12:00:00"), lines)
            #expect(other.numbers(.returnRequest) == [number], "\(lines)")
        }
        var unknown = released()
        unknown.sendBack("n", Self.at("12:00:00"), invt: "460020260I00000009")
        #expect(unknown.numbers(.returnRequest) == [-625_204])
    }

    @Test("X14: all returns of a list together stay within it, refused ones aside")
    func returnSum() {
        var scene = released()
        scene.sendBack("n", Self.at("12:00:00"), [("1", "3304990099", "1")])
        scene.sendBack("n", Self.at("13:00:00"), copNo: "R2", [("1", "3304990099", "1")])
        #expect(scene.outcomes(.returnRequest) == [.taken, .taken])
        scene.sendBack("n", Self.at("14:00:00"), copNo: "R3", [("1", "3304990099", "1")])
        #expect(scene.outcomes(.returnRequest) == [.taken, .taken, .quantityExceeded])
        scene.hear(
            "return.refused", "100", "return:AG1/R1", Self.at("13:30:00"), message: "CEB626")
        #expect(scene.outcomes(.returnRequest) == [.rejected, .taken, .taken])
    }

    @Test("A return is asked for once, and changed until it is decided")
    func returnVersions() {
        var scene = released()
        scene.sendBack("n", Self.at("12:00:00"))
        scene.sendBack("n", Self.at("12:10:00"), [("1", "3304990099", "2")])
        #expect(scene.numbers(.returnRequest) == [0, -625_033])
        scene.sendBack("c", Self.at("12:20:00"), [("1", "3304990099", "2")])
        #expect(scene.outcomes(.returnRequest).last == .taken)
        scene.hear(
            "return.accepted", "399", "return:AG1/R1", Self.at("12:30:00"), message: "CEB626")
        scene.sendBack("c", Self.at("12:40:00"), [("1", "3304990099", "1")])
        #expect(scene.numbers(.returnRequest).last == -625_022)
    }
}
