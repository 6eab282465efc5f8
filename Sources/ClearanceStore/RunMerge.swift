/// Writes several runs as one.
public enum RunMerge {
    /// How often a merge lets others in: a few milliseconds of work.
    private static let stride = 1 << 17

    /// Merges runs into a new file.
    ///
    /// With `newestOnly`, of all records with one prefix and tag only the one at the highest
    /// position is kept. `between` is called every few milliseconds and ends the merge with false.
    ///
    /// - Returns: nil when `between` ended it; then the file is of no use.
    /// - Throws: `.corrupted` with the path of a run whose page is not as it was written;
    ///   `.diskFull`, `.io`.
    /// - Complexity: about 30 ns a record; memory for one page a run.
    public static func merge(
        _ runs: [RunFile], to path: String, label: RunHeader.Label, newestOnly: Bool,
        between: () throws(StoreError) -> Bool
    ) throws(StoreError) -> RunHeader? {
        var writer = try RunWriter(
            path, label: label, room: runs.reduce(0) { $0 + $1.header.count })
        var cursors: [RunCursor] = []
        for run in runs {
            let cursor = try RunCursor(run)
            if !cursor.isAtEnd { cursors.append(cursor) }
        }
        var same: [PrefixRecord] = []
        var steps = 0
        while !cursors.isEmpty {
            var least = 0
            for index in cursors.indices.dropFirst()
            where PrefixRecord.precedes(cursors[index].record, cursors[least].record) {
                least = index
            }
            let record = cursors[least].record
            try cursors[least].step()
            if cursors[least].isAtEnd { cursors.remove(at: least) }
            if newestOnly {
                if let first = same.first, first.prefix != record.prefix {
                    try write(&same, to: &writer)
                }
                keep(record, in: &same)
            } else {
                try writer.add(record)
            }
            steps += 1
            if steps % stride == 0, !(try between()) { return nil }
        }
        try write(&same, to: &writer)
        return try writer.finish()
    }

    /// Puts a record among those of its prefix, in the place of an older one with its tag. It is
    /// not below any of them.
    private static func keep(_ record: PrefixRecord, in same: inout [PrefixRecord]) {
        same.removeAll { $0.tag == record.tag }
        same.append(record)
    }

    private static func write(
        _ same: inout [PrefixRecord], to writer: inout RunWriter
    ) throws(StoreError) {
        for record in same { try writer.add(record) }
        same.removeAll(keepingCapacity: true)
    }
}

/// A walk over the records of a run, each page checked as it is entered.
private struct RunCursor {
    private let run: RunFile
    private var index = 0
    private static let recordsOfPage = RunHeader.pageBytes / RunHeader.recordBytes

    init(_ run: RunFile) throws(StoreError) {
        self.run = run
        if !isAtEnd { try run.verify(recordPage: 0) }
    }

    var isAtEnd: Bool { index == run.header.count }

    var record: PrefixRecord { unsafe run.records[index] }

    mutating func step() throws(StoreError) {
        index += 1
        if index % RunCursor.recordsOfPage == 0, !isAtEnd {
            try run.verify(recordPage: index / RunCursor.recordsOfPage)
        }
    }
}
