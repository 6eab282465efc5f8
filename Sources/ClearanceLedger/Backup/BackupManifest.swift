import ClearanceStore

/// The file `manifest` of a back-up: which segments it has and what each must be.
///
/// Text, replaced whole after each segment. Source: `specs/backup.md`.
struct BackupManifest: Sendable, Equatable {
    static let name = "manifest"
    private static let heading = "clearance-backup 1"
    /// Some hundred thousand segments.
    private static let byteLimit = 1 << 25

    /// One segment.
    struct Segment: Sendable, Equatable {
        let first: UInt64
        let last: UInt64
        /// The length of the file.
        let bytes: Int
        /// The SHA-256 of the file.
        let digest: Hash256
        /// The root of the tree at `last`.
        let root: Hash256
        /// When the entry at `last` was recorded, microseconds.
        let recorded: Int64

        /// The path from the back-up's folder on.
        var path: String { "segments/\(Segment.digits(first))-\(Segment.digits(last)).seg" }

        private static func digits(_ position: UInt64) -> String {
            let text = String(position)
            return String(repeating: "0", count: 20 - text.count) + text
        }
    }

    /// A small file that is shipped as it is.
    struct Copy: Sendable, Equatable {
        let name: String
        let digest: Hash256
    }

    /// In the order of their positions, without gaps.
    var segments: [Segment] = []
    var copies: [Copy] = []

    /// The last position in the back-up.
    var position: UInt64 { segments.last?.last ?? 0 }

    init() {}

    /// Reads the manifest of a folder; nil when it has none.
    init?(directory: String) throws(LedgerError) {
        let path = directory + "/" + BackupManifest.name
        let isThere = try storing { () throws(StoreError) in try Files.isThere(path) }
        guard isThere else { return nil }
        let bytes = try storing { () throws(StoreError) in
            try Files.read(path, limit: BackupManifest.byteLimit)
        }
        let damaged = LedgerError(.damaged, "\(path) is not what was written")
        var lines = String(decoding: bytes, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)[...]
        guard lines.popLast() == "", let end = lines.popLast(),
            end == BackupManifest.end(bytes.dropLast(end.utf8.count + 1))[...],
            lines.popFirst() == BackupManifest.heading[...]
        else { throw damaged }
        for line in lines {
            let words = line.split(separator: " ")
            if words.first == "file", words.count == 3,
                let digest = Hash256(hexadecimal: words[2])
            {
                copies.append(Copy(name: String(words[1]), digest: digest))
            } else if let segment = Segment(words), segment.first == position + 1 {
                segments.append(segment)
            } else {
                throw damaged
            }
        }
    }

    /// Replaces the manifest of a folder.
    func write(to directory: String) throws(StoreError) {
        var text = BackupManifest.heading + "\n"
        for copy in copies { text += "file \(copy.name) \(copy.digest.hexadecimal)\n" }
        for segment in segments { text += segment.line + "\n" }
        let bytes = Array(text.utf8)
        let whole = bytes + Array((BackupManifest.end(bytes[...]) + "\n").utf8)
        let path = directory + "/" + BackupManifest.name
        // What could not be read again is not written.
        guard whole.count <= BackupManifest.byteLimit else {
            throw StoreError(.tooLarge, "list the segments of a back-up", path: path)
        }
        try Files.writeAtomically(path, whole.span)
    }

    private static func end(_ bytes: ArraySlice<UInt8>) -> String {
        "end " + SHA256Hash.of(bytes.span).hexadecimal
    }
}

extension BackupManifest.Segment {
    fileprivate var line: String {
        "segment \(first) \(last) \(bytes) \(digest.hexadecimal) \(root.hexadecimal) \(recorded)"
    }

    fileprivate init?(_ words: [Substring]) {
        guard words.count == 7, words[0] == "segment", let first = UInt64(words[1]),
            let last = UInt64(words[2]), first >= 1, last >= first, last < .max,
            let bytes = Int(words[3]), bytes > 0, let digest = Hash256(hexadecimal: words[4]),
            let root = Hash256(hexadecimal: words[5]), let recorded = Int64(words[6])
        else { return nil }
        self.init(
            first: first, last: last, bytes: bytes, digest: digest, root: root,
            recorded: recorded)
    }
}
