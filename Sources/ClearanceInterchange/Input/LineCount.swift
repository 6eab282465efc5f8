public import ClearanceEvents

/// How many lines stand before a place of an NDJSON file, and how many of them are documents.
///
/// With it a file can be cut behind any line feed and its parts be read side by side, while every
/// place still has the numbers that one reader of the whole file would give it.
public struct LineCount: Sendable, Equatable {
    /// Lines that have ended.
    public private(set) var lines = 0
    /// Those among them that are not blank.
    public private(set) var documents = 0

    /// The start of a file.
    public init() {}

    /// Counts a part that ends with a line feed. Cost: one pass, about a tenth of parsing it.
    public mutating func add(_ part: Span<UInt8>) {
        guard part.count > 0 else { return }
        // Lines nearly always begin with a brace: then the line feeds are all there is to count.
        var feeds = part[0] == 10 ? 1 : 0
        var mayBeBlank = part[0] <= 32 || part[0] == 0xEF
        for index in 1..<part.count {
            let isFeed = part[index] == 10
            feeds &+= isFeed ? 1 : 0
            mayBeBlank = mayBeBlank || (isFeed && part[index - 1] <= 32)
        }
        let before = lines
        lines += feeds
        documents += mayBeBlank ? LineCount.documents(of: part, isStart: before == 0) : feeds
    }

    /// The lines that are not blank as ``NDJSONReader`` sees it, one by one.
    private static func documents(of part: Span<UInt8>, isStart: Bool) -> Int {
        var documents = 0
        var start = 0
        for end in part.indices where part[end] == 10 {
            let hasMark =
                isStart && start == 0 && end >= 3 && part[0] == 0xEF && part[1] == 0xBB
                && part[2] == 0xBF
            let line = part.extracting((hasMark ? 3 : start)..<end)
            documents += isBlank(line) ? 0 : 1
            start = end + 1
        }
        return documents
    }

    private static func isBlank(_ line: Span<UInt8>) -> Bool {
        guard line.count <= InterchangeLimits.documentBytes + 1 else { return false }
        let isReturned = line.count > 0 && line[line.count - 1] == 13
        for index in 0..<(isReturned ? line.count - 1 : line.count)
        where line[index] != 32 && line[index] != 9 {
            return false
        }
        return true
    }
}

extension InterchangeReader {
    /// Raised whenever the same input may become other events, findings or rejects than before:
    /// who remembers that a file was read forgets it then.
    public static let revision = 1

    /// Whether the input is one document a line, so that what follows a line feed can be read by
    /// another reader (``init(file:profile:continuing:)``). False until the first byte that says
    /// something.
    public var isLineByLine: Bool {
        if case .ndjson = format { true } else { false }
    }

    /// A reader of the rest of a file that ``isLineByLine``, behind the lines that were counted.
    public init(file: String, profile: EventProfile? = nil, continuing before: LineCount) {
        self.init(file: file, profile: profile)
        format = .ndjson(NDJSONReader(file: file, profile: profile ?? .open, before: before))
    }
}
