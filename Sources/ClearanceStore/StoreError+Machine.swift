import CLMDB
import Glibc

extension StoreError {
    /// The failure for an `errno`, which must be read before any other call can change it.
    static func system(_ what: String, path: String, errno number: Int32) -> StoreError {
        StoreError(Code(errno: number), what, path: path, underlying: number)
    }

    /// The failure for a result of liblmdb: its own codes are negative, others are `errno`.
    static func lmdb(_ what: String, path: String, result: Int32) -> StoreError {
        StoreError(Code(lmdb: result), what, path: path, underlying: result)
    }
}

extension StoreError {
    /// The system's words for an `errno`, or liblmdb's for one of its own codes.
    public static func machineWords(_ number: Int32) -> String { machineMessage(number) }
}

extension StoreError.Code {
    init(errno number: Int32) {
        switch number {
        case ENOENT: self = .notFound
        case EEXIST, ENOTEMPTY: self = .alreadyExists
        case ENOTDIR: self = .notADirectory
        case EACCES, EPERM: self = .permissionDenied
        case EROFS: self = .readOnly
        case ENOSPC, EDQUOT: self = .diskFull
        case EINVAL: self = .invalid
        default: self = .io
        }
    }

    init(lmdb result: Int32) {
        switch result {
        case MDB_NOTFOUND: self = .notFound
        case MDB_KEYEXIST: self = .alreadyExists
        // RESIZED: another process grew the file beyond what this one reserved.
        case MDB_MAP_FULL, MDB_MAP_RESIZED: self = .mapFull
        case MDB_READERS_FULL: self = .readersFull
        case MDB_DBS_FULL: self = .tablesFull
        case MDB_CORRUPTED, MDB_PAGE_NOTFOUND, MDB_PAGE_FULL, MDB_CURSOR_FULL, MDB_INVALID:
            self = .corrupted
        case MDB_PANIC: self = .writingEnded
        case MDB_VERSION_MISMATCH, MDB_INCOMPATIBLE: self = .formatMismatch
        case let other where other > 0: self.init(errno: other)
        default: self = .invalid
        }
    }
}

/// The system's words for an `errno` or an LMDB code.
func machineMessage(_ number: Int32) -> String {
    if number < 0 { return unsafe String(cString: mdb_strerror(number)) }
    // strerror_r, as strerror shares one buffer between threads.
    return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
        guard let base = buffer.baseAddress, unsafe strerror_r(number, base, 128) == 0
        else { return "unknown error" }
        return unsafe String(cString: base)
    }
}
