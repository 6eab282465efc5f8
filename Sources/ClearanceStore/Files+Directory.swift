import Glibc

extension Files {
    /// Makes one directory and makes its name durable; its parent must exist.
    ///
    /// - Throws: `.alreadyExists`, `.notFound`, `.notADirectory`, `.permissionDenied`, `.io`.
    public static func makeDirectory(
        _ path: String, mode: UInt32 = directoryMode
    ) throws(StoreError) {
        guard unsafe mkdir(path, mode) == 0 else {
            throw .system("make a directory", path: path, errno: errno)
        }
        try syncDirectory(parent(of: path))
    }

    /// The names in a directory without "." and "..", sorted by their bytes.
    ///
    /// - Throws: `.notFound`, `.notADirectory`, `.permissionDenied`, `.io`.
    public static func list(_ path: String) throws(StoreError) -> [String] {
        guard let directory = unsafe opendir(path) else {
            throw .system("list a directory", path: path, errno: errno)
        }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(directory) else { break }
            // By pointer: copying the entry would read past a name that is shorter than its field.
            let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let text = unsafe UnsafeRawPointer(entry).advanced(by: offset)
            let name = unsafe String(cString: text.assumingMemoryBound(to: CChar.self))
            if name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else {
            throw .system("list a directory", path: path, errno: errno)
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Removes a directory and everything in it; links are removed, not followed.
    ///
    /// Only for what can be made anew, was never finished, or stands elsewhere by now: whoever
    /// calls it has made sure that nothing names it.
    ///
    /// - Throws: `.permissionDenied`, `.io`; harmless when there is nothing of that name.
    public static func removeTree(_ path: String) throws(StoreError) {
        // Directories are emptied in the order they are found and removed in the reverse one.
        var directories = [path]
        var next = 0
        guard exists(path) else { return }
        guard isDirectory(path) else { return try remove(path) }
        while next < directories.count {
            let directory = directories[next]
            next += 1
            for name in try list(directory) {
                let child = directory + "/" + name
                if isDirectory(child) { directories.append(child) } else { try remove(child) }
            }
        }
        for directory in directories.reversed() {
            guard unsafe rmdir(directory) == 0 else {
                throw .system("remove a directory", path: directory, errno: errno)
            }
        }
    }

    /// Refuses a file or directory of which a part may not be read, naming the first. Links are
    /// looked at where they lead, and the first is gone into; what goes away meanwhile is passed
    /// over, and so is what a file system of its own keeps for itself.
    ///
    /// - Throws: `.permissionDenied`, `.io`.
    public static func checkReadable(_ path: String) throws(StoreError) {
        var places = [path]
        while let place = places.popLast() {
            let isFolder = isDirectory(place) || place == path && isDirectory(place + "/.")
            // By the rights that opening goes by; a pipe would be waited for.
            guard unsafe faccessat(AT_FDCWD, place, isFolder ? R_OK | X_OK : R_OK, AT_EACCESS) == 0
            else {
                if errno == ENOENT { continue }
                throw .system("look into what must be read", path: place, errno: errno)
            }
            guard isFolder else { continue }
            do throws(StoreError) {
                places += try list(place).filter { $0 != "lost+found" }.map { place + "/" + $0 }
            } catch {
                guard error.code == .notFound else { throw error }
            }
        }
    }

    /// Makes the names in a directory durable.
    ///
    /// - Throws: `.notFound`, `.notADirectory`, `.permissionDenied`, `.io`.
    public static func syncDirectory(_ path: String) throws(StoreError) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw .system("open a directory", path: path, errno: errno)
        }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else {
            // Also for want of room: nobody knows which names are on the disk.
            throw StoreError(.io, "flush a directory", path: path, underlying: errno)
        }
    }

    /// Copies one file's content under a new name, flushed when it returns.
    ///
    /// - Throws: `.alreadyExists`; `.notFound`, `.permissionDenied`, `.diskFull`, `.io`, and then a
    ///   part of the copy may be there.
    public static func copy(_ path: String, to target: String) throws(StoreError) {
        guard !exists(target) else {
            throw StoreError(.alreadyExists, "copy to a name that is taken", path: target)
        }
        let copy = try ByteFile(target, .append)
        try withPieces(path, pieceBytes: 1 << 20) { (piece) throws(StoreError) in
            try copy.append(piece)
        }
        try copy.sync()
    }

    /// Whether a directory, itself and not by a link, has that name.
    public static func isDirectory(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Whether a regular file has that name, links followed.
    public static func isFile(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    }

    /// The device and inode of a directory, links followed.
    static func directoryIdentity(_ path: String) throws(StoreError) -> FileIdentity {
        let (identity, mode) = try identified(path)
        guard mode & S_IFMT == S_IFDIR else {
            throw .system("open a directory", path: path, errno: ENOTDIR)
        }
        return identity
    }

    /// The device and inode of a file, links followed.
    static func identity(_ path: String) throws(StoreError) -> FileIdentity {
        try identified(path).identity
    }

    private static func identified(
        _ path: String
    ) throws(StoreError) -> (identity: FileIdentity, mode: mode_t) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else {
            throw .system("open a directory", path: path, errno: errno)
        }
        let identity = FileIdentity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
        return (identity, status.st_mode)
    }

    /// The directory that holds the last name of a path.
    public static func parent(of path: String) -> String {
        var bytes = Array(path.utf8)
        while bytes.count > 1 && bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
        guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
    }
}
