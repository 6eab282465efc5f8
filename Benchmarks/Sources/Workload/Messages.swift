public import ClearanceEvents
public import ClearanceInterchange

/// A workload as it would come from outside, in memory: what the interchange figures read.
public struct Messages: Sendable {
    /// CEB messages of a hundred documents each, every message number that fills one.
    public let hundreds: [[UInt8]]
    /// The same documents, one a message; a part of them, because each is small.
    public let singles: [[UInt8]]
    /// NDJSON files of a thousand events each.
    public let lines: [[UInt8]]

    /// Documents of one message each, at most.
    private static let singleLimit = 5_000
    private static let linesOfFile = 1_000

    /// The messages that carry these events.
    public init(_ events: [Event]) {
        var together = CEBWriter()
        var singles: [[UInt8]] = []
        for event in events where (try? together.add(event)) != nil {
            guard singles.count < Self.singleLimit else { continue }
            var alone = CEBWriter()
            if (try? alone.add(event)) != nil { singles += alone.finish().map(\.bytes) }
        }
        hundreds = together.takeFull().map(\.bytes)
        self.singles = singles
        let printer = EventPrinter(masks: false)
        lines = stride(from: 0, to: events.count, by: Self.linesOfFile).map { start in
            var file: [UInt8] = []
            for event in events[start..<min(start + Self.linesOfFile, events.count)] {
                file += printer.bytes(of: event)
                file.append(UInt8(ascii: "\n"))
            }
            return file
        }
    }

    /// Reads a file as `ingest` does, as deep as asked; returns how many events it gave.
    public static func read(_ file: [UInt8], depth: CheckDepth = .business) -> Int {
        var count = 0
        InterchangeReader.read(file.span, file: "memory", depth: depth) { item in
            if case .event = item { count += 1 }
        }
        return count
    }
}
