import Foundation
import Testing

/// The built tool, run as a process of its own in a folder that goes away.
final class Tool {
    /// What a run left.
    struct Run {
        let status: Int32
        let out: String
        let err: String

        /// The single JSON object on standard output.
        func json(_ place: SourceLocation = #_sourceLocation) throws -> [String: Any] {
            let lines = out.split(separator: "\n")
            #expect(lines.count == 1, "one JSON object alone: \(out)", sourceLocation: place)
            return try #require(Tool.object(lines.first ?? ""), sourceLocation: place)
        }

        /// The JSON objects of an NDJSON output.
        func objects() throws -> [[String: Any]] {
            try out.split(separator: "\n").map { try #require(Tool.object($0)) }
        }
    }

    /// A new empty folder.
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(
            "clearance-tests-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static func object(_ line: some StringProtocol) -> [String: Any]? {
        try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }

    /// The root of the package.
    static let package = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The tool beside the test bundle, else that of a debug build.
    static let path: String = {
        let beside = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let places = [beside, package.appendingPathComponent(".build/debug")]
        let found = places.map { $0.appendingPathComponent("clearance").path }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        return found ?? "clearance"
    }()

    /// A process that is ready to run in the folder; its output goes to files of this name.
    func process(_ arguments: [String], name: String = UUID().uuidString) throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: Tool.path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = ["LANG": "C", "HOME": folder.path]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try handle(name + ".out")
        process.standardError = try handle(name + ".err")
        return process
    }

    private func handle(_ name: String) throws -> FileHandle {
        try write("", to: name)
        return try FileHandle(forWritingTo: folder.appendingPathComponent(name))
    }

    /// Runs the tool to its end.
    @discardableResult
    func run(_ arguments: String..., input: String? = nil) throws -> Run {
        try run(arguments, input: input)
    }

    /// Runs the tool to its end.
    @discardableResult
    func run(_ arguments: [String], input: String? = nil) throws -> Run {
        let name = UUID().uuidString
        let process = try process(arguments, name: name)
        if let input {
            try write(input, to: name + ".in")
            process.standardInput = try FileHandle(
                forReadingFrom: folder.appendingPathComponent(name + ".in"))
        }
        try process.run()
        process.waitUntilExit()
        return Run(
            status: process.terminationStatus, out: try read(name + ".out"),
            err: try read(name + ".err"))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appendingPathComponent(name)), as: UTF8.self)
    }

    /// The files below a folder that hold a text.
    func holding(_ text: String, below name: String) throws -> [String] {
        let root = folder.appendingPathComponent(name)
        let names = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String]
        return try (names ?? []).filter { name in
            let file = root.appendingPathComponent(name)
            let kind = try FileManager.default.attributesOfItem(atPath: file.path)[.type]
            guard kind as? FileAttributeType == .typeRegular else { return false }
            return try Data(contentsOf: file, options: .mappedIfSafe).range(of: Data(text.utf8))
                != nil
        }
    }

    func write(_ text: String, to name: String) throws {
        let target = folder.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: target)
    }

    /// The permission bits of a file.
    func mode(_ name: String) throws -> Int {
        let path = folder.appendingPathComponent(name).path
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return try #require((attributes[.posixPermissions] as? NSNumber)?.intValue)
    }
}

extension [String: Any] {
    /// Numbers of the object by name.
    func number(_ key: String) -> Int? { (self[key] as? NSNumber)?.intValue }

    func text(_ key: String) -> String? { self[key] as? String }

    func object(_ key: String) -> [String: Any] { self[key] as? [String: Any] ?? [:] }

    func objects(_ key: String) -> [[String: Any]] { self[key] as? [[String: Any]] ?? [] }

    func counts(_ key: String) -> [String: Int] {
        object(key).compactMapValues { ($0 as? NSNumber)?.intValue }
    }
}
