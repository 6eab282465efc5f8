import Glibc

/// An open file of bytes: appended to, or read and written at offsets.
///
/// Appends of one call are whole to each other, also between threads: the kernel orders them.
public final class ByteFile: Sendable {
    /// What the file is opened for.
    public enum Access: Sendable, Hashable {
        /// Reading; the file must exist.
        case read
        /// Reading, and adding at the end; made when absent.
        case append
        /// Reading, and writing at offsets; made when absent.
        case update
        /// Writing from nothing; made when absent, emptied when not.
        case truncate
    }

    /// The path as it was given.
    public let path: String

    private let descriptor: Int32

    /// Opens a file. A new one gets `mode` and its name is made durable.
    ///
    /// - Throws: `.notFound`, `.permissionDenied`, `.readOnly`, `.io`.
    public init(
        _ path: String, _ access: Access, mode: UInt32 = Files.fileMode
    ) throws(StoreError) {
        let flags: Int32 =
            switch access {
            case .read: O_RDONLY
            case .append: O_RDWR | O_APPEND | O_CREAT
            case .update: O_RDWR | O_CREAT
            case .truncate: O_WRONLY | O_CREAT | O_TRUNC
            }
        let isNew = access != .read && !Files.exists(path)
        self.path = path
        self.descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC, mode)
        guard descriptor >= 0 else {
            throw .system("open a file", path: path, errno: errno)
        }
        if isNew { try Files.syncDirectory(Files.parent(of: path)) }
    }

    deinit { if descriptor >= 0 { Glibc.close(descriptor) } }

    /// The length in bytes.
    ///
    /// - Throws: `.io`.
    public func size() throws(StoreError) -> Int {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .system("measure a file", path: path, errno: errno)
        }
        return status.st_size
    }

    /// Writes all bytes at the file's place: its end when opened with `.append`.
    ///
    /// - Throws: `.diskFull`, `.io`; then a part of the bytes may be there.
    public func append(_ bytes: Span<UInt8>) throws(StoreError) {
        try transfer("append to a file", bytes.count) { done in
            unsafe bytes.withUnsafeBufferPointer { buffer in
                unsafe Glibc.write(
                    descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done)
            }
        }
    }

    /// Writes all bytes at an offset, growing the file when needed.
    ///
    /// - Throws: `.diskFull`, `.io`; then a part of the bytes may be there.
    public func write(at offset: Int, _ bytes: Span<UInt8>) throws(StoreError) {
        try transfer("write to a file", bytes.count) { done in
            unsafe bytes.withUnsafeBufferPointer { buffer in
                unsafe pwrite(
                    descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done,
                    offset + done)
            }
        }
    }

    /// The bytes from an offset on; fewer than `count` only at the end of the file.
    ///
    /// - Throws: `.io`.
    public func read(at offset: Int, count: Int) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let done = try transfer("read a file", count) { done in
            unsafe bytes.withUnsafeMutableBufferPointer { buffer in
                unsafe pread(
                    descriptor, buffer.baseAddress?.advanced(by: done), buffer.count - done,
                    offset + done)
            }
        }
        bytes.removeLast(count - done)
        return bytes
    }

    /// Flushes the content, and what is needed to find it, to the device.
    ///
    /// - Throws: `.io`: what was written since the last flush may be lost, whatever a retry says.
    public func sync() throws(StoreError) {
        guard fdatasync(descriptor) == 0 else {
            throw .system("flush a file", path: path, errno: errno)
        }
    }

    /// Flushes the content and everything that is noted of the file, its mode too.
    ///
    /// - Throws: `.io`, as ``sync()``.
    public func syncAll() throws(StoreError) {
        guard fsync(descriptor) == 0 else {
            throw .system("flush a file", path: path, errno: errno)
        }
    }

    /// Cuts the file, or grows it with zeros, to a length.
    ///
    /// - Throws: `.diskFull`, `.io`.
    public func truncate(to count: Int) throws(StoreError) {
        guard ftruncate(descriptor, count) == 0 else {
            throw .system("cut a file", path: path, errno: errno)
        }
    }

    /// Repeats a call that may do a part of its work; stops at all of it or at nothing more.
    @discardableResult
    private func transfer(
        _ what: String, _ count: Int, _ step: (_ done: Int) -> Int
    ) throws(StoreError) -> Int {
        var done = 0
        while done < count {
            let moved = step(done)
            if moved > 0 {
                done += moved
            } else if moved == 0 {
                return done
            } else if errno != EINTR {
                throw .system(what, path: path, errno: errno)
            }
        }
        return done
    }
}
