import Foundation

/// Takes whole files under relative paths; a folder, or a test's memory.
public protocol FileSink {
    /// Stores `bytes` under `path`, whose parts are joined by `/`. A path comes once.
    mutating func store(_ bytes: [UInt8], at path: String) throws
}

/// Files in a folder of the machine; missing folders are made.
public struct FolderSink: FileSink {
    private let root: URL

    /// A sink below `path`.
    public init(_ path: String) { root = URL(fileURLWithPath: path, isDirectory: true) }

    /// Writes the file. Throws what the file system says.
    public mutating func store(_ bytes: [UInt8], at path: String) throws {
        let target = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: target)
    }
}

/// Files in memory, in the order in which they were stored.
public struct MemorySink: FileSink {
    /// Path and content of every file.
    public private(set) var files: [(path: String, bytes: [UInt8])] = []

    /// An empty sink.
    public init() {}

    /// Keeps the file.
    public mutating func store(_ bytes: [UInt8], at path: String) {
        files.append((path, bytes))
    }
}
