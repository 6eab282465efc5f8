import ArgumentParser
import Foundation

/// How many threads read.
enum Jobs {
    /// One for each core: the one that appends mostly waits for the disk.
    static var usual: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

    /// Throws a usage error for a number that makes no sense.
    static func check(_ jobs: Int) throws {
        guard (1...InputLimits.jobs).contains(jobs) else {
            throw ValidationError("--jobs lies between 1 and \(InputLimits.jobs)")
        }
    }
}
