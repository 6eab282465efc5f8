import Foundation
import Testing

/// A harness that finds nothing proves nothing: each of these bugs has to be found.
@Suite("Planted bugs", .serialized) struct PlantedBugTests {
    private func finds(
        _ words: [String], _ faults: [String: String]
    ) throws -> [PowerLoss.Finding] {
        let harness = try Harness()
        let words = ["seed=\(Harness.seed)", "requests=10"] + words
        let run = try harness.run("run", words, faults, recording: true)
        #expect(run.status == 0)
        var power = PowerLoss(
            journal: try Journal(file: run.journal), run: run, seed: Harness.seed)
        power.share = 0.2
        power.stopsEarly = true
        return try power.findings(harness, words).findings
    }

    @Test("A flush of a file that does nothing is found")
    func swallowedFlush() throws {
        #expect(try !finds([], ["FAULT_SWALLOW": "s"]).isEmpty)
    }

    @Test("A flush of a folder that does nothing is found")
    func swallowedFolderFlush() throws {
        #expect(try !finds([], ["FAULT_SWALLOW": "d"]).isEmpty)
    }

    @Test("A meta page that is not flushed is found")
    func swallowedMeta() throws {
        #expect(try !finds([], ["FAULT_SWALLOW": "o"]).isEmpty)
    }

    @Test("An acknowledgement before the flush is found")
    func earlyAcknowledgement() throws {
        let findings = try finds(["early=1", "repeats=0"], [:])
        #expect(findings.contains { $0.verdict.contains("acknowledged") })
    }

    @Test("A record that was changed after it was written is found")
    func changedByte() throws {
        let harness = try Harness()
        let words = ["seed=\(Harness.seed)", "requests=8"]
        let run = try harness.run("run", words)
        let judge = try harness.judge(words, afterPowerLoss: false)
        let file = run.ledger + "/log/epoch-000001/data.mdb"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        let name = Data("urn:fault".utf8)
        var place = bytes.startIndex
        while let found = bytes.range(of: name, in: place..<bytes.endIndex) {
            bytes[found.lowerBound] ^= 1
            place = found.upperBound
        }
        #expect(place > bytes.startIndex)
        try bytes.write(to: URL(fileURLWithPath: file))
        #expect(try judge.verdict(on: run.ledger, run.announcements) != nil)
    }
}
