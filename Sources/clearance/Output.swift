import ClearanceInterchange
import Foundation
import Synchronization

/// Standard output, gathered into large writes, and standard error, line by line.
enum Output {
    private static let pending = Mutex<[UInt8]>([])
    /// Bytes gathered before they are written: one system call for a few hundred lines.
    private static let limit = 1 << 16

    /// Whether a person is looking at standard error, so that a bar may move there.
    static var showsProgress: Bool { isatty(2) == 1 }

    /// Whether a person is looking at standard output.
    static var isTerminal: Bool { isatty(1) == 1 }

    /// Writes a line to standard output.
    static func line(_ text: String = "") throws { try line(Array(text.utf8)) }

    /// Writes a line to standard output.
    static func line(_ bytes: [UInt8]) throws {
        let isFull = pending.withLock { pending in
            pending.append(contentsOf: bytes)
            pending.append(10)
            return pending.count >= limit
        }
        if isFull { try flush() }
    }

    /// Writes one JSON object as a line of standard output.
    static func json(_ body: (inout JSONWriter) -> Void) throws {
        var writer = JSONWriter()
        writer.object(body)
        try line(writer.bytes)
    }

    /// Hands everything gathered to the system; throws when it does not take it.
    static func flush() throws {
        let bytes = pending.withLock { pending in
            defer { pending.removeAll(keepingCapacity: true) }
            return pending
        }
        guard !bytes.isEmpty else { return }
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch { throw MachineFailure("standard output", error) }
    }

    /// Writes a line to standard error. A closed standard error silences it.
    static func say(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data((text + "\n").utf8))
    }

    /// Writes without a line feed to standard error: the moving bar.
    static func sayInPlace(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
