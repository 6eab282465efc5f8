import ClearanceInterchange
import Foundation

/// Where refused documents go: `LEDGER.rejects/` beside the ledger, or a file of the caller's.
/// Readable by its owner only; a line for every document.
final class RejectsFile {
    private let path: String?
    private let folder: String
    private let showsRaw: Bool
    private var file: PrivateFile?
    private var isDirty = false

    /// With a path the file is made anew at once; in the ledger's folder a file of its own is made
    /// for the run when the first document is refused.
    init(ledger: String, path: String?, showsRaw: Bool) throws {
        folder = RejectsFile.folder(of: ledger)
        self.path = path
        self.showsRaw = showsRaw
        if let path { file = try PrivateFile(path, truncates: true) }
    }

    /// The folder of a ledger's rejects.
    static func folder(of ledger: String) -> String {
        var name = Substring(ledger)
        while name.count > 1, name.hasSuffix("/") { name = name.dropLast() }
        return name + ".rejects"
    }

    /// The file that was written to; nil when nothing was refused.
    var writtenPath: String? { file?.path }

    func add(_ reject: Reject) throws {
        let file = try file ?? next()
        self.file = file
        try file.write(reject.json(showsRaw: showsRaw) + [10])
        isDirty = true
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
        try PrivateFile.makeDirectory(folder)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let last = names.compactMap { Int($0.prefix { $0 != "." }) }.max() ?? 0
        let digits = String(last + 1)
        let name = String(repeating: "0", count: max(0, 6 - digits.count)) + digits + ".ndjson"
        return try PrivateFile(folder + "/" + name, truncates: true)
    }
}
