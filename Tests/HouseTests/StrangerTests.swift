import Foundation
import Testing

/// Builds the program of the README as a stranger would: in a package of its own that knows only
/// this repository's path. Its build folder is kept, so that only the first run is slow.
@Suite("The program of the README")
struct StrangerTests {
    private static let isSkipped =
        ProcessInfo.processInfo.environment["CLEARANCE_SKIP_STRANGER"] != nil

    @Test("It is short, compiles in a stranger's package, and reads back what it wrote")
    func builds() throws {
        let program = try #require(block(of: "swift", in: Repository.text("README.md")))
        #expect(program.split(separator: "\n").count <= 20)
        if Self.isSkipped { return }
        let folder = Repository.root.appendingPathComponent(".build-stranger")
        let package = folder.appendingPathComponent("package")
        let sources = package.appendingPathComponent("Sources/stranger")
        try FileManager.default.createDirectory(at: sources, withIntermediateDirectories: true)
        try write(manifest, to: package.appendingPathComponent("Package.swift"))
        try write(program, to: sources.appendingPathComponent("main.swift"))
        let work = folder.appendingPathComponent("run")
        try? FileManager.default.removeItem(at: work)
        try FileManager.default.createDirectory(at: work, withIntermediateDirectories: true)

        let scratch = folder.appendingPathComponent("build").path
        let built = try run(
            ["swift", "build", "--package-path", package.path, "--scratch-path", scratch],
            in: work)
        try #require(built.status == 0, "\(built.output.suffix(2_000))")
        let ran = try run(["\(scratch)/debug/stranger"], in: work)
        #expect(ran.status == 0)
        #expect(ran.output == "appended(position: 1)\n1 order:EBP1/NO1 129.12\n")
    }

    private var manifest: String {
        """
        // swift-tools-version: 6.2
        import PackageDescription

        let package = Package(
            name: "stranger",
            dependencies: [
                .package(name: "clearance-ledger", path: "\(Repository.root.path)")
            ],
            targets: [
                .executableTarget(
                    name: "stranger",
                    dependencies: [
                        .product(name: "ClearanceLedger", package: "clearance-ledger")
                    ])
            ])

        """
    }

    /// The first fenced block in a language.
    private func block(of language: String, in text: String) -> String? {
        let parts = text.components(separatedBy: "```\(language)\n")
        guard parts.count > 1 else { return nil }
        return parts[1].components(separatedBy: "```").first
    }

    /// Leaves a file alone that is right already, so that nothing is built again for its date.
    private func write(_ text: String, to file: URL) throws {
        if (try? String(contentsOf: file, encoding: .utf8)) == text { return }
        try text.write(to: file, atomically: true, encoding: .utf8)
    }

    private func run(
        _ arguments: [String], in folder: URL
    ) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}
