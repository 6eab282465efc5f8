import ClearanceLedger
import Foundation

/// What a ledger remembers of the inputs that were read into it: `LEDGER/state/inputs`.
///
/// A cache: it may be lost at any time, and nothing in it is believed that the input and the log do
/// not confirm. Lines are only added, each in one write and after what it speaks of is durable; a
/// torn or changed line does not match its checksum and counts as absent.
final class InputRecords: Sendable {
    /// Inputs that are remembered, the latest of them: some 60 bytes each while the tool runs.
    static let most = 500_000

    /// What finds a line: the heads of both digests.
    private struct Key: Hashable, Sendable {
        let digest: UInt64
        let reading: UInt64

        init?(digest: some StringProtocol, reading: some StringProtocol) {
            guard let digest = UInt64(digest.prefix(16), radix: 16),
                let reading = UInt64(reading.prefix(16), radix: 16)
            else { return nil }
            (self.digest, self.reading) = (digest, reading)
        }
    }

    private struct Line: Sendable {
        let start: UInt64
        let count: Int
    }

    private let path: String
    private let lines: [Key: Line]
    private let sizes: Set<Int>

    /// Reads what is remembered. What cannot be read is forgotten.
    init(ledger: String) {
        path = ledger + "/state/inputs"
        var lines: [Key: Line] = [:]
        var sizes: Set<Int> = []
        var end: UInt64 = 0
        var all = 0
        InputRecords.forEachLine(of: path) { start, bytes in
            end = start + UInt64(bytes.count) + 1
            all += 1
            // The first four words say all that finds a line.
            let words = bytes.prefix(256).split(separator: 32, maxSplits: 4)
            guard words.count == 5,
                let size = Int(String(decoding: words[3], as: UTF8.self)),
                let key = Key(
                    digest: String(decoding: words[1], as: UTF8.self),
                    reading: String(decoding: words[2], as: UTF8.self))
            else { return }
            lines[key] = Line(start: start, count: bytes.count)
            sizes.insert(size)
        }
        InputRecords.cut(path, at: end)
        if all > 2 * lines.count + 1_024 || lines.count > InputRecords.most {
            lines = InputRecords.tidy(path, lines)
        }
        (self.lines, self.sizes) = (lines, sizes)
    }

    /// Whether an input of this size may be remembered, so that it is worth hashing it first.
    func mayKnow(size: Int) -> Bool { sizes.contains(size) }

    /// What was remembered, when this run began, of these bytes read in this way.
    func record(digest: String, reading: String) -> InputRecord? {
        guard let key = Key(digest: digest, reading: reading), let line = lines[key],
            let handle = FileHandle(forReadingAtPath: path)
        else { return nil }
        defer { try? handle.close() }
        guard (try? handle.seek(toOffset: line.start)) != nil,
            let bytes = try? handle.read(upToCount: line.count),
            let record = InputRecord(line: bytes), record.digest == digest,
            record.reading == reading
        else { return nil }
        return record
    }

    /// The file, to add lines to.
    func file() throws -> PrivateFile { try PrivateFile(path, truncates: false) }
}

extension InputRecords {
    /// Lends every line that ends, without its line feed, and says where it starts.
    private static func forEachLine(of path: String, _ body: (UInt64, ArraySlice<UInt8>) -> Void) {
        guard let handle = FileHandle(forReadingAtPath: path) else { return }
        defer { try? handle.close() }
        var held: [UInt8] = []
        var start: UInt64 = 0
        while let piece = try? handle.read(upToCount: 1 << 18), !piece.isEmpty {
            held.append(contentsOf: piece)
            var first = 0
            while let feed = held[first...].firstIndex(of: 10) {
                body(start + UInt64(first), held[first..<feed])
                first = feed + 1
            }
            held.removeFirst(first)
            start += UInt64(first)
        }
    }

    /// Cuts off what was not written whole.
    private static func cut(_ path: String, at end: UInt64) {
        guard let handle = FileHandle(forUpdatingAtPath: path) else { return }
        defer { try? handle.close() }
        if let size = try? handle.seekToEnd(), size > end { try? handle.truncate(atOffset: end) }
    }

    /// Writes the file anew with the latest line of each input, and puts it in the old one's place.
    private static func tidy(_ path: String, _ lines: [Key: Line]) -> [Key: Line] {
        let kept = lines.sorted { $0.value.start < $1.value.start }.suffix(most)
        var tidied: [Key: Line] = [:]
        do {
            guard let old = FileHandle(forReadingAtPath: path) else { return [:] }
            let new = try PrivateFile(path + ".new", truncates: true)
            var start: UInt64 = 0
            for (key, line) in kept {
                try old.seek(toOffset: line.start)
                guard let bytes = try old.read(upToCount: line.count + 1) else { continue }
                try new.write(Array(bytes))
                tidied[key] = Line(start: start, count: line.count)
                start += UInt64(bytes.count)
            }
            try old.close()
            try new.close()
            try FileManager.default.removeItem(atPath: path)
            try FileManager.default.moveItem(atPath: path + ".new", toPath: path)
            return tidied
        } catch {
            // It is a cache: what cannot be kept in order is forgotten.
            try? FileManager.default.removeItem(atPath: path)
            return [:]
        }
    }
}
