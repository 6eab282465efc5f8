import ClearanceStore

extension LogFiles {
    /// The epochs that lie in a log whose list cannot be read, and those elsewhere that a line of
    /// it still names; nil when there are none.
    ///
    /// For who verifies and repairs alone: each chunk has its own place and checksum, and the tree
    /// is compared with the checkpoints, so nothing is believed for the name of a folder. Source:
    /// `specs/verify.md`, repair.
    init?(searching directory: String) {
        let log = directory + "/log"
        var lines: [Int: EpochManifest.Line] = [:]
        for name in ((try? Files.list(log)) ?? []).sorted() {
            let number = name.dropFirst("epoch-".count).prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(number), number > 0, number <= Int(UInt32.max) else { continue }
            let path = EpochManifest.path(number)
            guard name == path || name == path + ".closed" else { continue }
            lines[number] = LogFiles.better(name, lines[number], number, log: log)
        }
        let bytes = (try? Files.read(log + "/" + EpochManifest.name, limit: 1 << 20)) ?? []
        let text = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        for text in text {
            guard let line = try? EpochManifest.Line(text), line.path.hasPrefix("/"),
                lines[line.number] == nil,
                Files.isFile(line.path + "/" + ClosingRecord.dataName)
            else { continue }
            lines[line.number] = line
        }
        guard !lines.isEmpty else { return nil }
        self.init(lines: lines.values.sorted { $0.number < $1.number }, log: log)
        mayLackOlder = text.contains("durability \(Durability.oneFlush.rawValue)")
    }

    /// Of two forms of an epoch the closed one, when it is what its record says: a crash while it
    /// was closed leaves both, and then the other is whole.
    private static func better(
        _ name: String, _ other: EpochManifest.Line?, _ number: Int, log: String
    ) -> EpochManifest.Line? {
        let directory = log + "/" + name
        guard Files.isFile(directory + "/" + ClosingRecord.dataName) else { return other }
        guard name.hasSuffix(".closed") else {
            return other ?? .init(number: number, first: 1, state: .full, last: nil, path: name)
        }
        guard let record = try? ClosingRecord.read(directory: directory, keys: []) else {
            return other ?? .init(number: number, first: 1, state: .full, last: nil, path: name)
        }
        let line = EpochManifest.Line(
            number: number, first: record.first, state: .closed, last: record.last, path: name)
        guard let other else { return line }
        let isWhole = (try? record.fault(of: directory, as: line, whole: true)) == .some(nil)
        return isWhole ? line : other
    }
}
