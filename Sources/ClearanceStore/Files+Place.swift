import Glibc

extension Files {
    /// Whether a path leads to a directory or anywhere below it, links followed: by what stands
    /// there, so that two names of one directory are one.
    ///
    /// - Throws: `.notFound` when either does not exist; `.permissionDenied`, `.io`.
    public static func isInside(_ path: String, _ directory: String) throws(StoreError) -> Bool {
        let outer = try identity(directory)
        for place in folders(of: try absolute(path)) where try identity(place) == outer {
            return true
        }
        return false
    }

    /// The path from the root on as it stands, whatever becomes of the working directory: links and
    /// `..` stay, and nothing need be there.
    ///
    /// - Throws: `.notFound` when the working directory is gone; `.permissionDenied`.
    public static func fromRoot(_ path: String) throws(StoreError) -> String {
        if path.hasPrefix("/") { return path }
        guard let found = unsafe getcwd(nil, 0) else {
            throw .system("find the working directory", path: path, errno: errno)
        }
        defer { unsafe free(found) }
        let folder = unsafe String(cString: found)
        return folder == "/" ? "/" + path : folder + "/" + path
    }

    /// Takes the numbers of standard streams that are closed, for nothing that can be read or
    /// written: the next files that are opened would get them, and what a program says would be
    /// written into those. For its first line, before there are threads.
    public static func holdStandardStreams() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest number that is free.
            _ = unsafe open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
        }
    }

    /// Whether an open file is the one that a name leads to; false also when nothing has the name.
    ///
    /// - Throws: `.permissionDenied`, `.io`.
    public static func isNamed(_ path: String, open descriptor: Int32) throws(StoreError) -> Bool {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw .system("look at an open file", path: path, errno: errno)
        }
        let own = FileIdentity(device: UInt(status.st_dev), inode: UInt(status.st_ino))
        do throws(StoreError) { return try identity(path) == own } catch {
            guard error.code == .notFound else { throw error }
            return false
        }
    }

    /// The path from the root on, links followed as far as something is there, without `.` and
    /// `..`: where a file of that name lies or would lie.
    ///
    /// - Throws: `.permissionDenied`, `.io`.
    public static func resolved(_ path: String) throws(StoreError) -> String {
        var known = path.hasPrefix("/") ? path : "./" + path
        var missing: [Substring] = []
        while true {
            do throws(StoreError) {
                known = try absolute(known)
                break
            } catch {
                guard [.notFound, .notADirectory].contains(error.code), known != "/",
                    known != "."
                else {
                    throw error
                }
                missing += known.split(separator: "/").suffix(1)
                known = parent(of: known)
            }
        }
        if missing.isEmpty { return known }
        var names = known.split(separator: "/")
        let returns = missing.contains("..")
        for name in missing.reversed() where name != "." {
            if name == ".." { _ = names.popLast() } else { names.append(name) }
        }
        let whole = "/" + names.joined(separator: "/")
        // What stands behind a way back may be there again.
        return returns ? try resolved(whole) : whole
    }

    /// A path without the slashes behind its last name, which a name beside it could not follow.
    public static func trimmed(_ path: String) -> String {
        var name = Substring(path)
        while name.count > 1, name.hasSuffix("/") { name = name.dropLast() }
        return String(name)
    }

    /// Whether the last name of a path is a link.
    public static func isLink(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// A path without links and every folder that it lies in, the innermost first.
    public static func folders(of path: String) -> [String] {
        var places = [path]
        while let last = places.last, last != "/", last != "." { places.append(parent(of: last)) }
        return places
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
