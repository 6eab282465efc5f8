import Glibc

/// An exclusive lock on a file, held as long as this object lives or until `release`.
///
/// The lock belongs to the open file, not to the process: a second one in the same process is
/// refused too, and closing another descriptor of the file does not drop it. The holder's process
/// id stands in the file as text, for whoever is refused; it says nothing without the lock.
public final class FileLock: Sendable {
    /// The path of the locked file.
    public let path: String

    private let file: LockedFile

    /// Takes the lock, without waiting; the file is made when absent and never removed.
    ///
    /// - Throws: `.lockedByAnotherProcess` with the holder's id where known; `.notFound`,
    ///   `.permissionDenied`, `.io`.
    public init(_ path: String) throws(StoreError) {
        let file = try LockedFile(path, O_RDWR | O_CREAT)
        guard try file.lock() else {
            throw StoreError(
                .lockedByAnotherProcess, "lock a file", path: path, underlying: EAGAIN,
                holder: Self.writtenHolder(path))
        }
        try file.write(process: getpid())
        self.path = path
        self.file = file
    }

    /// Whether the path still leads to the locked file: false when its folder was moved away or
    /// replaced, or the lock was released. Cost: under a microsecond.
    public var isInPlace: Bool { file.isInPlace }

    /// Erases the holder's id and gives the lock up; harmless when done twice.
    public func release() { file.release() }

    /// The process that holds the lock on a file; nil when nobody does.
    ///
    /// - Throws: `.permissionDenied`, `.io`; `.corrupted` when it is locked and the file names no
    ///   process.
    public static func holder(_ path: String) throws(StoreError) -> Int32? {
        guard Files.exists(path), try LockedFile(path, O_RDONLY).isLocked() else { return nil }
        guard let process = writtenHolder(path) else {
            throw StoreError(.corrupted, "read the holder of a lock", path: path)
        }
        return process
    }

    private static func writtenHolder(_ path: String) -> Int32? {
        guard let bytes = try? Files.read(path, limit: 32) else { return nil }
        return Int32(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
}
