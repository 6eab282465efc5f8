import ClearanceStore

/// Takes the lines that hold a person's values out of files of lines, such as rejects.
enum PersonalLines {
    /// Bytes that are copied or overwritten at a time.
    private static let pieceBytes = 1 << 16

    /// Rewrites a file without the lines that hold any of the texts; answers how many they were.
    ///
    /// The new file takes the old one's place in one step, and the old bytes are then overwritten:
    /// whoever has the file open to write looks whether it is still the one of this name. Texts
    /// shorter than `shortest` bytes would take lines of others out and are left aside. Memory: the
    /// places of the lines that go, and a piece of the file, whatever the length of its lines.
    static func drop(
        from path: String, holding texts: Set<String>, shortest: Int = 6
    ) throws(StoreError) -> Int {
        let wanted = texts.filter { $0.utf8.count >= shortest }.map { Array($0.utf8) }
        guard !wanted.isEmpty, Files.exists(path) else { return 0 }
        var search = LineSearch(wanted)
        try Files.withPieces(path, pieceBytes: pieceBytes) { search.take($0) }
        search.finish()
        guard search.count > 0 else { return 0 }
        let old = try ByteFile(path, .update)
        let size = try old.size()
        try replace(path, by: old, without: search.places, size: size)
        let zeros = [UInt8](repeating: 0, count: pieceBytes)
        for start in stride(from: 0, to: size, by: zeros.count) {
            try old.write(
                at: start, zeros.span.extracting(0..<min(zeros.count, size - start)))
        }
        try old.sync()
        return search.count
    }

    /// Puts what a file has outside of some places into its own place.
    private static func replace(
        _ path: String, by old: ByteFile, without places: [Range<Int>], size: Int
    ) throws(StoreError) {
        let fresh = path + ".new"
        do throws(StoreError) {
            let new = try ByteFile(fresh, .truncate)
            var next = 0
            for place in places + [size..<size] {
                while next < place.lowerBound {
                    let piece = try old.read(
                        at: next, count: min(pieceBytes, place.lowerBound - next))
                    guard !piece.isEmpty else { break }
                    try new.append(piece.span)
                    next += piece.count
                }
                next = place.upperBound
            }
            try new.sync()
        } catch {
            try? Files.remove(fresh)
            throw error
        }
        try Files.rename(fresh, to: path)
    }

    /// The files of lines in a folder; none when there is no folder.
    ///
    /// What a run that was killed had begun to write in the place of one is removed: it holds
    /// lines, and is no file of lines.
    static func files(in folder: String) throws(StoreError) -> [String] {
        guard Files.exists(folder) else { return [] }
        let names = try Files.list(folder)
        for name in names where name.hasSuffix(".ndjson.new") {
            try Files.remove(folder + "/" + name)
        }
        return names.filter { $0.hasSuffix(".ndjson") }.sorted().map { folder + "/" + $0 }
    }
}

/// Finds the lines of a file that hold any of some texts, piece after piece.
private struct LineSearch {
    private let texts: [[UInt8]]
    /// Bytes of a line that are kept from one piece to the next: a text may begin there.
    private let overlap: Int
    /// Where lines were found, joined where they follow one another; line feeds included.
    private(set) var places: [Range<Int>] = []
    /// How many lines were found.
    private(set) var count = 0

    private var window: [UInt8] = []
    private var isFound = false
    /// Where the line begins, and the next byte stands.
    private var start = 0
    private var next = 0

    init(_ texts: [[UInt8]]) {
        self.texts = texts
        overlap = (texts.map(\.count).max() ?? 1) - 1
    }

    mutating func take(_ piece: Span<UInt8>) {
        for index in piece.indices {
            let byte = piece[index]
            next += 1
            guard byte == 10 else {
                window.append(byte)
                continue
            }
            look()
            endLine()
        }
        look()
        if window.count > overlap { window.removeFirst(window.count - overlap) }
    }

    mutating func finish() {
        look()
        endLine()
    }

    private mutating func look() {
        if !isFound { isFound = texts.contains { LineSearch.holds(window, $0) } }
    }

    private mutating func endLine() {
        defer { (start, isFound) = (next, false) }
        window.removeAll(keepingCapacity: true)
        guard isFound else { return }
        count += 1
        if let last = places.last, last.upperBound == start {
            places[places.count - 1] = last.lowerBound..<next
        } else {
            places.append(start..<next)
        }
    }

    private static func holds(_ line: [UInt8], _ text: [UInt8]) -> Bool {
        guard line.count >= text.count, let first = text.first else { return false }
        for start in 0...(line.count - text.count) where line[start] == first {
            var index = 1
            while index < text.count, line[start + index] == text[index] { index += 1 }
            if index == text.count { return true }
        }
        return false
    }
}
