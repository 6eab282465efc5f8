import CLMDB
import Glibc

extension Environment {
    /// The table of the one row that says how the files were written.
    static let formatTable = "~format"

    /// The layout of this room's own row; raised when the row itself changes.
    static let rowVersion: UInt32 = 1

    private static let formatKey: [UInt8] = [0x66]

    /// Writes the format row into a new environment, or compares it with an existing one.
    func checkFormat(_ format: UInt32) throws(StoreError) {
        // Somebody else's environment: looked at before anything is made in it.
        if try hasTables(),
            try openHandle(Self.formatTable, flags: UInt32(MDB_RDONLY), create: false) == nil
        {
            throw StoreError(
                .formatMismatch, "open a foreign environment, without a format row",
                path: directory)
        }
        let table: Table
        do throws(StoreError) {
            table = try openTable(Self.formatTable)
        } catch  where error.code == .notFound {
            throw StoreError(
                .formatMismatch, "open an environment without a format row", path: directory)
        }
        let wanted = Self.formatRow(format)
        let found = try read { (transaction) throws(StoreError) in
            try transaction.value(in: table, key: Self.formatKey.span)
        }
        if let found { return try compare(found, wanted) }
        guard !options.readOnly else {
            throw StoreError(
                .formatMismatch, "open an environment without a format row", path: directory)
        }
        var transaction = try WriteTransaction(self)
        // Looked at again in the writer's turn: another process may have made the row meanwhile.
        if let found = try transaction.value(in: table, key: Self.formatKey.span) {
            return try compare(found, wanted)
        }
        try transaction.put(in: table, key: Self.formatKey.span, value: wanted.span)
        try transaction.finish()
    }

    private func hasTables() throws(StoreError) -> Bool {
        try enter("look for tables")
        defer { leave() }
        var stat = MDB_stat()
        unsafe mdb_env_stat(pointer, &stat)
        return stat.ms_entries > 0
    }

    /// Writes both meta pages once more as they are read, and flushes them.
    ///
    /// A flush that failed may have dropped a page that the kernel goes on showing. With one flush
    /// a commit that can be the meta page of the last commit; the next ones would use pages of the
    /// commits that the disk still names.
    ///
    /// - Throws: `.io`: nobody knows what is on the disk, and writing ends until the environment
    ///   is opened again; `.closed`. Cost: one flush.
    @available(*, noasync, message: "a write transaction belongs to one thread")
    public func renewMetas() throws(StoreError) {
        try enter("write the meta pages again")
        defer { leave() }
        guard unsafe MetaGuard.renew(pointer) else {
            endWriting()
            throw StoreError(.io, "write the meta pages again", path: directory)
        }
    }

    /// Makes what is read durable, then commits twice without changing anything, so that both meta
    /// pages are of commits that are durable, with all their pages.
    ///
    /// For an environment that was written with one flush a commit and not closed: its last meta
    /// page may never have reached the disk though it is read, and the trees of the older one may
    /// be overwritten in part.
    ///
    /// - Throws: as a commit does. Cost: four flushes.
    @available(*, noasync, message: "a write transaction belongs to one thread")
    public func renew() throws(StoreError) {
        try renewMetas()
        let table = try openTable(Self.formatTable)
        for _ in 0..<2 {
            var transaction = try WriteTransaction(self)
            guard let row = try transaction.value(in: table, key: Self.formatKey.span) else {
                throw StoreError(.corrupted, "read the format row", path: directory)
            }
            try transaction.put(in: table, key: Self.formatKey.span, value: row.span)
            try transaction.finish()
        }
        try sync()
    }

    /// Magic, byte order (written natively), page size, row version, the caller's format.
    private static func formatRow(_ format: UInt32) -> [UInt8] {
        var row = [UInt8]("CLSTORE1".utf8)
        // Native order on purpose: the other kind of machine would have written 4, 3, 2, 1.
        let isBig = UInt32(1).bigEndian == 1
        row.append(contentsOf: isBig ? [1, 2, 3, 4] : [4, 3, 2, 1])
        for number in [UInt32(getpagesize()), rowVersion, format] {
            row.append(contentsOf: BigEndian.bytes(number))
        }
        return row
    }

    private func compare(_ found: [UInt8], _ wanted: [UInt8]) throws(StoreError) {
        if found == wanted { return }
        let code: StoreError.Code
        if found.count != wanted.count || found[..<8] != wanted[..<8] {
            code = .formatMismatch
        } else if found[8..<12] != wanted[8..<12] {
            code = .endiannessMismatch
        } else if found[12..<16] != wanted[12..<16] {
            code = .pageSizeMismatch
        } else {
            code = .formatMismatch
        }
        let known = BigEndian.uint32(wanted.span, at: 20)
        guard found.count == wanted.count else {
            throw StoreError(
                code,
                "open an environment with a foreign format row, where format \(known) was"
                    + " expected", path: directory)
        }
        let version = BigEndian.uint32(found.span, at: 20)
        throw StoreError(
            code, "open an environment of format \(version) by a program of format \(known)",
            path: directory)
    }
}
