import ClearanceStore
import Synchronization
import Testing

@Suite struct `The writer's thread` {
    /// An error of the caller's own.
    struct Refusal: Error, Equatable { let number: Int }

    final class Notes: Sendable {
        let numbers = Mutex<[Int]>([])

        func add(_ number: Int) { numbers.withLock { $0.append(number) } }
    }

    @Test func `runs closures in the order of their arrival`() throws {
        let writer = try WriterThread()
        let notes = Notes()
        for number in 0..<200 { runNow(writer) { notes.add(number) } }
        #expect(notes.numbers.withLock { $0 } == Array(0..<200))
    }

    @Test func `gives back results and errors of the caller's own type`() throws {
        let writer = try WriterThread()
        #expect(runNow(writer) { 42 } == 42)
        do throws(Refusal) {
            try runThrowing(writer, Refusal(number: 3))
            Issue.record("no error came back")
        } catch {
            #expect(error == Refusal(number: 3))
        }
    }

    @Test func `serves tasks and gives back their errors`() async throws {
        let writer = try WriterThread()
        #expect(await writer.runAsync { 42 } == 42)
        do throws(Refusal) {
            try await writer.runAsync { () throws(Refusal) in throw Refusal(number: 4) }
            Issue.record("no error came back")
        } catch {
            #expect(error == Refusal(number: 4))
        }
    }

    @Test func `is one thread for all callers`() async throws {
        let writer = try WriterThread()
        let counter = Counter()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<500 { group.addTask { await writer.runAsync { counter.bump() } } }
        }
        #expect(await writer.runAsync { counter.value } == 500)
        #expect(await writer.runAsync { writer.isCurrent })
        #expect(!writer.isCurrent)
    }

    @Test func `runs at once what it is asked from itself`() async throws {
        let writer = try WriterThread()
        #expect(await writer.runAsync { runNow(writer) { 7 } } == 7)
    }

    @Test func `lets no more wait than its limit, and serves them all`() async throws {
        let writer = try WriterThread(queueLimit: 2)
        let notes = Notes()
        let most = Mutex(0)
        let callers = try (0..<8).map { _ in try WriterThread() }
        await withTaskGroup(of: Void.self) { group in
            for (number, caller) in callers.enumerated() {
                group.addTask {
                    await caller.runAsync {
                        for step in 0..<50 {
                            runNow(writer) { notes.add(number * 50 + step) }
                        }
                    }
                }
            }
            for _ in 0..<200 {
                let waiting = writer.waiting
                most.withLock { $0 = max($0, waiting) }
                await Task.yield()
            }
        }
        #expect(most.withLock { $0 } <= 2)
        #expect(notes.numbers.withLock { $0.sorted() } == Array(0..<400))
    }

    @Test func `finishes what it accepted before it ends`() async throws {
        let writer = try WriterThread()
        let notes = Notes()
        await withTaskGroup(of: Int?.self) { group in
            for number in 0..<100 {
                group.addTask {
                    await writer.runAsyncUnlessClosed {
                        notes.add(number)
                        return number
                    }
                }
            }
            group.addTask {
                writer.close()
                return nil
            }
            var answered: Set<Int> = []
            for await number in group { if let number { answered.insert(number) } }
            #expect(answered == Set(notes.numbers.withLock { $0 }))
        }
        writer.close()
        #expect(await writer.runAsyncUnlessClosed { 1 } == nil)
    }

    @Test func `writes transactions for tasks`() async throws {
        let scratch = try Scratch()
        let environment = try scratch.environment()
        let table = try environment.table("t")
        let writer = try WriterThread()
        for number in 1...20 as ClosedRange<UInt64> {
            try await writer.runAsync { () throws(StoreError) in
                try append(environment, table, number)
            }
        }
        let last = try environment.read { (transaction) throws(StoreError) in
            try transaction.lastNumber(in: table)
        }
        #expect(last == 20)
    }

    // @unchecked Sendable: unprotected on purpose, as only the one thread touches it.
    private final class Counter: @unchecked Sendable {
        var value = 0
        func bump() { value += 1 }
    }
}

private func append(
    _ environment: Environment, _ table: Table, _ number: UInt64
) throws(StoreError) {
    var transaction = try environment.beginWrite()
    try transaction.putAppend(in: table, key: number, value: bytes("x").span)
    try transaction.commit()
}

/// Blocks; kept out of line, as the blocking call is not for tasks.
private func runNow<R: Sendable>(_ writer: WriterThread, _ body: @Sendable () -> R) -> R {
    writer.run(body)
}

private func runThrowing<Failure: Error>(
    _ writer: WriterThread, _ failure: Failure
) throws(Failure) {
    try writer.run { () throws(Failure) in throw failure }
}
