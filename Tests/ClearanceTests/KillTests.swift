import Foundation
import Seeded
import Testing

@Suite("a killed ingest")
struct KillTests {
    /// Moments of one run; the environment may ask for more.
    private static let moments =
        Int(ProcessInfo.processInfo.environment["CLEARANCE_KILLS"] ?? "") ?? 10

    @Test("Whatever was acknowledged is there after kill -9, sound and replayable")
    func killed() throws {
        let seed = UInt64(ProcessInfo.processInfo.processIdentifier)
        var generator = SeededGenerator(seed: seed)
        var papers = ""
        for number in 1...200 {
            papers += Papers.order("K\(number)")
            papers += Papers.payment("K\(number)", order: "K\(number)")
            papers += Papers.waybill("K\(number)", order: "K\(number)")
        }
        for moment in 0..<Self.moments {
            let note = Comment(rawValue: "seed \(seed), moment \(moment)")
            let tool = try Tool()
            try tool.write(papers, to: "in.ndjson")
            let process = try tool.process(
                [
                    "ingest", "ledger", "in.ndjson", "--ack-fd", "1", "--batch-events",
                    "\(Int.random(in: 1...40, using: &generator))",
                ], name: "killed")
            let wanted = Int.random(in: 0...20, using: &generator)
            try process.run()
            while process.isRunning, try acknowledged(tool).count < wanted { usleep(200) }
            usleep(UInt32.random(in: 0...3_000, using: &generator))
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            try check(tool, note)
        }
    }

    /// The positions of whole lines.
    private func acknowledged(_ tool: Tool) throws -> [Int] {
        let text = try tool.read("killed.out")
        let whole = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return whole.compactMap { Int($0) }
    }

    private func check(_ tool: Tool, _ note: Comment) throws {
        let last = try acknowledged(tool).last ?? 0
        if last > 0 {
            let verified = try tool.run("verify", "ledger", "--json")
            #expect(verified.status == 0, note)
            #expect(try verified.json().number("entries") ?? 0 >= last, note)
            let read = try tool.run("read", "ledger", "--from", "\(last)", "--limit", "1")
            #expect(try read.objects().first?.number("position") == last, note)
        }
        let again = try tool.run("ingest", "ledger", "in.ndjson", "--json")
        #expect(again.status == 0, note)
        #expect(try again.json().number("position") == 600, note)
        // Half-read it is not skipped; wholly read and remembered, or nearly, it may be.
        if last < 600 {
            #expect(try again.json().counts("files")["read"] == 1, note)
        }
        let third = try tool.run("ingest", "ledger", "in.ndjson", "--json")
        #expect(try third.json().counts("files")["skipped"] == 1, note)
        let replayed = try tool.run("replay", "ledger", "--json")
        #expect(replayed.status == 0, note)
        #expect(try replayed.json()["identical"] as? Bool == true, note)
    }
}
