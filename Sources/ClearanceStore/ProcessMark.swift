import Glibc
import Synchronization

/// Remembers the process that made it, so that a forked copy is told from the one that opened
/// the files.
///
/// A child of `fork` has the memory of its parent, but neither its threads nor its locks: ending
/// a transaction there would free the parent's reader slot, and closing would free all of them. So
/// in a child everything that the parent opened refuses to work, and lets go of nothing.
public struct ProcessMark: Sendable, Hashable {
    // A count of forks and no process id: asking the system for that costs a call each time.
    private static let forks = Atomic<UInt>(0)
    private static let watching = pthread_atfork(
        nil, nil, { ProcessMark.forks.add(1, ordering: .relaxed) })

    private let made: UInt

    /// Marks the present process.
    public init() {
        _ = Self.watching
        made = Self.forks.load(ordering: .relaxed)
    }

    /// Whether the process is still the one that made the mark. Cost: one load.
    public var isThis: Bool { made == Self.forks.load(ordering: .relaxed) }

    /// Refuses to go on in a forked child.
    ///
    /// - Throws: `.forked`.
    public func check(_ what: String, path: String) throws(StoreError) {
        guard isThis else { throw StoreError(.forked, what, path: path) }
    }
}
