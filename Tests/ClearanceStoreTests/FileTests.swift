import Glibc
import Testing

@testable import ClearanceStore

@Suite struct `The files` {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `are written whole, replaced whole and read back`() throws {
        let path = scratch.file("small")
        try Files.writeAtomically(path, bytes("one").span)
        try Files.writeAtomically(path, bytes("two!").span)
        #expect(try Files.read(path, limit: 4) == bytes("two!"))
        #expect(try Files.size(path) == 4)
        #expect(try Files.list(scratch.path) == ["small"])
        #expect(
            storeError { () throws(StoreError) in
                _ = try Files.read(path, limit: 3)
            }?.code == .tooLarge)
    }

    @Test func `of the kernel tell no size and are read all the same`() throws {
        let path = "/proc/sys/kernel/random/boot_id"
        #expect(try Files.size(path) == 0)
        #expect(try Files.read(path, limit: 64).count == 37)
        #expect(
            storeError { () throws(StoreError) in
                _ = try Files.read(path, limit: 20)
            }?.code == .tooLarge)
    }

    @Test func `are made for their owner alone`() throws {
        try Files.writeAtomically(scratch.file("f"), bytes("x").span)
        _ = try ByteFile(scratch.file("g"), .append)
        try Files.makeDirectory(scratch.file("d"))
        for (name, mode) in [("f", 0o600), ("g", 0o600), ("d", 0o700)] as [(String, UInt32)] {
            var status = stat()
            #expect(unsafe stat(scratch.file(name), &status) == 0)
            #expect(status.st_mode & 0o777 == mode)
        }
    }

    @Test func `say why they cannot be read, with the path`() throws {
        let missing = scratch.file("missing")
        let error = storeError { () throws(StoreError) in
            _ = try Files.read(missing, limit: 1)
        }
        #expect(error?.code == .notFound)
        #expect(error?.path == missing)
        #expect(error?.underlying == ENOENT)
        #expect(error.map { "\($0)" }?.contains("No such file") == true)
        #expect(
            storeError { () throws(StoreError) in _ = try Files.list(missing) }?.code
                == .notFound)
        #expect(
            storeError { () throws(StoreError) in
                try Files.makeDirectory(scratch.path)
            }?.code == .alreadyExists)
        try Files.writeAtomically(scratch.file("f"), bytes("x").span)
        #expect(
            storeError { () throws(StoreError) in
                try Files.makeDirectory(scratch.file("f/d"))
            }?.code == .notADirectory)
        #expect(
            storeError { () throws(StoreError) in
                _ = try ByteFile("/dev/full", .append).append(bytes("x").span)
            }?.code == .diskFull)
    }

    @Test func `are listed in the order of their bytes`() throws {
        for name in ["b", "a", "B", "é", ".hidden", "a0"] {
            try Files.writeAtomically(scratch.file(name), bytes("").span)
        }
        #expect(try Files.list(scratch.path) == [".hidden", "B", "a", "a0", "b", "é"])
    }

    @Test func `are renamed, and a full directory is not replaced`() throws {
        try Files.makeDirectory(scratch.file("new"))
        try Files.writeAtomically(scratch.file("new/f"), bytes("x").span)
        try Files.rename(scratch.file("new"), to: scratch.file("ledger"))
        #expect(Files.exists(scratch.file("ledger/f")))
        try Files.makeDirectory(scratch.file("again"))
        #expect(
            storeError { () throws(StoreError) in
                try Files.rename(scratch.file("again"), to: scratch.file("ledger"))
            }?.code == .alreadyExists)
    }

    @Test func `of a tree are removed, links not followed`() throws {
        try Files.writeAtomically(scratch.file("kept"), bytes("x").span)
        try Files.makeDirectory(scratch.file("tree"))
        try Files.makeDirectory(scratch.file("tree/deep"))
        try Files.writeAtomically(scratch.file("tree/deep/f"), bytes("x").span)
        #expect(unsafe symlink(scratch.path, scratch.file("tree/link")) == 0)
        try Files.removeTree(scratch.file("tree"))
        try Files.removeTree(scratch.file("tree"))
        #expect(try Files.list(scratch.path) == ["kept"])
        try Files.remove(scratch.file("kept"))
        try Files.remove(scratch.file("kept"))
    }

    @Test func `are mapped whole or from the beginning, and show what is written later`() throws {
        let path = scratch.file("mapped")
        let file = try ByteFile(path, .update)
        #expect(
            storeError { () throws(StoreError) in _ = try MappedFile(path) }?.code == .corrupted)
        try file.write(at: 0, [UInt8](repeating: 1, count: 10_000).span)
        let (whole, part) = (try MappedFile(path), try MappedFile(path, limit: 8_192))
        #expect(whole.count == 10_000 && part.count == 8_192)
        #expect(try MappedFile(path, limit: 20_000).count == 10_000)
        try file.write(at: 8_190, bytes("ab").span)
        let seen = part.bytes(8_188..<8_192)
        #expect(seen.indices.map { seen[$0] } == [1, 1] + bytes("ab"))
    }

    @Test func `are appended to, and read in pieces`() throws {
        let path = scratch.file("rejects")
        let file = try ByteFile(path, .append)
        try file.append(bytes("abc").span)
        try file.append(bytes("defg").span)
        try file.sync()
        let second = try ByteFile(path, .append)
        try second.append(bytes("h").span)
        var pieces: [String] = []
        try Files.withPieces(path, pieceBytes: 3) { piece in
            pieces.append(String(decoding: Array(piece), as: UTF8.self))
        }
        #expect(pieces == ["abc", "def", "gh"])
        #expect(try file.size() == 8)
        #expect(try file.read(at: 6, count: 10) == bytes("gh"))
    }

    @Test func `are written and read at offsets`() throws {
        let file = try ByteFile(scratch.file("slots"), .update)
        try file.write(at: 64, bytes("two").span)
        try file.write(at: 0, bytes("zero").span)
        #expect(try file.size() == 67)
        #expect(try file.read(at: 64, count: 3) == bytes("two"))
        try file.truncate(to: 4)
        #expect(try file.read(at: 0, count: 100) == bytes("zero"))
    }
}

@Suite struct `A file lock` {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `is refused to a second holder, with the first one's id`() throws {
        let path = scratch.file("lock")
        let first = try FileLock(path)
        let error = storeError { () throws(StoreError) in _ = try FileLock(path) }
        #expect(error?.code == .lockedByAnotherProcess)
        #expect(error?.holder == getpid())
        #expect(error.map { "\($0)" }?.contains("\(getpid())") == true)
        #expect(try FileLock.holder(path) == getpid())
        first.release()
        first.release()
        #expect(try FileLock.holder(path) == nil)
        #expect(try Files.size(path) == 0)
        _ = try FileLock(path)
    }

    @Test func `ends with the object`() throws {
        let path = scratch.file("lock")
        #expect(try FileLock.holder(path) == nil)
        _ = try FileLock(path)
        #expect(try FileLock.holder(path) == nil)
        _ = try FileLock(path)
    }

    @Test func `is not dropped when the file is read and closed`() throws {
        let path = scratch.file("lock")
        let lock = try FileLock(path)
        _ = try Files.read(path, limit: 32)
        #expect(
            storeError { () throws(StoreError) in _ = try FileLock(path) }?.code
                == .lockedByAnotherProcess)
        lock.release()
    }

    @Test func `is refused to another process, and freed when the holder dies`() async throws {
        let path = "/tmp/clearance-store-lock-\(getpid())"
        defer { try? Files.remove(path) }
        let lock = try FileLock(path)
        await #expect(processExitsWith: .exitCode(7)) {
            do throws(StoreError) {
                _ = try FileLock("/tmp/clearance-store-lock-\(getppid())")
            } catch {
                _exit(error.holder == getppid() ? 7 : 8)
            }
        }
        lock.release()
        await #expect(processExitsWith: .exitCode(7)) {
            let held = try FileLock("/tmp/clearance-store-lock-\(getppid())")
            withExtendedLifetime(held) { _exit(7) }
        }
        #expect(try FileLock.holder(path) == nil)
        _ = try FileLock(path)
    }
}
