import ClearanceStore
import Glibc
import Testing

/// `fork`, which Swift hides because almost nothing may be done in its child.
func forkProcess() -> Int32 {
    typealias Fork = @convention(c) () -> Int32
    guard let address = unsafe dlsym(nil, "fork") else { return -1 }
    return unsafe unsafeBitCast(address, to: Fork.self)()
}

/// Runs `body` in a forked child; answers its status, or -1 when it was killed.
///
/// In a child of several threads the locks of Swift's own runtime may be held for ever, so `body`
/// must have been done once by the parent, which leaves nothing to be set up; and a child that
/// hangs is killed.
func statusOfChild(_ body: () -> Int32) -> Int32 {
    let child = forkProcess()
    if child == 0 { _exit(body()) }
    var status: Int32 = 0
    for _ in 0..<3_000 {
        let ended = unsafe waitpid(child, &status, WNOHANG)
        if ended == child { return status & 0x7F == 0 ? status >> 8 & 0xFF : -1 }
        usleep(10_000)
    }
    kill(child, SIGKILL)
    _ = unsafe waitpid(child, &status, 0)
    return -1
}

@Suite struct `A forked child` {
    /// Does in the child all that it must be refused; answers the first thing that was not.
    private static func misuse(
        _ environment: Environment, _ table: Table, _ writer: WriterThread
    ) -> Int32 {
        let refused = [
            storeError { () throws(StoreError) in _ = try environment.beginRead() },
            storeError { () throws(StoreError) in try environment.fill(table, [("b", "2")]) },
            storeError { () throws(StoreError) in try environment.sync() },
            storeError { () throws(StoreError) in _ = try environment.readers() },
            storeError { () throws(StoreError) in try environment.clearStaleReaders() },
            storeError { () throws(StoreError) in
                let snapshot = try Snapshot(environment)
                snapshot.reset()
            },
        ]
        let answered = writer.runUnlessClosed { 1 } != nil
        for (index, error) in refused.enumerated() where error?.code != .forked {
            return Int32(index + 1)
        }
        return answered ? 50 : 0
    }

    @Test func `is refused, and lets go of nothing of its parent`() async throws {
        await #expect(processExitsWith: .success) { try Self.refuseChild() }
    }

    private static func refuseChild() throws {
        let scratch = try Scratch()
        let environment = try scratch.environment()
        let table = try environment.table("t")
        try environment.fill(table, [("a", "1")])
        let lock = try FileLock(scratch.file("lock"))
        let writer = try WriterThread()
        var snapshot: Snapshot? = try Snapshot(environment)
        // The rehearsal: the same calls, done where they are allowed.
        let other = try scratch.environment("rehearsal")
        let rehearsed = Self.misuse(other, try other.table("t"), writer)
        #expect(rehearsed == 1)
        other.close()
        let status = statusOfChild {
            let refused = Self.misuse(environment, table, writer)
            snapshot = nil
            environment.close()
            writer.close()
            lock.release()
            return refused
        }
        #expect(status == 0)
        let mine = try environment.readers().filter { $0.transaction != nil }
        #expect(mine.map(\.process) == [getpid()])
        #expect(try FileLock.holder(scratch.file("lock")) == getpid())
        #expect(
            storeError { () throws(StoreError) in _ = try FileLock(scratch.file("lock")) }?
                .holder == getpid())
        #expect(writer.runUnlessClosed { 7 } == 7)
        try environment.fill(table, [("a", "2")])
        #expect(try snapshot?.text(table, "a") == "1")
        try snapshot?.refresh()
        #expect(try snapshot?.text(table, "a") == "2")
    }

    @Test func `that reads its parent's snapshot is stopped at once`() async throws {
        await #expect(processExitsWith: .success) {
            let scratch = try Scratch()
            let environment = try scratch.environment()
            let table = try environment.table("t")
            let snapshot = try Snapshot(environment)
            #expect(try snapshot.text(table, "a") == nil)
            let status = statusOfChild {
                // The trap's report would only be noise in the parent's output.
                close(2)
                return (try? snapshot.text(table, "a")) == nil ? 0 : 1
            }
            #expect(status == -1)
            #expect(try snapshot.text(table, "a") == nil)
        }
    }
}
