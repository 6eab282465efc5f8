import Glibc
import Synchronization

/// A directory that is held open, so that its number is no other's meanwhile.
///
/// A file system gives the number of a directory that was removed to the next one that is made,
/// also while files of the former are still open: an epoch that another process replaced would
/// pass for the one that came after it.
final class OpenDirectory: Sendable {
    /// Only a place and no right to read it: Linux' `O_PATH`, which <fcntl.h> hides.
    private static let placeOnly: Int32 = 0o10_000_000

    let identity: FileIdentity
    private let descriptor: Mutex<Int32>

    /// Opens a directory, links followed.
    ///
    /// - Throws: `.notFound`, `.notADirectory`, `.permissionDenied`, `.io`.
    init(_ path: String) throws(StoreError) {
        let opened = unsafe open(path, Self.placeOnly | O_DIRECTORY | O_CLOEXEC)
        guard opened >= 0 else { throw .system("open a directory", path: path, errno: errno) }
        descriptor = Mutex(opened)
        var status = stat()
        let failed = unsafe fstat(opened, &status) == 0 ? 0 : errno
        identity = FileIdentity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
        guard failed == 0 else { throw .system("open a directory", path: path, errno: failed) }
    }

    deinit { close() }

    /// Lets the directory go; harmless twice.
    func close() {
        descriptor.withLock { descriptor in
            if descriptor >= 0 { Glibc.close(descriptor) }
            descriptor = -1
        }
    }
}
