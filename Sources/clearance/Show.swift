import ArgumentParser

/// `clearance show`: what the ledger knows about one thing.
struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "查看 · Show the procedure of a list, the versions of its papers, or records.",
        discussion: """
            Example:
              clearance show procedure ledger list:46012026I000000001 --json
            """,
        subcommands: [ShowProcedure.self, ShowRegistry.self, ShowPapers.self])
}
