import Foundation

/// How many threads read.
enum Jobs {
    /// One for each core: the one that appends mostly waits for the disk.
    static var usual: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }
}
