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
        /// A back-up.
        case restoring
        /// What is good of another ledger.
        case repairing
    }

    /// What such a directory can hold: of one with anything else nobody knows whose it is.
    private static let parts: Set<String> = [
        "config", "disclosures", "head", "keys", "lock", "log", "origin", "state", "status",
    ]

    /// Where it lies until it is whole.
    let directory: String
    private let target: String
    /// Held from when it is there until it is whole.
    private var lock: FileLock?

    /// Sweeps away what was left of others that were to have this name.
    ///
    /// - Throws: `alreadyExists`, naming it, when something is left that may be somebody's; the
    ///   machine's failures.
    init(_ source: Source, of given: String) throws(LedgerError) {
        target = Files.trimmed(given)
        directory = "\(target).\(source.rawValue)-\(getpid())"
        try UnfinishedLedger.sweep(target)
        try Ledger.checkFree(directory)
    }

    /// Makes it, without entries. Throws the machine's failures, and then nothing of it is left.
    func make(_ options: LedgerOptions) throws(LedgerError) {
        try Ledger.create(directory, options: options)
        do throws(StoreError) { lock = try FileLock(directory + "/lock") } catch {
            try? Files.removeTree(directory)
            throw LedgerError(error)
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
            for name in try Files.list(folder) {
                guard let maker = maker(of: name, base) else { continue }
                let place = folder + "/" + name
                guard Files.isDirectory(place) else { continue }
                let names = try Files.list(place)
                // One that was opened after it had been begun is a ledger, whatever its name.
                let isOpened = names.contains("state")
                guard names.allSatisfy(isPart), !(maker.isBegun && isOpened) else { continue }
                try sweep(place, of: maker.process, isOpened: isOpened)
            }
        }
    }

    /// Whether a name is that of a part of a ledger, or of one that was being written.
    private static func isPart(_ name: String) -> Bool {
        parts.contains(name.hasSuffix(".new") ? String(name.dropLast(4)) : name)
    }

    /// The name under which a ledger is begun, restored and repaired ones too: nobody else's,
    /// neither a thread's nor that of a process with the same number in another container.
    static func nameOfNew(_ target: String) -> String {
        "\(target).new-\(getpid())-\(UInt32.random(in: .min ... .max))"
    }

    /// The process that a name speaks of, and whether it is that of a ledger which was only begun;
    /// nil when it is none of an unfinished ledger.
    private static func maker(
        of name: String, _ base: String
    ) -> (process: pid_t, isBegun: Bool)? {
        for source in Source.allCases where name.hasPrefix("\(base).\(source.rawValue)-") {
            let rest = name.dropFirst("\(base).\(source.rawValue)-".count)
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            guard digits != rest else { return process(digits).map { ($0, false) } }
            return beginner(of: rest.dropFirst(digits.count)).map { ($0, true) }
        }
        guard name.hasPrefix(base) else { return nil }
        return beginner(of: name.dropFirst(base.count)).map { ($0, true) }
    }

    /// The process in what ``nameOfNew(_:)`` puts behind a name.
    private static func beginner(of rest: Substring) -> pid_t? {
        let parts = rest.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == ".new", UInt32(parts[2]) != nil else { return nil }
        return process(parts[1])
    }

    /// A number that a process can have; nil for any other, a day's for example.
    private static func process(_ digits: Substring) -> pid_t? {
        // PID_MAX_LIMIT of Linux on 64 bits.
        pid_t(digits).flatMap { (1...4_194_304).contains($0) ? $0 : nil }
    }

    /// Removes one that nobody makes any more.
    private static func sweep(
        _ place: String, of process: pid_t, isOpened: Bool
    ) throws(StoreError) {
        let path = place + "/lock"
        if Files.isFile(path), try Files.size(path) > 0 {
            // Its maker had the lock, and let go of it by dying.
            let lock: FileLock
            do throws(StoreError) { lock = try FileLock(path) } catch {
                guard error.code == .lockedByAnotherProcess else { throw error }
                return
            }
            defer { lock.release() }
            return try Files.removeTree(place)
        }
        // Its maker died before it had the lock, or is about to take it; or somebody closed it.
        guard !isOpened, kill(process, 0) != 0, errno == ESRCH else { return }
        try Files.removeTree(place)
    }
}
