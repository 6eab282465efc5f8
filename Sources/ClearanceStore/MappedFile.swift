import Glibc

/// The whole of a file, mapped to read: pages come when they are touched, and the system may drop
/// them again.
///
/// For files that never change once they are made. One that is cut short behind our back would
/// kill the process that reads there; nobody but the ledger's holder writes to its directory.
//
// @unchecked Sendable: the memory is mapped for reading and never moves while the object lives.
@safe public final class MappedFile: @unchecked Sendable {
    /// The path as it was given.
    public let path: String

    /// How many bytes are mapped: the length, unless only the beginning is.
    public let count: Int

    let base: UnsafeRawPointer

    /// Maps a file, which must not be empty, or at most so many bytes from its beginning.
    ///
    /// - Throws: `.corrupted` for an empty file; `.notFound`, `.permissionDenied`, `.io`.
    public init(_ path: String, limit: Int = .max) throws(StoreError) {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw .system("open a file", path: path, errno: errno) }
        // The mapping keeps the file; the descriptor is of no more use.
        defer { Glibc.close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .system("measure a file", path: path, errno: errno)
        }
        guard status.st_size > 0 else {
            throw StoreError(.corrupted, "map a file without content", path: path)
        }
        let count = min(status.st_size, limit)
        let mapped = unsafe mmap(nil, count, PROT_READ, MAP_SHARED, descriptor, 0)
        guard let start = unsafe mapped, unsafe start != UnsafeMutableRawPointer(bitPattern: -1)
        else { throw .system("map a file", path: path, errno: errno) }
        self.path = path
        self.count = count
        unsafe self.base = UnsafeRawPointer(start)
    }

    deinit { unsafe munmap(UnsafeMutableRawPointer(mutating: base), count) }

    /// The bytes of a range, lent as long as the object is; traps when it is not within the file.
    @_lifetime(borrow self)
    func bytes(_ range: Range<Int>) -> Span<UInt8> {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= count, "a range within the file")
        let start = unsafe (base + range.lowerBound).assumingMemoryBound(to: UInt8.self)
        let span = unsafe Span(_unsafeStart: start, count: range.count)
        return unsafe _overrideLifetime(span, borrowing: self)
    }

    /// Says that a range will be read soon, so that the system may bring it in the background.
    public func willNeed(_ range: Range<Int>) {
        let page = Int(getpagesize())
        let start = range.lowerBound / page * page
        guard start < min(range.upperBound, count) else { return }
        let length = min(range.upperBound, count) - start
        _ = unsafe madvise(
            UnsafeMutableRawPointer(mutating: base + start), length, Int32(MADV_WILLNEED))
    }
}
