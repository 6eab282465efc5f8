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

    @Test func `checks an entry once before it lends it, and does not keep what was refused`()
        throws
    {
        var rows = try environment.beginWrite()
        for number in [10, 20, 30] as [UInt64] {
            let (key, value) = (BigEndian.bytes(number), [UInt8(number)])
            try rows.put(in: table, key: key.span, value: value.span)
        }
        try rows.commit()
        let snapshot = try Snapshot(environment)
        var checked: [UInt8] = []
        /// Entries hold ten numbers each; the one at 20 is refused.
        func find(_ key: UInt64) throws(StoreError) -> UInt8? {
            try snapshot.withKeptFloor(in: table, key: key) { (value) throws(StoreError) in
                checked.append(value[0])
                if value[0] == 20 { throw StoreError(.corrupted, "refuse") }
            } _: { (value) throws(StoreError) in
                key < UInt64(value[0]) + 10 ? value[0] : nil
            }
        }
        #expect(try [find(10), find(15), find(19)] == [10, 10, 10] && checked == [10])
        for _ in 0..<2 {
            #expect(storeError { () throws(StoreError) in _ = try find(21) }?.code == .corrupted)
        }
        #expect(checked == [10, 20, 20])
        #expect(try [find(30), find(40), find(41), find(39)] == [30, nil, nil, 30])
        #expect(try find(9) == nil && checked == [10, 20, 20, 30])
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
