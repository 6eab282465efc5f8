import Foundation

/// The inputs of a command: files, folders and standard input, as one list in a fixed order.
struct InputFiles: Sendable {
    /// One input: a path, or `-`.
    struct Input: Sendable {
        let path: String
        /// Its size, 0 when it is not known.
        let bytes: Int
        /// Whether it is a file that can be read again, and not standard input or a pipe.
        var isRegular = false
    }

    private(set) var inputs: [Input] = []

    /// Everything under the given paths; a folder's files in the byte order of their paths, hidden
    /// ones left out. Throws for a path that is not there, before anything is read.
    init(_ paths: [String]) throws {
        for path in paths {
            if path == "-" {
                inputs.append(Input(path: path, bytes: 0))
            } else {
                try add(path)
            }
        }
    }

    /// Whether one of them may still be written by somebody who waits for answers.
    var hasLive: Bool { inputs.contains { !$0.isRegular } }

    /// The sum of the known sizes.
    var totalBytes: Int { inputs.reduce(0) { $0 + $1.bytes } }

    private mutating func add(_ path: String) throws {
        let files = FileManager.default
        let resolved = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let (kind, size) = try InputFiles.look(at: resolved, as: path)
        guard kind == .typeDirectory else {
            inputs.append(Input(path: path, bytes: size, isRegular: kind == .typeRegular))
            return
        }
        let names: [String]
        do { names = try files.subpathsOfDirectory(atPath: resolved) } catch {
            throw MachineFailure(path, error)
        }
        let prefix = path.hasSuffix("/") ? path : path + "/"
        for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
            guard !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else {
                continue
            }
            let file = prefix + name
            let target = URL(fileURLWithPath: file).resolvingSymlinksInPath().path
            let (kind, size) = try InputFiles.look(at: target, as: file)
            if kind == .typeRegular {
                inputs.append(Input(path: file, bytes: size, isRegular: true))
            }
        }
    }

    private static func look(
        at path: String, as name: String
    ) throws -> (kind: FileAttributeType, size: Int) {
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            let kind = attributes[.type] as? FileAttributeType ?? .typeUnknown
            return (kind, (attributes[.size] as? NSNumber)?.intValue ?? 0)
        } catch { throw MachineFailure(name, error) }
    }
}

extension InputFiles.Input {
    /// Bytes of one piece: large enough for the disk, small enough for any machine.
    private static let pieceBytes = 1 << 18

    /// Lends the input piece by piece until `body` says no.
    func forEachPiece(_ body: ([UInt8]) throws -> Bool) throws {
        let handle = try open()
        while true {
            let piece: Data?
            do { piece = try handle.read(upToCount: Self.pieceBytes) } catch {
                throw MachineFailure(path, error)
            }
            guard let piece, !piece.isEmpty else { break }
            guard try body(Array(piece)) else { break }
        }
        if path != "-" { try? handle.close() }
    }

    /// Opens the input to read. A file is closed when the handle goes.
    func open() throws -> FileHandle {
        if path == "-" { return .standardInput }
        do {
            return try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
        } catch { throw MachineFailure(path, error) }
    }
}
