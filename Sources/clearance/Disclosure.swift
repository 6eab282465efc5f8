import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceStore
import Foundation
import Glibc

/// The trail of `--reveal`: one line for every command that showed personal values in clear.
enum Disclosure {
    /// Characters of a reason: those of the field that keeps it.
    private static let reasonLength = 1_000

    /// Where the lines wait until the process that holds the ledger takes them in.
    static func path(of ledger: Ledger) -> String {
        ledger.directory + "/" + DisclosureTrail.path
    }

    /// Writes the line before anything is shown; throws when it cannot be kept or the keys are
    /// not readable, and then nothing is shown. A reason without words is wrong use.
    static func record(
        _ reason: String, command: String, ledger: Ledger, position: UInt64
    ) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else {
            throw ValidationError("--reveal needs a reason")
        }
        guard reason.count <= reasonLength else {
            throw ValidationError("the reason of --reveal has at most \(reasonLength) characters")
        }
        let keys = ledger.directory + "/keys"
        guard ledger.hasKeys,
            FileManager.default.isReadableFile(atPath: keys + "/index.key")
        else { throw MachineFailure("\(keys): the keys are needed to reveal personal values") }
        // A free text may name a person: in a sealed ledger no file holds it in clear.
        let sealed = try ledger.sealing == .sealed ? ledger.sealedForTrail(reason) : nil
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("time", Clock.now.rfc3339)
            writer.member("command", command)
            if let sealed {
                writer.member("sealed", sealed)
            } else {
                writer.member("reason", reason)
            }
            writer.member("position", position)
        }
        try PrivateFile.makeDirectory(ledger.directory + "/disclosures")
        let file = try PrivateFile(path(of: ledger), truncates: false)
        // Whoever takes the trail in empties it: not between this line's place and its bytes.
        try file.lock()
        try file.cutTornEnd()
        try file.write(DisclosureTrail.line(writer.bytes))
        try file.close()
    }
}

/// A file that only its owner may read.
final class PrivateFile {
    let path: String
    private var handle: FileHandle

    /// Opens a file to write, made with mode 0600 when it is not there.
    init(_ path: String, truncates: Bool) throws {
        self.path = path
        do {
            handle = try PrivateFile.opened(path)
            if truncates {
                try handle.truncate(atOffset: 0)
            } else {
                try handle.seekToEnd()
            }
        } catch { throw MachineFailure(path, error) }
    }

    private static func opened(_ path: String) throws -> FileHandle {
        // Whoever only looks and makes it then may empty what another wrote meanwhile.
        try? Data().write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    }

    /// Goes on at the end of the file that stands under the name by now: an erasure puts another
    /// one there, and what is written to the old one is lost. Answers where; nil when it is the
    /// same.
    func follow() throws -> Int? {
        do {
            if try Files.isNamed(path, open: handle.fileDescriptor) { return nil }
            let fresh = try PrivateFile.opened(path)
            try handle.close()
            handle = fresh
            return Int(try handle.seekToEnd())
        } catch { throw MachineFailure(path, error) }
    }

    /// Waits until no other process holds the file, and goes to its end; closing lets go of it.
    func lock() throws {
        while flock(handle.fileDescriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw MachineFailure("\(path): cannot be locked") }
        }
        do { try handle.seekToEnd() } catch { throw MachineFailure(path, error) }
    }

    /// Cuts off the end of a trail that a crash tore: nothing was shown before its line was whole.
    func cutTornEnd() throws {
        do {
            let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
            var trail = DisclosureTrail()
            trail.take(bytes.span)
            trail.finish()
            guard trail.end < bytes.count else {
                // A changed line feed: the next line would go on with this one.
                guard bytes.isEmpty || bytes.last == 10 else {
                    throw MachineFailure("\(path): its last line is not what was written")
                }
                return
            }
            try handle.truncate(atOffset: UInt64(trail.end))
            try handle.seekToEnd()
        } catch let failure as MachineFailure {
            throw failure
        } catch { throw MachineFailure(path, error) }
    }

    /// Takes everything out.
    func empty() throws {
        do { try handle.truncate(atOffset: 0) } catch { throw MachineFailure(path, error) }
    }

    /// Appends bytes.
    func write(_ bytes: [UInt8]) throws {
        do { try handle.write(contentsOf: Data(bytes)) } catch { throw MachineFailure(path, error) }
    }

    /// Hands everything to the disk.
    func synchronize() throws {
        do { try handle.synchronize() } catch { throw MachineFailure(path, error) }
    }

    func close() throws {
        do {
            try handle.synchronize()
            try handle.close()
        } catch { throw MachineFailure(path, error) }
    }

    /// Makes a directory that only its owner may enter, when it is not there.
    static func makeDirectory(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700])
        } catch { throw MachineFailure(path, error) }
    }
}
