import ClearanceStore

/// Takes the lines that hold a person's values out of files of lines, such as rejects.
enum PersonalLines {
    /// Rewrites a file without the lines that hold any of the texts; answers how many they were.
    ///
    /// The new file takes the old one's place in one step, and the old bytes are then overwritten.
    /// Texts shorter than `shortest` bytes would take lines of others out and are left aside.
    static func drop(
        from path: String, holding texts: Set<String>, shortest: Int = 6
    ) throws(StoreError) -> Int {
        let wanted = texts.filter { $0.utf8.count >= shortest }.map { Array($0.utf8) }
        guard !wanted.isEmpty, Files.exists(path) else { return 0 }
        var kept: [UInt8] = []
        var line: [UInt8] = []
        var dropped = 0
        func end() {
            if wanted.contains(where: { holds(line, $0) }) {
                dropped += 1
            } else {
                kept.append(contentsOf: line)
            }
            line.removeAll(keepingCapacity: true)
        }
        try Files.withPieces(path) { piece in
            for index in piece.indices {
                line.append(piece[index])
                if piece[index] == 10 { end() }
            }
        }
        if !line.isEmpty { end() }
        guard dropped > 0 else { return 0 }
        let old = try ByteFile(path, .update)
        let size = try old.size()
        try Files.writeAtomically(path, kept.span)
        let zeros = [UInt8](repeating: 0, count: 1 << 16)
        for start in stride(from: 0, to: size, by: zeros.count) {
            try old.write(
                at: start, zeros.span.extracting(0..<min(zeros.count, size - start)))
        }
        try old.sync()
        return dropped
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
