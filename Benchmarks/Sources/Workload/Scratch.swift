import Foundation

/// A folder that is removed when the measurement ends; on the disk, not in memory.
public final class Scratch {
    public let path: String

    /// A new folder below the working folder, so that flushes reach the disk that is measured.
    public init() throws {
        path = FileManager.default.currentDirectoryPath + "/.build-scratch-\(UUID().uuidString)"
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true)
    }

    /// A new empty folder inside.
    public func folder(_ name: String) throws -> String {
        let folder = path + "/" + name
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    /// Removes a folder inside that is no longer needed.
    public func remove(_ folder: String) throws {
        try FileManager.default.removeItem(atPath: folder)
    }

    /// Has the machine find as much memory as the next piece of work will want, and gives it back.
    ///
    /// A guest of a hypervisor that takes back what is free pays for the first touch of a page ten
    /// times what the copy into it costs. That is no property of what is measured, ours or plain,
    /// so both find their memory there: a file as large as theirs is written, and removed.
    public func warm(bytes: Int) throws {
        let file = path + "/warm"
        guard let handle = fopen(file, "w") else { throw CocoaError(.fileWriteUnknown) }
        let block = [UInt8](repeating: 1, count: 1 << 20)
        for _ in 0..<(bytes >> 20) { fwrite(block, 1, block.count, handle) }
        fclose(handle)
        try remove(file)
        var memory = [UInt8](repeating: 0, count: bytes / 2)
        for place in stride(from: 0, to: memory.count, by: 4_096) { memory[place] = 1 }
        withExtendedLifetime(memory) {}
    }

    /// Bytes of all files below a folder inside.
    public static func size(of folder: String) -> Int {
        let files = FileManager.default.enumerator(atPath: folder)
        var sum = 0
        while let name = files?.nextObject() as? String {
            let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
            guard attributes?[.type] as? FileAttributeType == .typeRegular else { continue }
            sum += attributes?[.size] as? Int ?? 0
        }
        return sum
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
