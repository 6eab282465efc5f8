import Foundation
import Testing

@Suite("a killed restore")
struct LeftoverTests {
    private let tool: Tool

    init() throws {
        tool = try Tool()
        var papers = ""
        for number in 1...300 { papers += Papers.order("K\(number)") }
        try tool.run("ingest", "ledger", "-", "--recorded-at", "input", input: papers)
        try tool.run("backup", "ledger", "backup", "--keys-to", "keys")
    }

    private func leftovers() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: tool.folder.path)
            .filter { $0.hasPrefix("new.") }
    }

    @Test(
        "leaves copies of keys no longer than until the next one",
        arguments: [
            ["restore", "backup", "new", "--keys-from", "keys"], ["repair", "ledger", "new"],
        ])
    func killed(_ command: [String]) throws {
        var left = 0
        for _ in 0..<10 {
            let process = try tool.process(command)
            try process.run()
            while process.isRunning, try leftovers().isEmpty { usleep(50) }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            left += try leftovers().isEmpty ? 0 : 1
            try? FileManager.default.removeItem(atPath: tool.folder.path + "/new")
            let run = try tool.run(command)
            #expect(run.status == 0, "\(run.err)")
            #expect(try leftovers() == [])
            #expect(try tool.run("verify", "new").status == 0)
            try FileManager.default.removeItem(atPath: tool.folder.path + "/new")
        }
        #expect(left > 0, "no run was killed in time")
    }
}
