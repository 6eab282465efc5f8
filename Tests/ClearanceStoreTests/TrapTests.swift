import ClearanceStore
import Glibc
import Testing

@Suite struct `A programmer's error traps` {
    /// Opens an environment whose files vanish with the process, which will not tidy up.
    private static func open() throws -> (environment: Environment, table: Table) {
        let scratch = try Scratch()
        let environment = try scratch.environment()
        let table = try environment.table("t")
        try Files.removeTree(scratch.path)
        return (environment, table)
    }

    /// Ends the process well when the body throws, so that only a trap is a failure.
    private static func expectingTrap(_ body: () throws -> Void) {
        do { try body() } catch { exit(EXIT_SUCCESS) }
    }

    /// Does something while this thread holds the write transaction.
    private static func inside(
        _ environment: Environment, _ body: () throws(StoreError) -> Void
    ) throws(StoreError) {
        let transaction = try environment.beginWrite()
        try body()
        try transaction.commit()
    }

    @Test func `a key of 512 bytes`() async {
        await #expect(processExitsWith: .failure) {
            Self.expectingTrap {
                let (environment, table) = try Self.open()
                let key = [UInt8](repeating: 1, count: 512)
                _ = try environment.beginRead().value(in: table, key: key.span)
            }
        }
    }

    @Test func `an empty key`() async {
        await #expect(processExitsWith: .failure) {
            Self.expectingTrap {
                let (environment, table) = try Self.open()
                try environment.fill(table, [("", "x")])
            }
        }
    }

    @Test func `a table of another environment`() async {
        await #expect(processExitsWith: .failure) {
            Self.expectingTrap {
                let (environment, _) = try Self.open()
                let (_, foreign) = try Self.open()
                _ = try environment.beginRead().count(of: foreign)
            }
        }
    }

    @Test func `a second write transaction on one thread`() async {
        await #expect(processExitsWith: .failure) {
            Self.expectingTrap {
                let (environment, _) = try Self.open()
                try Self.inside(environment) { () throws(StoreError) in
                    try environment.fill(environment.table("t"), [])
                }
            }
        }
    }

    @Test func `opening a table inside a write transaction`() async {
        await #expect(processExitsWith: .failure) {
            Self.expectingTrap {
                let (environment, _) = try Self.open()
                try Self.inside(environment) { () throws(StoreError) in
                    _ = try environment.table("new")
                }
            }
        }
    }

    @Test func `reading a snapshot after reset`() async {
        await #expect(processExitsWith: .failure) {
            Self.expectingTrap {
                let (environment, table) = try Self.open()
                let snapshot = try Snapshot(environment)
                snapshot.reset()
                _ = try snapshot.count(of: table)
            }
        }
    }

    @Test func `resetting a snapshot while it lends`() async {
        await #expect(processExitsWith: .failure) {
            Self.expectingTrap {
                let (environment, table) = try Self.open()
                try environment.fill(table, [("a", "1")])
                let snapshot = try Snapshot(environment)
                try snapshot.forEach(in: table) { _, _ in
                    snapshot.reset()
                    return true
                }
            }
        }
    }

    private static func runNow(on writer: WriterThread) { writer.run {} }

    @Test func `running on a closed writer's thread`() async {
        await #expect(processExitsWith: .failure) {
            guard let writer = try? WriterThread() else { exit(EXIT_SUCCESS) }
            writer.close()
            Self.runNow(on: writer)
        }
    }

    @Test func `a root that is no SHA-256`() async {
        await #expect(processExitsWith: .failure) {
            Self.expectingTrap {
                let path = "/tmp/clearance-store-head-\(getpid())"
                let slots = try HeadSlots(path)
                try Files.remove(path)
                try slots.write(position: 1, root: [1, 2, 3])
            }
        }
    }
}
