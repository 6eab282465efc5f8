import Glibc
import Synchronization

/// The descriptor under a `FileLock`, and the calls that the C library hides from Swift.
final class LockedFile: Sendable {
    // Open-file-description locks of Linux; <fcntl.h> shows them under a macro that is not set.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    private let path: String
    private let descriptor: Mutex<Int32>
    private let process = ProcessMark()

    init(_ path: String, _ flags: Int32) throws(StoreError) {
        let opened = unsafe open(path, flags | O_CLOEXEC, Files.fileMode)
        guard opened >= 0 else { throw .system("open a lock", path: path, errno: errno) }
        self.path = path
        self.descriptor = Mutex(opened)
    }

    deinit { close(erasing: false) }

    /// Takes the lock; false when another holds it.
    func lock() throws(StoreError) -> Bool {
        let failed = control(Self.setLock).failed
        if failed == 0 { return true }
        if failed == EAGAIN || failed == EACCES { return false }
        throw .system("lock a file", path: path, errno: failed)
    }

    /// Whether another open file holds the lock.
    func isLocked() throws(StoreError) -> Bool {
        let answer = control(Self.getLock)
        guard answer.failed == 0 else {
            throw .system("ask for a lock", path: path, errno: answer.failed)
        }
        return answer.type != Int16(F_UNLCK)
    }

    func write(process: pid_t) throws(StoreError) {
        let text = Array("\(process)\n".utf8)
        let failed = descriptor.withLock { descriptor in
            guard ftruncate(descriptor, 0) == 0 else { return errno }
            let written = unsafe text.withUnsafeBytes { bytes in
                unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, 0)
            }
            return written == text.count ? 0 : errno
        }
        guard failed == 0 else { throw .system("write a lock", path: path, errno: failed) }
    }

    /// Whether the path still leads to this open file; also where nobody may look, as whoever makes
    /// a file there is told the reason. Cost: two calls, under a microsecond.
    var isInPlace: Bool {
        descriptor.withLock { descriptor in
            descriptor >= 0 && (try? Files.isNamed(path, open: descriptor)) ?? true
        }
    }

    func release() { close(erasing: true) }

    private func close(erasing: Bool) {
        descriptor.withLock { descriptor in
            guard descriptor >= 0 else { return }
            // While still holding it, so that no other holder's id can be erased.
            if erasing && process.isThis { _ = ftruncate(descriptor, 0) }
            // Said aloud: a child that is just being started has the same open file, and would
            // keep the lock until it executes its program. A forked child must not say it.
            if process.isThis { _ = LockedFile.control(descriptor, Self.setLock, F_UNLCK) }
            Glibc.close(descriptor)
            descriptor = -1
        }
    }

    private func control(_ command: Int32) -> (failed: Int32, type: Int16) {
        descriptor.withLock { LockedFile.control($0, command, F_WRLCK) }
    }

    private static func control(
        _ descriptor: Int32, _ command: Int32, _ type: Int32
    ) -> (failed: Int32, type: Int16) {
        var lock = flock()
        lock.l_type = Int16(type)
        lock.l_whence = Int16(SEEK_SET)
        let result = unsafe withUnsafeMutablePointer(to: &lock) { pointer in
            unsafe fcntl(descriptor, command, UnsafeMutableRawPointer(pointer))
        }
        return (result == 0 ? 0 : errno, lock.l_type)
    }
}
