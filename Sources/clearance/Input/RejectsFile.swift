import ClearanceInterchange
import ClearanceLedger
import Foundation

/// Where refused documents go: `LEDGER.rejects/` beside the ledger, or a file of the caller's.
/// Readable by its owner only; a line for every document.
final class RejectsFile {
    private let path: String?
    private let ownFolder: String
    let showsRaw: Bool
    private var file: PrivateFile?
    private var bytes = 0
    private var isDirty = false

    /// With a path the file is made anew at once; in the ledger's folder a file of its own is made
    /// for the run when the first document is refused.
    init(ledger: String, path: String?, showsRaw: Bool) throws {
        ownFolder = RejectsFile.folder(of: ledger)
        self.path = path
        self.showsRaw = showsRaw
        if let path {
            try Ledger.checkOutside(path)
            file = try PrivateFile(path, truncates: true)
        }
    }

    /// The folder of a ledger's rejects.
    static func folder(of ledger: String) -> String {
        var name = Substring(ledger)
        while name.count > 1, name.hasSuffix("/") { name = name.dropLast() }
        return name + ".rejects"
    }

    /// The file that was written to; nil when nothing was refused.
    var writtenPath: String? { file?.path }

    /// Adds lines, each with its line feed.
    func add(_ lines: [UInt8]) throws {
        guard !lines.isEmpty else { return }
        let file = try file ?? next()
        self.file = file
        // A day that was appended may have had a person's lines taken out of it.
        if let end = try file.follow() { bytes = end }
        try file.write(lines)
        bytes += lines.count
        isDirty = true
    }

    /// The ledger's folder, when masked lines go there, where a later run finds them again.
    var folder: String? { path == nil && !showsRaw ? ownFolder : nil }

    /// Where the lines so far stand in the folder; nil when there are none or they go elsewhere.
    var mark: Mark? {
        guard folder != nil, let file else { return nil }
        return Mark(name: (file.path as NSString).lastPathComponent, bytes: bytes)
    }

    /// Lines of a file of the ledger's folder.
    struct Mark: Sendable, Equatable {
        let name: String
        /// Where they end at the latest.
        let bytes: Int

        /// Whether the folder still has them.
        func stands(in folder: String) -> Bool {
            let path = folder + "/" + name
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            return (attributes?[.size] as? NSNumber)?.intValue ?? -1 >= bytes
        }

        /// One word of a record.
        var text: String { "\(name):\(bytes)" }
    }

    /// Puts what was refused on the disk, before what was kept beside it is acknowledged.
    func synchronize() throws {
        guard isDirty else { return }
        try file?.synchronize()
        isDirty = false
    }

    func close() throws { try file?.close() }

    /// How many documents a ledger's folder holds.
    static func count(of ledger: String) throws -> Int {
        let folder = folder(of: ledger)
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
            return 0
        }
        var lines = 0
        for name in names where name.hasSuffix(".ndjson") {
            let input = InputFiles.Input(path: folder + "/" + name, bytes: 0)
            try input.forEachPiece { piece in
                lines += piece.reduce(0) { $1 == 10 ? $0 + 1 : $0 }
                return true
            }
        }
        return lines
    }

    /// A new file of the folder, numbered after the last one.
    private func next() throws -> PrivateFile {
        try PrivateFile.makeDirectory(ownFolder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: ownFolder)) ?? []
        let last = names.compactMap { Int($0.prefix { $0 != "." }) }.max() ?? 0
        let digits = String(last + 1)
        let name = String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".ndjson"
        return try PrivateFile(ownFolder + "/" + name, truncates: true)
    }
}

extension RejectsFile.Mark {
    /// Reads what ``text`` wrote; nil when it is something else.
    init?(_ text: Substring) {
        let parts = text.split(separator: ":")
        guard parts.count == 2, let bytes = Int(parts[1]), !parts[0].contains("/") else {
            return nil
        }
        self.init(name: String(parts[0]), bytes: bytes)
    }
}
