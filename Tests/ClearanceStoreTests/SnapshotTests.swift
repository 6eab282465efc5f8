import ClearanceStore
import Testing

@Suite struct `A snapshot` {
    let scratch: Scratch
    let environment: Environment
    let table: Table

    init() throws {
        scratch = try Scratch()
        environment = try scratch.environment()
        table = try environment.table("t")
    }

    @Test func `looks at one commit until it is refreshed`() throws {
        try environment.fill(table, [("a", "1")])
        let snapshot = try Snapshot(environment)
        try environment.fill(table, [("a", "2")])
        #expect(try snapshot.text(table, "a") == "1")
        try snapshot.refresh()
        #expect(try snapshot.text(table, "a") == "2")
        snapshot.reset()
        snapshot.reset()
        try environment.fill(table, [("a", "3")])
        try snapshot.refresh()
        #expect(try snapshot.text(table, "a") == "3")
    }

    @Test func `lends while it lends`() throws {
        try environment.fill(table, [("a", "b"), ("b", "c")])
        let snapshot = try Snapshot(environment)
        let key = bytes("a")
        let end = try snapshot.withValue(in: table, key: key.span) { (next) throws(StoreError) in
            try snapshot.value(in: table, key: next)
        }
        #expect(end == bytes("c"))
    }

    @Test func `is used by one task after another`() async throws {
        try environment.fill(table, [("a", "1")])
        let snapshot = try Snapshot(environment)
        for _ in 0..<50 {
            let text = try await Task.detached { [table] in try snapshot.text(table, "a") }.value
            #expect(text == "1")
        }
    }

    @Test func `cannot be refreshed after close, and keeps the files until it ends`() throws {
        do {
            let snapshot = try Snapshot(environment)
            environment.close()
            #expect(
                storeError { () throws(StoreError) in try snapshot.refresh() }?.code
                    == .closed)
        }
        _ = try scratch.environment()
    }
}
