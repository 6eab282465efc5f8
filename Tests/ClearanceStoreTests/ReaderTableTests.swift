import ClearanceStore
import Glibc
import Testing

@Suite struct `The reader table` {
    private let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Makes every file of a folder readable by all and writable by none, and this process a user
    /// without rights over them.
    static func dropRights(over directory: String) throws {
        for name in try Files.list(directory) { allow(0o444, directory + "/" + name) }
        allow(0o555, directory)
        // For the administrator nothing is forbidden.
        if geteuid() == 0 { _ = (setegid(65_534), seteuid(65_534)) }
    }

    static func regainRights(over directory: String) {
        if getuid() == 0 { _ = (seteuid(0), setegid(0)) }
        allow(0o755, directory)
    }

    static func allow(_ mode: UInt32, _ path: String) { unsafe chmod(path, mode) }

    @Test func `holds hundreds of readers by default`() throws {
        let environment = try scratch.environment()
        let snapshots = try (0..<1_000).map { _ in try Snapshot(environment) }
        #expect(try environment.readers().filter { $0.transaction != nil }.count == 1_000)
        #expect(snapshots.count == 1_000)
    }

    @Test func `shows what a reader that looks at an old commit costs`() throws {
        let environment = try scratch.environment()
        let table = try environment.table("t")
        let rows = (0..<2_000).map { ("key-\($0)", String(repeating: "v", count: 100)) }
        try environment.fill(table, rows)
        let before = try environment.lastCommit()
        let snapshot = try Snapshot(environment)
        #expect(snapshot.transactionID == before)
        #expect(try environment.pagesHeld(since: before) == 0)
        for _ in 0..<5 { try environment.fill(table, rows) }
        #expect(try environment.lastCommit() == before + 5)
        // Each commit writes every leaf anew and frees the one before it.
        let pages = try environment.pagesHeld(since: before)
        #expect(pages > 5 * 2_000 * 108 / 4_096)
        let used = try environment.mapUsedBytes
        snapshot.reset()
        for _ in 0..<5 { try environment.fill(table, rows) }
        // What was held is used again: the file hardly grows any more.
        #expect(try environment.mapUsedBytes - used < pages * 4_096 / 4)
    }

    @Test func `is done without where it cannot be written`() async throws {
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            let writer = try scratch.environment()
            let table = try writer.table("t")
            try writer.fill(table, [("a", "1")])
            writer.close()
            Self.allow(0o755, scratch.path)
            let directory = scratch.file("env")
            try Self.dropRights(over: directory)
            do {
                let reader = try scratch.environment(readOnly: true)
                #expect(reader.isUnlocked)
                let found = try reader.table("t")
                #expect(try reader.beginRead().text(found, "a") == "1")
                #expect(try reader.readers().isEmpty)
                let refused = storeError { () throws(StoreError) in
                    _ = try scratch.environment("other")
                }
                #expect(refused?.code == .permissionDenied)
            }
            Self.regainRights(over: directory)
        }
    }

    @Test func `is missed when somebody writes beside a reader without a slot`() async throws {
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            Self.allow(0o755, scratch.path)
            for name in ["env", "later"] {
                let environment = try scratch.environment(name)
                try environment.fill(environment.table("t"), [("a", "1")])
                if name == "later" { try environment.fill(environment.table("t"), [("a", "2")]) }
                environment.close()
            }
            let later = try Files.read(scratch.file("later/data.mdb"), limit: 1 << 20)
            let directory = scratch.file("env")
            try Self.dropRights(over: directory)
            let reader = try scratch.environment(readOnly: true)
            let snapshot = try Snapshot(reader)
            Self.regainRights(over: directory)
            Self.allow(0o600, directory + "/data.mdb")
            // What a writer under another name for the same folder would do.
            try ByteFile(directory + "/data.mdb", .update).write(at: 0, later.span)
            let begun = storeError { () throws(StoreError) in _ = try reader.beginRead() }
            #expect(begun?.code == .invalid)
            let refreshed = storeError { () throws(StoreError) in try snapshot.refresh() }
            #expect(refreshed?.code == .invalid)
        }
    }
}
