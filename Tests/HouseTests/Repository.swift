import Foundation

/// The files of this repository, as the house rules read them.
enum Repository {
    /// The folder that holds `Package.swift`.
    static let root: URL = URL(fileURLWithPath: #filePath)
        .resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The text of a file; empty when it is not there, so that the rule that needs it fails.
    static func text(_ path: String) -> String {
        (try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)) ?? ""
    }

    static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appendingPathComponent(path).path)
    }

    /// Paths of all files with an extension below a folder, hidden and build folders left out.
    static func files(under folder: String, ending: String) -> [String] {
        let base = root.appendingPathComponent(folder).standardizedFileURL
        let walk = FileManager.default.enumerator(
            at: base, includingPropertiesForKeys: nil, options: [.skipsHiddenFiles])
        let prefix = root.standardizedFileURL.path + "/"
        var found: [String] = []
        for case let file as URL in walk ?? FileManager.DirectoryEnumerator()
        where file.pathExtension == ending {
            found.append(String(file.standardizedFileURL.path.dropFirst(prefix.count)))
        }
        return found.sorted()
    }

    /// All Swift files of the package and of its benchmarks, read once.
    static let swiftFiles: [SourceFile] = ["Sources", "Tests", "Benchmarks"]
        .flatMap { files(under: $0, ending: "swift") }
        .map { SourceFile(path: $0, text: text($0)) }

    /// Those that users link.
    static let sources = swiftFiles.filter { $0.path.hasPrefix("Sources/") }
}

/// One Swift file: its text, and its code with strings and comments blanked.
struct SourceFile: Sendable {
    let path: String
    let lines: [Substring]
    /// The same lines; inside strings and comments every character is a space.
    let code: [Substring]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        code = SourceScanner.code(of: text)
            .split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The room: the folder below `Sources` or `Tests`.
    var room: String { String(path.split(separator: "/").dropFirst().first ?? "") }

    /// `path:line` of every line of code that matches.
    func places(ofCode pattern: Regex<Substring>) -> [String] {
        code.indices.filter { code[$0].contains(pattern) }.map { "\(path):\($0 + 1)" }
    }
}
