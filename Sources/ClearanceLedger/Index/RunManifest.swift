import ClearanceStore

/// Which records a run holds.
enum RunKind: String, Sendable, CaseIterable {
    /// Natural key → position, for every entry.
    case facts
    /// Subject or reference → last position.
    case heads

    /// The number in a run's header.
    var number: UInt64 { self == .facts ? 1 : 2 }
}

/// The file `manifest`: which runs belong to the index (`specs/exactly-once.md`).
///
/// Text, replaced whole. A manifest that is missing or not as it was written is no failure: the
/// index is then made anew.
struct RunManifest: Sendable, Equatable {
    static let name = "manifest"
    private static let heading = "clearance-ledger index 1"
    private static let byteLimit = 1 << 20

    /// One run.
    struct Line: Sendable, Equatable {
        let kind: RunKind
        let number: UInt64
        let covered: ClosedRange<UInt64>

        /// The file's name in the directory of the index.
        var file: String { "\(kind.rawValue)-\(number).run" }

        init(kind: RunKind, number: UInt64, covered: ClosedRange<UInt64>) {
            self.kind = kind
            self.number = number
            self.covered = covered
        }

        fileprivate init?(_ text: Substring) {
            let words = text.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 4, let kind = RunKind(rawValue: String(words[0])),
                let number = UInt64(words[1]), let first = UInt64(words[2]),
                let last = UInt64(words[3]), first >= 1, first <= last,
                last <= PrefixRecord.maxPosition
            else { return nil }
            self.init(kind: kind, number: number, covered: first...last)
        }

        fileprivate var text: String {
            "\(kind.rawValue) \(number) \(covered.lowerBound) \(covered.upperBound)"
        }
    }

    var lines: [Line] = []

    init(_ lines: [Line]) { self.lines = lines }

    /// The manifest of an index; empty when there is none or it is damaged.
    init(directory: String) {
        let path = directory + "/" + RunManifest.name
        guard let bytes = try? Files.read(path, limit: RunManifest.byteLimit),
            let texts = SummedLines.lines(of: bytes, RunManifest.heading)
        else { return }
        var lines: [Line] = []
        for text in texts {
            guard let line = Line(text) else { return }
            lines.append(line)
        }
        self.lines = lines
    }

    /// The bytes of the file: heading, a line a run, the sum of everything before it.
    var bytes: [UInt8] {
        SummedLines.bytes(RunManifest.heading, lines.map(\.text))
    }

    /// Replaces the manifest of an index.
    func write(to directory: String) throws(StoreError) {
        try Files.writeAtomically(directory + "/" + RunManifest.name, bytes.span)
    }
}
