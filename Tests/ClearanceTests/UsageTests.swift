import Testing

@Suite("usage")
struct UsageTests {
    private let tool: Tool

    init() throws { tool = try Tool() }

    private static let commands = [
        ["ingest"], ["validate"], ["status"], ["read"], ["match"], ["grade"], ["trace"],
        ["index"], ["show"], ["show", "procedure"], ["show", "registry"], ["replay"], ["verify"],
        ["generate"], ["demo"], ["erase"],
    ]

    @Test("Every command explains itself with an example", arguments: commands)
    func help(_ command: [String]) throws {
        let run = try tool.run(command + ["--help"])
        #expect(run.status == 0)
        #expect(run.out.contains("Example:"))
        #expect(run.out.contains("clearance " + command.joined(separator: " ")))
    }

    @Test("Names of later versions answer 64 and are in no help")
    func later() throws {
        let help = try tool.run("--help").out
        for name in ["deadlines"] {
            #expect(!help.contains(name))
            #expect(try tool.run(name, "ledger").status == 64)
        }
        #expect(try tool.run("show", "book", "ledger", "book:1").status == 64)
    }

    @Test(
        "Wrong use ends with 64",
        arguments: [
            ["nonsense"], ["match"], ["match", "ledger", "--nonsense"],
            ["match", "ledger", "--list", "nonsense"], ["match", "ledger", "--explain", "order"],
            ["match", "ledger", "--as-of", "yesterday"], ["trace", "ledger", "nonsense:1"],
            ["trace", "ledger", "order:A/B", "--back", "--forward"],
            ["grade", "ledger", "enterprise:A", "--agency", "nonsense"],
            ["index", "ledger", "--from", "2026"], ["ingest", "ledger"], ["generate", "world"],
            ["generate", "world", "--orders", "-1"], ["demo", "--orders", "0"],
            ["show", "registry", "ledger", "order:A/B"], ["grade", "ledger", "order:A/B"],
        ])
    func wrong(_ arguments: [String]) throws {
        let run = try tool.run(arguments)
        #expect(run.status == 64, "\(run.err)")
        #expect(run.out.isEmpty)
        #expect(!run.err.isEmpty)
    }
}
