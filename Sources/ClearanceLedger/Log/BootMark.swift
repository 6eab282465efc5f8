import ClearanceStore

/// The file `log/boot`: in which boot of the machine a ledger without flushes was last opened.
///
/// It is there as long as the files of the log may be ahead of the disk. Under another boot nobody
/// knows what of them the disk holds: parts may be missing that nothing refers to any more, so that
/// the rest would pass for the whole. Source: `specs/log.md`, durability.
struct BootMark: Sendable {
    static let name = "boot"
    private static let byteLimit = 64

    private let log: String
    private var path: String { log + "/" + BootMark.name }

    /// The mark of the log in a directory.
    init(log: String) { self.log = log }

    /// The machine's name of the time since it was started.
    static func current() throws(StoreError) -> [UInt8] {
        try Files.read("/proc/sys/kernel/random/boot_id", limit: byteLimit)
    }

    /// Whether the log may be ahead of the disk.
    var isSet: Bool { Files.exists(path) }

    /// Whether the machine went down while it was.
    func isLost() throws(StoreError) -> Bool {
        guard isSet else { return false }
        let boot = try BootMark.current()
        var seen: [UInt8] = []
        do throws(StoreError) {
            seen = try Files.read(path, limit: BootMark.byteLimit)
        } catch {
            // Another process closed the ledger meanwhile.
            if error.code == .notFound { return false }
            // The mark is none of this room's.
            if error.code == .tooLarge { return true }
            throw error
        }
        return seen != boot
    }

    /// Refuses a log of which nobody knows what the disk holds.
    func refuseLost() throws(LedgerError) {
        let isLost = try storing { () throws(StoreError) in try self.isLost() }
        guard isLost else { return }
        throw LedgerError(
            .powerLost,
            "\(log) was written without flushes, and the machine went down or a flush failed "
                + "before it was closed")
    }

    /// Says that the log is ahead of the disk from now on; durable when it returns.
    func set() throws(StoreError) {
        let boot = try BootMark.current()
        try Files.writeAtomically(path, boot.span)
    }

    /// Says that nobody knows any more what the disk holds: a flush failed, and one that succeeds
    /// later does not bring back what was dropped. Where every commit is flushed there is no mark.
    func setLost() {
        guard isSet else { return }
        try? Files.writeAtomically(path, Array("a flush failed".utf8).span)
    }

    /// Says that the disk has everything; durable when it returns.
    func clear() throws(StoreError) {
        try Files.remove(path)
        try Files.syncDirectory(log)
    }
}

extension EventLog {
    /// Says that commits are ahead of the disk from now on, when nothing is to be flushed; the last
    /// step of opening, so that one that fails, and wrote nothing to the log, leaves no mark.
    func markUnflushed() throws(LedgerError) {
        guard options.durability == .none else { return }
        try storing { () throws(StoreError) in try BootMark(log: self.directory).set() }
    }

    /// Flushes a log that was written without, by this opening or another of this boot, and takes
    /// its mark away; only for who holds it.
    ///
    /// - Parameter vault: the keys that its entries refer to, which are flushed before.
    func settle(_ vault: Vault?) throws(LedgerError) {
        let mark = BootMark(log: directory)
        guard mark.isSet else { return }
        do throws(LedgerError) { try vault?.flush() } catch {
            mark.setLost()
            throw error
        }
        try sync()
        try storing { () throws(StoreError) in try mark.clear() }
    }
}
