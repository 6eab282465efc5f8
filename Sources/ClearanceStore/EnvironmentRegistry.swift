import Synchronization

/// A directory's identity, whatever path leads to it.
struct FileIdentity: Hashable, Sendable {
    let device: UInt
    let inode: UInt
}

/// The environments that this process has open.
///
/// A second open of one directory would be worse than useless: closing either of the two drops
/// the POSIX locks of both, so the registry refuses it.
enum EnvironmentRegistry {
    private struct State {
        var open: Set<FileIdentity> = []
        var directories: [UInt64: String] = [:]
        var lastID: UInt64 = 0
    }

    private static let state = Mutex(State())

    /// Takes the directory and gives the environment a number that is never used again.
    static func enter(_ identity: FileIdentity, directory: String) -> UInt64? {
        state.withLock { state in
            guard state.open.insert(identity).inserted else { return nil }
            state.lastID += 1
            state.directories[state.lastID] = directory
            return state.lastID
        }
    }

    static func leave(_ identity: FileIdentity, id: UInt64) {
        state.withLock { state in
            state.open.remove(identity)
            state.directories[id] = nil
        }
    }

    /// The directory of an open environment, for error messages: the hot path carries no text.
    static func directory(of id: UInt64) -> String {
        state.withLock { $0.directories[id] ?? "" }
    }
}
