import CLMDB
import ClearanceStore
import Glibc
import Testing

@Suite struct `An environment` {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    @Test func `keeps its rows over closing and opening again`() throws {
        let first = try scratch.environment()
        try first.fill(first.table("t"), [("a", "1"), ("b", "2")])
        first.close()
        let second = try scratch.environment()
        let table = try second.table("t")
        #expect(try second.read { (t) throws(StoreError) in try t.text(table, "b") } == "2")
    }

    @Test func `is opened once in a process, whatever path leads to it`() throws {
        let first = try scratch.environment()
        #expect(
            storeError { () throws(StoreError) in _ = try scratch.environment() }?.code
                == .alreadyOpenInProcess)
        #expect(unsafe symlink(scratch.file("env"), scratch.file("link")) == 0)
        #expect(
            storeError { () throws(StoreError) in _ = try scratch.environment("link") }?.code
                == .alreadyOpenInProcess)
        first.close()
        _ = try scratch.environment("link")
    }

    @Test func `is left by going out of scope`() throws {
        _ = try scratch.environment()
        _ = try scratch.environment()
    }

    @Test func `refuses another format version`() throws {
        try scratch.environment(format: 1).close()
        let error = storeError { () throws(StoreError) in
            _ = try scratch.environment(format: 2)
        }
        #expect(error?.code == .formatMismatch)
        #expect(error?.path == scratch.file("env"))
        #expect(error?.what == "open an environment of format 1 by a program of format 2")
        _ = try scratch.environment(format: 1)
    }

    @Test func `refuses somebody else's environment, and makes nothing in it`() throws {
        let directory = scratch.file("env")
        try Files.makeDirectory(directory)
        var made: OpaquePointer?
        #expect(unsafe mdb_env_create(&made) == 0)
        guard let foreign = unsafe made else { return }
        unsafe mdb_env_set_maxdbs(foreign, 4)
        #expect(unsafe mdb_env_open(foreign, directory, 0, 0o600) == 0)
        var transaction: OpaquePointer?
        var table: MDB_dbi = 0
        #expect(unsafe mdb_txn_begin(foreign, nil, 0, &transaction) == 0)
        #expect(unsafe mdb_dbi_open(transaction, "theirs", UInt32(MDB_CREATE), &table) == 0)
        #expect(unsafe mdb_txn_commit(transaction) == 0)
        unsafe mdb_env_close(foreign)
        let before = try Files.read(directory + "/data.mdb", limit: 1 << 20)
        for readOnly in [false, true] {
            let error = storeError { () throws(StoreError) in
                _ = try scratch.environment(readOnly: readOnly)
            }
            #expect(error?.code == .formatMismatch)
        }
        #expect(try Files.read(directory + "/data.mdb", limit: 1 << 20) == before)
    }

    @Test func `read-only sees the rows, writes nothing and makes nothing`() throws {
        #expect(
            storeError { () throws(StoreError) in
                _ = try scratch.environment(readOnly: true)
            }?.code == .notFound)
        #expect(!Files.exists(scratch.file("env")))
        let writable = try scratch.environment()
        try writable.fill(writable.table("t"), [("a", "1")])
        writable.close()
        let readOnly = try scratch.environment(readOnly: true)
        let table = try readOnly.table("t")
        #expect(try readOnly.beginRead().text(table, "a") == "1")
        #expect(
            storeError { () throws(StoreError) in _ = try readOnly.table("u") }?.code
                == .notFound)
        #expect(
            storeError { () throws(StoreError) in _ = try readOnly.beginWrite() }?.code
                == .readOnly)
    }

    @Test func `an empty directory is not found when opened for reading`() throws {
        try Files.makeDirectory(scratch.file("env"))
        #expect(
            storeError { () throws(StoreError) in
                _ = try scratch.environment(readOnly: true)
            }?.code == .notFound)
    }

    @Test func `says what is wrong with the directory`() throws {
        #expect(
            storeError { () throws(StoreError) in
                _ = try scratch.environment("missing/env")
            }?.code == .notFound)
        try Files.writeAtomically(scratch.file("file"), bytes("x").span)
        #expect(
            storeError { () throws(StoreError) in _ = try scratch.environment("file") }?.code
                == .notADirectory)
    }

    @Test(.enabled(if: geteuid() != 0, "root may do everything"))
    func `says that access is refused`() throws {
        try scratch.environment().close()
        #expect(unsafe chmod(scratch.file("env/data.mdb"), 0) == 0)
        #expect(
            storeError { () throws(StoreError) in _ = try scratch.environment() }?.code
                == .permissionDenied)
    }

    @Test func `refuses more tables than promised`() throws {
        let environment = try scratch.environment()
        for name in ["a", "b", "c", "d"] { _ = try environment.table(name) }
        #expect(
            storeError { () throws(StoreError) in _ = try environment.table("e") }?.code
                == .tablesFull)
        #expect(try environment.table("a") == environment.table("a"))
    }

    @Test func `refuses everything after close, but lets open readers finish`() throws {
        let environment = try scratch.environment()
        let table = try environment.table("t")
        try environment.fill(table, [("a", "1")])
        do {
            let reader = try environment.beginRead()
            environment.close()
            environment.close()
            #expect(try reader.text(table, "a") == "1")
            #expect(
                storeError { () throws(StoreError) in _ = try environment.beginRead() }?.code
                    == .closed)
            #expect(
                storeError { () throws(StoreError) in try environment.sync() }?.code
                    == .closed)
            #expect(
                storeError { () throws(StoreError) in _ = try scratch.environment() }?.code
                    == .alreadyOpenInProcess)
        }
        _ = try scratch.environment()
    }

    @Test func `tells a full reader table`() throws {
        let environment = try scratch.environment(maxReaders: 2)
        let first = try Snapshot(environment)
        let second = try Snapshot(environment)
        #expect(
            storeError { () throws(StoreError) in _ = try environment.beginRead() }?.code
                == .readersFull)
        withExtendedLifetime((first, second)) {}
    }

    @Test func `lists its readers and measures itself`() throws {
        let environment = try scratch.environment()
        let snapshot = try Snapshot(environment)
        let readers = try environment.readers()
        #expect(readers == [.init(process: getpid(), transaction: snapshot.transactionID)])
        #expect(try environment.mapUsedBytes >= 8_192)
        try environment.sync()
        #expect(try environment.clearStaleReaders() == 0)
    }

    @Test func `clears the reader slot of a process that died`() async throws {
        // The dying process finds the directory by the number of its parent.
        let shared = "/tmp/clearance-store-stale-\(getpid())"
        let environment = try Environment(
            directory: shared, format: 1, options: StoreOptions(mapSize: 32 << 20))
        defer { try? Files.removeTree(shared) }
        await #expect(processExitsWith: .failure) {
            let other = try Environment(
                directory: "/tmp/clearance-store-stale-\(getppid())", format: 1,
                options: StoreOptions(mapSize: 32 << 20))
            let snapshot = try Snapshot(other)
            withExtendedLifetime(snapshot) { _exit(1) }
        }
        #expect(try environment.readers().count == 1)
        #expect(try environment.clearStaleReaders() == 1)
        #expect(try environment.readers().isEmpty)
    }

    @Test func `unsynced keeps its rows over an orderly close`() throws {
        let options = StoreOptions(mapSize: 32 << 20, durability: .unsynced)
        let first = try Environment(directory: scratch.file("s"), format: 3, options: options)
        try first.fill(first.table("t"), [("a", "1")])
        try first.sync()
        first.close()
        let second = try Environment(directory: scratch.file("s"), format: 3, options: options)
        let table = try second.table("t")
        #expect(try second.beginRead().text(table, "a") == "1")
    }
}
