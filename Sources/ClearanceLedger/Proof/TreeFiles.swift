import ClearanceStore

/// The hash files of a ledger as its writer holds them: appended to, cut back, flushed.
struct TreeFiles: Sendable {
    /// 7 levels hold every tree below 2⁶³ leaves.
    static let levels = 7

    private let folder: String
    private var files: [ByteFile]
    private let mark: HeadSlots

    /// Opens the folder of the hash files, making it when it is not there.
    init(folder: String) throws(StoreError) {
        if !Files.exists(folder) { try Files.makeDirectory(folder) }
        self.folder = folder
        mark = try TreeFiles.mark(folder + "/reached")
        files = []
        while files.count < TreeFiles.levels,
            Files.exists(TreeFiles.path(folder, level: files.count + 1))
        {
            try openNext()
        }
    }

    /// The path of a level's file.
    static func path(_ folder: String, level: Int) -> String { folder + "/level-\(level)" }

    /// How many hashes a level has in a tree of `size` leaves.
    static func count(ofLevel level: Int, size: UInt64) -> Int { Int(size >> UInt64(8 * level)) }

    /// Where the files were flushed last, with the root there.
    var reached: HeadSlots.Head? { mark.head }

    /// Whether each level has at least the hashes of a tree of `size` leaves.
    func hold(_ size: UInt64) throws(StoreError) -> Bool {
        for level in 1...TreeFiles.levels {
            let count = TreeFiles.count(ofLevel: level, size: size)
            if count == 0 { break }
            guard files.count >= level else { return false }
            if try files[level - 1].size() < count * Hash256.byteCount { return false }
        }
        return true
    }

    /// Cuts every level back to the hashes of a tree of `size` leaves, which it holds.
    func cut(to size: UInt64) throws(StoreError) {
        for (index, file) in files.enumerated() {
            let count = TreeFiles.count(ofLevel: index + 1, size: size)
            try file.truncate(to: count * Hash256.byteCount)
        }
    }

    /// Appends hashes to their levels, in the order in which they were completed.
    mutating func append(_ completed: [(level: Int, hash: Hash256)]) throws(StoreError) {
        for level in 1...TreeFiles.levels {
            var bytes: [UInt8] = []
            for node in completed where node.level == level { bytes += node.hash.bytes }
            if bytes.isEmpty { continue }
            while files.count < level { try openNext() }
            try files[level - 1].append(bytes.span)
        }
    }

    /// Flushes the files and remembers how far they reach.
    func flush(position: UInt64, root: Hash256) throws(StoreError) {
        if let reached, reached.position == position, reached.root == root.bytes { return }
        for file in files { try file.sync() }
        try mark.write(position: position, root: root.bytes)
    }

    private mutating func openNext() throws(StoreError) {
        files.append(try ByteFile(TreeFiles.path(folder, level: files.count + 1), .append))
    }

    /// The slots; made anew when neither is valid, for without them the tree is hashed again.
    private static func mark(_ path: String) throws(StoreError) -> HeadSlots {
        do throws(StoreError) {
            return try HeadSlots(path)
        } catch {
            guard error.code == .corrupted else { throw error }
            try Files.remove(path)
            return try HeadSlots(path)
        }
    }
}
