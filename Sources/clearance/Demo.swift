import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceTesting
import Foundation

/// `clearance demo`: the main job, end to end, on a generated world; or one life as a story.
struct Demo: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "演示 · Generate, ingest, match, replay and verify, with a report.",
        discussion: """
            Without a folder everything happens in a temporary one, which is taken away at the \
            end. With --life one of the lives of specs/lives is told event by event.

            Example:
              clearance demo --orders 200
            """)

    @Argument(help: ArgumentHelp("Folder for world and ledger.", valueName: "dir"))
    var folder: String?

    @Option(help: "How many orders are placed.")
    var orders = 100_000

    @Option(help: "The seed of everything.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "Tell a life: its number (01 to 15) or the path of its file.", valueName: "nn"))
    var life: String?

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func validate() throws {
        if orders < 1 { throw ValidationError("--orders is at least 1") }
    }

    func run() throws {
        let place = try WorkFolder(folder)
        defer { place.remove() }
        if let life {
            let story = try LifeStory(
                file: try LifeFile.find(life), ledger: place.path + "/ledger",
                language: languages.language)
            try json ? Output.json { story.run.write(to: &$0) } : story.print()
            if !story.run.isSound { throw Exit.check }
            return
        }
        let run = try DemoRun(
            world: World(seed: seed, orders: orders), folder: place.path,
            language: languages.language, shows: !json)
        if json { try Output.json { run.write(to: &$0) } }
        if !run.isSound { throw Exit.check }
    }
}

/// Where a demonstration works: a folder of the caller's, or a temporary one.
struct WorkFolder {
    let path: String
    private let isTemporary: Bool

    init(_ folder: String?) throws {
        isTemporary = folder == nil
        let name = "clearance-demo-\(ProcessInfo.processInfo.processIdentifier)"
        path = folder ?? FileManager.default.temporaryDirectory.appendingPathComponent(name).path
        try PrivateFile.makeDirectory(path)
    }

    /// Takes a temporary folder away.
    func remove() {
        if isTemporary { try? FileManager.default.removeItem(atPath: path) }
    }
}
