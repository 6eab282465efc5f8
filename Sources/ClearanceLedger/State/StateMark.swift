import ClearanceStore

/// The file `state/boot`: in which boot of the machine the tables were last written, or that they
/// were closed. It carries a sum, so that a changed one is told from that of another boot.
enum StateMark {
    static let name = "boot"
    private static let heading = "clearance-state 1"
    private static let closed = "clean"
    /// A heading, 36 characters and a sum.
    private static let byteLimit = 128

    /// Notes that the tables in a directory are written in this boot from now on.
    static func setOpen(_ directory: String) throws(StoreError) {
        try write(try boot(), to: directory)
    }

    /// Notes that they are whole, and flushed.
    static func setClosed(_ directory: String) throws(StoreError) {
        try write(closed, to: directory)
    }

    /// Says nothing any more of what is there.
    static func remove(_ directory: String) { try? Files.remove(directory + "/" + name) }

    /// Whether the files were closed, or written since the machine was started: only then are they
    /// what was written, for who reads too.
    static func isOfThisBoot(_ directory: String) throws(StoreError) -> Bool {
        guard let seen = try text(of: directory) else { return false }
        if seen == closed { return true }
        let boot = try boot()
        return seen == boot
    }

    /// Whether there is a mark that is not as it was written.
    static func isDamaged(_ directory: String) throws(StoreError) -> Bool {
        guard Files.exists(directory + "/" + name) else { return false }
        return try text(of: directory) == nil
    }

    /// What the mark says; nil when there is none that was written so.
    private static func text(of directory: String) throws(StoreError) -> String? {
        var bytes: [UInt8] = []
        do throws(StoreError) {
            bytes = try Files.read(directory + "/" + name, limit: byteLimit)
        } catch {
            guard error.code == .notFound || error.code == .tooLarge else { throw error }
            return nil
        }
        guard let lines = SummedLines.lines(of: bytes, heading), lines.count == 1 else {
            return nil
        }
        return lines.first.map(String.init)
    }

    private static func boot() throws(StoreError) -> String {
        let bytes = try BootMark.current()
        return String(decoding: bytes.filter { $0 > 0x20 }, as: UTF8.self)
    }

    private static func write(_ text: String, to directory: String) throws(StoreError) {
        let bytes = SummedLines.bytes(heading, [text])
        try Files.writeAtomically(directory + "/" + name, bytes.span)
    }
}
