import CLMDB
import Glibc

/// The meta page that a commit is about to overwrite, kept until the commit has ended.
///
/// When liblmdb cannot write a meta page it puts back the old number and leaves the new roots, a
/// page that belongs to no commit: it never reads it again, but our own look at the file refuses
/// it (`specs/verify.md`). Putting all of the old page back keeps the file one that can be opened.
@safe struct MetaGuard: ~Copyable {
    private let environment: OpaquePointer
    private let offset: Int
    private let before: [UInt8]

    /// What a commit writes of a meta page: everything behind magic, version and address.
    private static let writtenOffset = 32
    private static let writtenBytes = 120
    private static let numberOffset = 112

    /// Keeps the page that the transaction's commit will overwrite.
    ///
    /// - Parameter metas: Both meta pages as they are mapped, so that no commit pays a call of the
    ///   system for what hardly ever happens.
    init(_ environment: OpaquePointer, transaction: OpaquePointer, metas: MappedFile) {
        unsafe self.environment = environment
        let slot = unsafe Int(mdb_txn_id(transaction) & 1)
        offset = slot * DataFileHeader.machinePageBytes + MetaGuard.writtenOffset
        let page = metas.bytes(offset..<(offset + MetaGuard.writtenBytes))
        before = page.indices.map { page[$0] }
    }

    /// What became of the page when a commit failed.
    enum Outcome {
        /// liblmdb never came to write it, and goes on.
        case untouched
        /// liblmdb gave its environment up; the page is as it was, on the disk too.
        case restored
        /// The same, but the page could not be put back, or not be flushed: after a loss of power
        /// it may be the one that belongs to no commit. The next opening writes it once more.
        case unknown
    }

    /// Puts the page back as it was where liblmdb gave up its environment for it.
    func restore() -> Outcome {
        let now = unsafe MetaGuard.read(environment, offset)
        // Under another number it is a commit's own page, not what a failed one left.
        if before.count == MetaGuard.writtenBytes, now.count == before.count, now != before,
            now[MetaGuard.numberOffset...] == before[MetaGuard.numberOffset...]
        {
            var descriptor: mdb_filehandle_t = -1
            guard unsafe mdb_env_get_fd(environment, &descriptor) == 0 else { return .unknown }
            let written = unsafe before.withUnsafeBytes { bytes in
                unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, offset)
            }
            let isDurable = written == before.count && fdatasync(descriptor) == 0
            return isDurable ? .restored : .unknown
        }
        var probe: OpaquePointer?
        let result = unsafe mdb_txn_begin(environment, nil, UInt32(MDB_RDONLY), &probe)
        if result == 0 { unsafe mdb_txn_abort(probe) }
        return result == MDB_PANIC ? .restored : .untouched
    }

    /// Writes both meta pages once more as they are, and flushes them; false when that fails.
    ///
    /// A flush that failed may have dropped a page that was not yet on disk while the kernel goes
    /// on showing it. With one flush a commit that can be the meta page of the commit before.
    static func renew(_ environment: OpaquePointer) -> Bool {
        var transaction: OpaquePointer?
        var descriptor: mdb_filehandle_t = -1
        // The writer's turn, so that no commit falls between reading and writing.
        guard unsafe mdb_txn_begin(environment, nil, 0, &transaction) == 0 else { return false }
        defer { unsafe mdb_txn_abort(transaction) }
        guard unsafe mdb_env_get_fd(environment, &descriptor) == 0 else { return false }
        for slot in 0...1 {
            let offset = slot * DataFileHeader.machinePageBytes + writtenOffset
            let bytes = unsafe read(environment, offset)
            let written = unsafe bytes.withUnsafeBytes { bytes in
                unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, offset)
            }
            guard written == writtenBytes else { return false }
        }
        return fdatasync(descriptor) == 0
    }

    private static func read(_ environment: OpaquePointer, _ offset: Int) -> [UInt8] {
        var descriptor: mdb_filehandle_t = -1
        guard unsafe mdb_env_get_fd(environment, &descriptor) == 0 else { return [] }
        return unsafe [UInt8](unsafeUninitializedCapacity: writtenBytes) { buffer, count in
            let got = unsafe pread(descriptor, buffer.baseAddress, writtenBytes, offset)
            count = max(got, 0)
        }
    }
}
