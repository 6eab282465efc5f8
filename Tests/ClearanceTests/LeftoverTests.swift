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

    /// What was left that may hold a key: before its lock is held there is nothing else in one.
    private func leftovers() throws -> [String] {
        let manager = FileManager.default
        return try manager.contentsOfDirectory(atPath: tool.folder.path).filter { name in
            let parts = try? manager.contentsOfDirectory(atPath: tool.folder.path + "/" + name)
            return name.hasPrefix("new.") && parts?.contains { $0 != "lock" } ?? false
        }
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
