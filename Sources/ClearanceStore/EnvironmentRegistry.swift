import Synchronization

/// A file's or directory's identity, whatever path leads to it.
struct FileIdentity: Hashable, Sendable {
    let device: UInt
    let inode: UInt
}

/// The environments that this process has open.
///
/// A second open of one directory would be worse than useless: closing either of the two drops
/// the POSIX locks of both, so the registry refuses it. An environment is known by its data file,
/// which stays open, so that nothing else gets its number; the number of a directory that another
/// process removes may go to the next one that is made. Only while it is opened, when there may be
/// no data file yet, it is known by its directory.
enum EnvironmentRegistry {
    private struct State {
        var taken: Set<FileIdentity> = []
        var directories: [UInt64: String] = [:]
        var lastID: UInt64 = 0
    }

    private static let state = Mutex(State())

    /// Takes a file or directory; false when it is taken.
    static func take(_ identity: FileIdentity) -> Bool {
        state.withLock { $0.taken.insert(identity).inserted }
    }

    /// Gives a file or directory back.
    static func giveBack(_ identity: FileIdentity) {
        _ = state.withLock { $0.taken.remove(identity) }
    }

    /// Gives the environment in a directory a number that is never used again.
    static func enter(directory: String) -> UInt64 {
        state.withLock { state in
            state.lastID += 1
            state.directories[state.lastID] = directory
            return state.lastID
        }
    }

    /// Forgets an environment and its data file.
    static func leave(_ identity: FileIdentity, id: UInt64) {
        state.withLock { state in
            state.taken.remove(identity)
            state.directories[id] = nil
        }
    }

    /// The directory of an open environment, for error messages: the hot path carries no text.
    static func directory(of id: UInt64) -> String {
        state.withLock { $0.directories[id] ?? "" }
    }
}
