import Glibc

extension Files {
    /// Whether a file lies in a directory or anywhere below it, links followed.
    ///
    /// - Throws: `.notFound` when either does not exist; `.permissionDenied`, `.io`.
    public static func isInside(_ path: String, _ directory: String) throws(StoreError) -> Bool {
        let (inner, outer) = (try realPath(path), try realPath(directory))
        return inner == outer || inner.hasPrefix(outer == "/" ? outer : outer + "/")
    }

    /// The path without links, `.` and `..`.
    private static func realPath(_ path: String) throws(StoreError) -> String {
        guard let found = unsafe Glibc.realpath(path, nil) else {
            throw .system("find a file", path: path, errno: errno)
        }
        defer { unsafe free(found) }
        return unsafe String(cString: found)
    }

    /// Makes a file that must not exist yet, with its mode from the first moment: for secrets.
    ///
    /// - Throws: `.alreadyExists`, `.notFound`, `.permissionDenied`, `.diskFull`, `.io`; then
    ///   nothing of that name is left.
    public static func create(
        _ path: String, _ bytes: Span<UInt8>, mode: UInt32 = fileMode
    ) throws(StoreError) {
        let made = unsafe Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard made >= 0 else { throw .system("make a file", path: path, errno: errno) }
        Glibc.close(made)
        do throws(StoreError) {
            let file = try ByteFile(path, .update)
            try file.write(at: 0, bytes)
            try file.sync()
            try syncDirectory(parent(of: path))
        } catch {
            _ = unsafe unlink(path)
            throw error
        }
    }
}
