import ClearanceEvents
import Testing

@testable import ClearanceProjections

/// Documents that come in numbered messages.
@Suite struct SubmissionPartTests {
    private typealias Scene = SubmissionScene
    private static let at = SubmissionScene.at

    @Test("A split document is taken when every part is there, in any order of their times")
    func complete() throws {
        var scene = Scene()
        scene.part(3, of: 3, Self.at("09:00:00"))
        scene.part(1, of: 3, Self.at("09:00:01"))
        #expect(scene.outcomes(.arrival) == [.partsMissing, .partsMissing])
        let open = try #require(scene.dispatch.documents.first?.parts)
        #expect(open.count == 3 && open.missing == [2] && !open.isComplete)
        scene.part(2, of: 3, Self.at("09:00:02"))
        #expect(scene.outcomes(.arrival) == [.taken, .taken, .taken])
        let whole = try #require(scene.dispatch.documents.first)
        #expect(whole.parts?.isComplete == true)
        #expect(whole.versions.allSatisfy { $0.isHeld && $0.isLive })
    }

    @Test("A message that is not split is one part of one")
    func single() {
        var scene = Scene()
        scene.part(1, of: 1, Self.at("09:00:00"))
        #expect(scene.outcomes(.arrival) == [.taken])
        scene.part(1, of: 1, Self.at("09:00:01"), note: "b")
        #expect(scene.numbers(.arrival) == [0, -800_003])
        #expect(scene.outcomes(.arrival) == [.taken, .alreadyExists])
    }

    @Test("A part that comes twice with another content is refused; the first stands")
    func twice() {
        var scene = Scene()
        scene.part(1, of: 2, Self.at("09:00:00"))
        scene.part(1, of: 2, Self.at("09:00:01"), note: "b")
        scene.part(2, of: 2, Self.at("09:00:02"))
        #expect(scene.outcomes(.arrival) == [.taken, .partTwice, .taken])
        scene.part(2, of: 2, Self.at("09:00:03"), note: "c")
        #expect(scene.outcomes(.arrival).last == .alreadyExists)
    }

    @Test("A part that disagrees on the count, or lies outside it, is refused")
    func disagree() {
        var scene = Scene()
        scene.part(1, of: 2, Self.at("09:00:00"))
        scene.part(2, of: 3, Self.at("09:00:01"))
        scene.part(3, of: 2, Self.at("09:00:02"))
        scene.part(0, of: 2, Self.at("09:00:03"))
        #expect(
            scene.outcomes(.arrival)
                == [.partsMissing, .partsDisagree, .partsDisagree, .partsDisagree])
        scene.part(2, of: 2, Self.at("09:00:04"))
        #expect(scene.outcomes(.arrival).first == .taken)
        var outside = Scene()
        outside.part(3, of: 2, Self.at("09:00:00"))
        #expect(outside.outcomes(.arrival) == [.partsDisagree])
    }

    @Test("A change comes in parts of its own")
    func change() throws {
        var scene = Scene()
        scene.part(1, of: 1, Self.at("09:00:00"))
        scene.part(1, of: 2, Self.at("10:00:00"), "c")
        scene.part(2, of: 2, Self.at("10:00:01"), "c")
        #expect(scene.outcomes(.arrival) == [.taken, .taken, .taken])
        let document = try #require(scene.dispatch.documents.first)
        #expect(document.parts?.count == 2)
        #expect(document.versions.map(\.isHeld) == [false, true, true])
    }

    @Test("Customs rejects one part; it may come again")
    func rejectedPart() {
        var scene = Scene()
        scene.part(1, of: 2, Self.at("09:00:00"))
        scene.part(2, of: 2, Self.at("09:00:01"))
        scene.hear(
            "receipt.failed", "100", "arrival:OP1/A1", Self.at("09:10:00"), message: "CEB712",
            more: ["msgSeqNo": "2"])
        #expect(scene.outcomes(.arrival) == [.partsMissing, .rejected])
        #expect(scene.dispatch.documents.first?.parts?.missing == [2])
        scene.part(2, of: 2, Self.at("09:20:00"), note: "b")
        #expect(scene.outcomes(.arrival) == [.taken, .rejected, .taken])
    }

    @Test("An older inbound detail has customs' number")
    func older() {
        var scene = Scene()
        scene.part(1, of: 1, Self.at("10:00:00"))
        scene.part(1, of: 1, Self.at("09:00:00"), "c", note: "b")
        #expect(scene.numbers(.arrival) == [-800_005, 0])
    }

    @Test("Manifests, departures and summaries come in parts too")
    func others() {
        for (type, subject, paper) in [
            ("declare.manifest", "manifest:AG1/M1", SubmissionPaper.manifest),
            ("move.departed", "departure:LOG1/D1", .departure),
            ("declare.summaryRequested", "summary:AG1/S1", .summary),
        ] {
            var scene = Scene()
            let texts = ["msgSeqNo": "1", "msgCount": "2", "copNo": "X1", "billNo": "B1"]
            let own =
                type == "declare.summaryRequested" ? texts.filter { $0.key != "billNo" } : texts
            scene.send("n", type, subject, Self.at("09:00:00"), own)
            #expect(scene.outcomes(paper) == [.partsMissing], "\(type)")
            scene.send(
                "n", type, subject, Self.at("09:00:00"), own.merging(["msgSeqNo": "2"]) { $1 })
            #expect(scene.outcomes(paper) == [.taken, .taken], "\(type)")
        }
    }
}
