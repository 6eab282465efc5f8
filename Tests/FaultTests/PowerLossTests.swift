import Foundation
import Testing

@Suite(.serialized) struct PowerLossTests {
    @Test("After a loss of power at any call every image opens and holds what was acknowledged")
    func images() throws {
        let harness = try Harness()
        let words = ["seed=\(Harness.seed)", "requests=16"]
        let run = try harness.run("run", words, recording: true)
        #expect(run.status == 0)
        var power = PowerLoss(
            journal: try Journal(file: run.journal), run: run, seed: Harness.seed)
        power.share = Harness.isSoak ? 1 : 0.2
        power.randomImages = Harness.isSoak ? 8 : 2
        let (findings, images) = try power.findings(harness, words)
        print("power loss: \(images) images, seed \(Harness.seed)")
        #expect(findings.isEmpty, "\(findings.prefix(5).map(\.description))")
        #expect(images > 100)
    }
}
