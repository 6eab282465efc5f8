import Foundation

/// The generated files under `specs/`: written on request, otherwise compared.
enum SpecFiles {
    /// `CLEARANCE_WRITE_SPECS=1` rewrites the files that differ.
    static var isWriting: Bool {
        ProcessInfo.processInfo.environment["CLEARANCE_WRITE_SPECS"] == "1"
    }

    static let folder = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "specs")

    /// The text of a file below `specs/`; nil when it is not there.
    static func text(_ path: String) -> String? {
        try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    static func json(_ path: String) -> JSON? { text(path).flatMap { JSON(parsing: $0) } }

    /// The names of the files in a folder below `specs/`.
    static func names(_ path: String) -> [String] {
        let found = try? FileManager.default.contentsOfDirectory(
            atPath: folder.appending(path: path).path())
        return (found ?? []).sorted()
    }

    /// The paths of files that differ from what they should hold; writes them first on request.
    static func differences(_ wanted: [String: String]) throws -> [String] {
        var different: [String] = []
        for (path, content) in wanted.sorted(by: { $0.key < $1.key }) where text(path) != content {
            guard isWriting else {
                different.append(path)
                continue
            }
            let file = folder.appending(path: path)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try content.write(to: file, atomically: true, encoding: .utf8)
        }
        return different
    }
}
