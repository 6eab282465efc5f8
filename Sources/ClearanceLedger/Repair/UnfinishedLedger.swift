import ClearanceStore
import Glibc

/// A ledger that is being made under another name, until it is whole and gets its own.
///
/// It may hold keys, so what a killed process left of one is removed by the next that makes a
/// ledger of the same name (`specs/backup.md`, restore). Whoever makes it holds its lock: that
/// tells the living from the dead, whatever became of their process numbers.
final class UnfinishedLedger {
    /// What it is made of.
    enum Source: String, Sendable, CaseIterable {
        /// Nothing: every ledger is begun so, restored and repaired ones too.
        case new
        /// A back-up.
        case restoring
        /// What is good of another ledger.
        case repairing
    }

    /// What such a directory can hold: of one with anything else nobody knows whose it is.
    static let parts: Set<String> = [
        "config", "disclosures", "head", "keys", "lock", "log", "origin", "state", "status",
    ]

    /// Where it lies until it is whole.
    let directory: String
    private let target: String
    /// Held from before anything else is in it until it has its name.
    private var lock: FileLock?

    /// Sweeps away what was left of others that were to have this name.
    ///
    /// - Throws: the machine's failures.
    init(_ source: Source, of given: String) throws(LedgerError) {
        target = Files.trimmed(given)
        directory = UnfinishedLedger.name(source, of: target)
        try UnfinishedLedger.sweep(target)
    }

    /// Makes it, without entries. Throws the machine's failures, and then nothing of it is left.
    func make(_ options: LedgerOptions) throws(LedgerError) {
        lock = try Ledger.create(directory, options: options)
        guard lock != nil else {
            throw LedgerError(.alreadyExists, "\(directory) is there already")
        }
    }

    /// Gives it its name.
    func finish() throws(LedgerError) {
        try storing { () throws(StoreError) in try Files.rename(directory, to: target) }
        // Only now: who sweeps takes one without a holder for a dead one's.
        lock?.release()
    }

    /// Removes it, once it was made: not what was asked for, and never a ledger that somebody could
    /// take for it.
    func abandon() {
        if lock != nil { try? Files.removeTree(directory) }
    }
}

extension UnfinishedLedger {
    /// A name for one: nobody else's, neither a thread's nor that of a process with the same number
    /// in another container, and none that a person would give.
    static func name(_ source: Source, of target: String) -> String {
        let drawn = String(UInt64.random(in: (1 << 60) ... .max), radix: 16)
        return "\(target).\(source.rawValue)-\(getpid())-\(drawn)"
    }

    /// Removes what killed processes left of ledgers that were to have a name.
    ///
    /// - Throws: what the machine refuses, naming the file.
    static func sweep(_ target: String) throws(LedgerError) {
        let folder = Files.parent(of: target)
        let base =
            target.hasPrefix(folder + "/") || folder == "/"
            ? String(target.dropFirst(folder == "/" ? 1 : folder.utf8.count + 1)) : target
        try storing { () throws(StoreError) in
            guard Files.exists(folder) else { return }
            for name in try Files.list(folder) where isUnfinished(name, base) {
                do throws(StoreError) { try sweep(place: folder + "/" + name) } catch {
                    // Its maker lives, or has given it its name since.
                    guard error.code == .lockedByAnotherProcess || error.code == .notFound else {
                        throw error
                    }
                }
            }
        }
    }

    /// Removes one whose lock names a process and is held by nobody: that process was killed. Who
    /// closes a ledger takes his number out, and before the lock is held there is nothing else.
    private static func sweep(place: String) throws(StoreError) {
        let path = place + "/lock"
        guard Files.isDirectory(place), try Files.list(place).allSatisfy(isPart),
            Files.isFile(path), try Files.size(path) > 0
        else { return }
        let lock = try FileLock(path)
        defer { lock.release() }
        guard lock.isInPlace else { return }
        try Files.removeTree(place)
    }

    /// Whether a name is that of a part of a ledger, or of one that was being written.
    private static func isPart(_ name: String) -> Bool {
        parts.contains(name.hasSuffix(".new") ? String(name.dropLast(4)) : name)
    }

    /// Whether ``name(_:of:)`` gives such names: a begun one that was to be filled is named twice.
    private static func isUnfinished(_ name: String, _ base: String) -> Bool {
        guard name.hasPrefix(base + ".") else { return false }
        let tags = name.dropFirst(base.count + 1).split(
            separator: ".", omittingEmptySubsequences: false)
        return tags.count <= 2
            && tags.allSatisfy { tag in
                let words = tag.split(separator: "-", omittingEmptySubsequences: false)
                return words.count == 3 && Source(rawValue: String(words[0])) != nil
                    && pid_t(words[1]) != nil && words[2].count == 16
                    && UInt64(words[2], radix: 16) != nil
            }
    }
}
