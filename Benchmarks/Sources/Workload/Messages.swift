import ClearanceInterchange
import ClearanceTesting

/// CEB messages in memory: what the XML figures read.
public struct Messages: Sendable {
    /// Whole files, at most 100 documents each.
    public let files: [[UInt8]]
    /// Documents in all files together.
    public let papers: Int

    /// The messages of a world of this many orders.
    public init(orders: Int) throws {
        var sink = MemorySink()
        _ = try WorldWriter(World(seed: Workload.seed, orders: orders), format: .ceb)
            .write(into: &sink)
        files = sink.files.filter { $0.path.hasSuffix(".xml") }.map(\.bytes)
        papers = files.reduce(0) { $0 + Messages.read($1) }
    }

    /// Reads a file as `ingest` does; returns how many events it gave.
    public static func read(_ file: [UInt8]) -> Int {
        var count = 0
        InterchangeReader.read(file.span, file: "memory.xml") { item in
            if case .event = item { count += 1 }
        }
        return count
    }
}
