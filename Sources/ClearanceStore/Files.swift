import Glibc

/// The few things that the ledger does with files, each with its failure as a `StoreError`.
public enum Files {
    /// 0700: a ledger is its owner's alone.
    public static let directoryMode: UInt32 = 0o700

    /// 0600: the same for its files.
    public static let fileMode: UInt32 = 0o600

    /// What is read of a file that tells no size.
    private static let pageOfUnsized = 4_096

    /// 0444: nobody writes it any more.
    public static let protectedMode: UInt32 = 0o444

    /// Whether anything, even a broken link, has that name.
    public static func exists(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0
    }

    /// Whether anything, even a broken link, has that name; throws where nobody may look.
    ///
    /// - Throws: `.permissionDenied`, `.io`.
    public static func isThere(_ path: String) throws(StoreError) -> Bool {
        var status = stat()
        if unsafe lstat(path, &status) == 0 { return true }
        guard errno == ENOENT || errno == ENOTDIR else {
            throw .system("look for a file", path: path, errno: errno)
        }
        return false
    }

    /// The file's length in bytes.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.io`.
    public static func size(_ path: String) throws(StoreError) -> Int {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw .system("measure a file", path: path, errno: errno)
        }
        return status.st_size
    }

    /// Which version of a file stands under a name: another one after each whole replacement.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.io`.
    /// - Complexity: one call of the system, about half a microsecond.
    public static func version(_ path: String) throws(StoreError) -> FileVersion {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw .system("look at a file", path: path, errno: errno)
        }
        return FileVersion(
            device: UInt(status.st_dev), inode: UInt(status.st_ino),
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec,
            bytes: status.st_size)
    }

    /// The file's whole content, refused when longer than `limit` bytes.
    ///
    /// - Throws: `.tooLarge`, `.notFound`, `.permissionDenied`, `.io`.
    public static func read(_ path: String, limit: Int) throws(StoreError) -> [UInt8] {
        let file = try ByteFile(path, .read)
        let size = try file.size()
        // The kernel's own files (`/proc`) tell no size and have content all the same.
        let bytes = try file.read(
            at: 0, count: size == 0 ? min(limit + 1, pageOfUnsized) : min(size, limit + 1))
        guard size <= limit, bytes.count <= limit else {
            throw StoreError(.tooLarge, "read a file of at most \(limit) bytes", path: path)
        }
        return bytes
    }

    /// Lends the file's content in pieces of at most `pieceBytes`, in order.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.io`, or what `body` throws.
    public static func withPieces(
        _ path: String, pieceBytes: Int = 1 << 16,
        _ body: (Span<UInt8>) throws(StoreError) -> Void
    ) throws(StoreError) {
        precondition(pieceBytes > 0, "a piece has at least one byte")
        let file = try ByteFile(path, .read)
        var offset = 0
        while true {
            let piece = try file.read(at: offset, count: pieceBytes)
            if piece.isEmpty { return }
            try body(piece.span)
            offset += piece.count
        }
    }

    /// Replaces or makes a small file so that a reader, or a restart, sees the old content or the
    /// new, never a part.
    ///
    /// - Throws: `.diskFull`, `.permissionDenied`, `.io`; then the old content stands, or the new
    ///   one does when only its name could not be flushed.
    public static func writeAtomically(
        _ path: String, _ bytes: Span<UInt8>, mode: UInt32 = fileMode
    ) throws(StoreError) {
        let temporary = path + ".new"
        do throws(StoreError) {
            let file = try ByteFile(temporary, .truncate, mode: mode)
            try file.append(bytes)
            try file.sync()
        } catch {
            _ = unsafe unlink(temporary)
            throw error
        }
        try rename(temporary, to: path)
    }

    /// Renames a file or directory in one step and makes the new name durable.
    ///
    /// A file of the new name is replaced; a directory that is not empty is not.
    ///
    /// - Throws: `.notFound`, `.alreadyExists`, `.permissionDenied`, `.io`.
    public static func rename(_ path: String, to target: String) throws(StoreError) {
        guard unsafe Glibc.rename(path, target) == 0 else {
            throw .system("rename to \(target)", path: path, errno: errno)
        }
        try syncDirectory(parent(of: target))
        let source = parent(of: path)
        if source != parent(of: target) { try syncDirectory(source) }
    }

    /// Write-protects a file for everybody, its owner too, and makes that durable.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.io`.
    public static func protect(_ path: String) throws(StoreError) {
        guard unsafe chmod(path, protectedMode) == 0 else {
            throw .system("write-protect a file", path: path, errno: errno)
        }
        try ByteFile(path, .read).syncAll()
    }

    /// The path from the root on, with links followed; something must be there.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.io`.
    public static func absolute(_ path: String) throws(StoreError) -> String {
        guard let found = unsafe realpath(path, nil) else {
            throw .system("find a path", path: path, errno: errno)
        }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    /// The SHA-256 of a file's content. Cost: the device, and about 0.7 ns a byte.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.io`.
    public static func digest(_ path: String) throws(StoreError) -> Hash256 {
        var hash = SHA256Hash()
        try withPieces(path, pieceBytes: 1 << 20) { hash.update($0) }
        return hash.value
    }

    /// Removes one file; harmless when there is none.
    ///
    /// - Throws: `.permissionDenied`, `.io`.
    public static func remove(_ path: String) throws(StoreError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else {
            throw .system("remove a file", path: path, errno: errno)
        }
    }
}

/// What tells one version of a file from the next, without reading it.
public struct FileVersion: Sendable, Hashable {
    let device: UInt
    let inode: UInt
    let seconds: Int
    let nanoseconds: Int
    let bytes: Int
}
