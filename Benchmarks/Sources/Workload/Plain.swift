import CPlain
import ClearanceEvents

/// The plain libraries over the same bytes. Traps when a library fails: there is no figure then.
public enum Plain {
    /// Entries as one run of bytes, with the end of each.
    public struct Entries: Sendable {
        public var bytes: [UInt8] = []
        public var ends: [UInt64] = []

        public init() {}

        public mutating func add(_ entry: Span<UInt8>) {
            bytes.append(copying: entry)
            ends.append(UInt64(bytes.count))
        }
    }

    public static func append(
        _ entries: Entries, to directory: String, commit: Int, value: Int, flushes: Int32 = 2
    ) {
        check(
            plain_append(
                directory, entries.bytes, entries.ends, entries.ends.count, commit, value, flushes))
    }

    /// The median of what a commit cannot do without, in nanoseconds.
    public static func commit(_ path: String, count: Int) -> UInt64 {
        var median: UInt64 = 0
        check(plain_commit(path, count, &median))
        return median
    }

    /// Hashes every entry and the nodes above them.
    public static func hash(_ entries: Entries) {
        var sum: UInt64 = 0
        check(plain_hash(entries.bytes, entries.ends, entries.ends.count, &sum))
        precondition(sum > 0, "hashes are not all zero")
    }

    /// How many entries were read.
    public static func read(_ directory: String) -> Int {
        var count: UInt64 = 0
        var sum: UInt64 = 0
        check(plain_read(directory, &count, &sum))
        return Int(count)
    }

    public static func sync(_ path: String, count: Int) { check(plain_sync(path, count)) }

    /// How many elements a document has.
    public static func elements(of document: [UInt8]) -> Int {
        var elements: UInt64 = 0
        check(plain_xml(document, document.count, &elements))
        return Int(elements)
    }

    private static func check(_ code: Int32) {
        precondition(code == 0, "a plain library failed with \(code)")
    }
}
