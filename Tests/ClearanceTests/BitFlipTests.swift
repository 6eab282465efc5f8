import Foundation
import Seeded
import Testing

/// Bits flipped under the tool itself, each look in a process of its own: what the library's tests
/// cannot see is a process that dies.
@Suite("a flipped bit under the tool")
struct BitFlipTests {
    /// Bits of one ledger; the environment may ask for more.
    private static let flips =
        Int(ProcessInfo.processInfo.environment["CLEARANCE_TOOL_FLIPS"] ?? "") ?? 30

    private let tool: Tool

    init() throws {
        tool = try Tool()
        var papers = ""
        for number in 1...12 {
            papers += Papers.order("K\(number)")
            papers += Papers.payment("K\(number)", order: "K\(number)")
        }
        try tool.write(papers, to: "in.ndjson")
        let run = try tool.run(
            "ingest", "ledger", "in.ndjson", "--batch-events", "3", "--recorded-at", "input")
        try #require(run.status == 0)
        try tool.run("match", "ledger")
    }

    /// What a command printed, or nil when it refused; a signal is a failure of the test.
    private func answer(_ arguments: [String], _ note: Comment) throws -> String? {
        let (status, out) = try run(arguments, note)
        return status == 0 ? out : nil
    }

    private func run(
        _ arguments: [String], _ note: Comment
    ) throws -> (status: Int32, out: String) {
        let name = UUID().uuidString
        let process = try tool.process(arguments, name: name)
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit, note)
        #expect([0, 1, 74].contains(process.terminationStatus), note)
        let out = try tool.read(name + ".out")
        for end in [".out", ".err"] {
            try FileManager.default.removeItem(at: tool.folder.appendingPathComponent(name + end))
        }
        return (process.terminationStatus, out)
    }

    /// The second seed has a bit of `state/` after which `status` tells of a state that is made
    /// anew.
    private static let seeds: [UInt64] = {
        let named = ProcessInfo.processInfo.environment["CLEARANCE_FLIP_SEED"]
        return named.flatMap { UInt64($0) }.map { [$0] } ?? [1, 11_841_361]
    }()

    @Test(
        "ends in the same answer or in words, never in a crash or in an older state",
        arguments: seeds)
    func flips(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let ledger = tool.folder.appendingPathComponent("ledger")
        let (read, status) = (["read", "ledger"], ["status", "ledger", "--json"])
        let expected = try [read, status].map { try answer($0, "sound") }
        try #require(expected.allSatisfy { $0 != nil })
        let files = try #require(FileManager.default.subpaths(atPath: ledger.path)).sorted()
            .filter { (try? Data(contentsOf: ledger.appendingPathComponent($0)).isEmpty) == false }
        for _ in 0..<Self.flips {
            let file = try #require(files.randomElement(using: &generator))
            let url = ledger.appendingPathComponent(file)
            let sound = try Data(contentsOf: url)
            // Of data files mostly the pages that are in use.
            let limit = min(sound.count, file.hasSuffix("data.mdb") ? 40_960 : sound.count)
            let bit = Int.random(in: 0..<(limit * 8), using: &generator)
            let note = Comment(rawValue: "\(file), bit \(bit), seed \(seed)")
            var image = sound
            image[bit / 8] ^= 1 << UInt8(bit % 8)
            try image.write(to: url)
            let verified = try run(["verify", "ledger", "--json"], note)
            let isSound = verified.status == 0
            for (command, known) in zip([read, status], expected) {
                let found = try answer(command, note)
                // With a damaged state, status says how far it is rebuilt, and verify names it.
                let isRebuilt =
                    command == status && file.hasPrefix("state/")
                    && verified.out.replacing("\\/", with: "/").contains("\"\(file)\"")
                #expect(found == known || (!isSound && (found == nil || isRebuilt)), note)
            }
            try sound.write(to: url)
        }
    }
}
