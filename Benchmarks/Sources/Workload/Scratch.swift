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
