import ClearanceStore
import Testing

@Suite struct `Reading in order` {
    let scratch: Scratch
    let environment: Environment
    let table: Table

    init() throws {
        scratch = try Scratch()
        environment = try scratch.environment()
        table = try environment.table("t")
    }

    private func fill(_ numbers: some Sequence<UInt64>) throws {
        var transaction = try environment.beginWrite()
        for number in numbers {
            try transaction.putAppend(in: table, key: number, value: bytes("v\(number)").span)
        }
        try transaction.commit()
    }

    private func keys(
        _ visit: (ReadVisitor) throws(StoreError) -> Void
    ) throws -> [UInt64] {
        let visitor = ReadVisitor()
        try visit(visitor)
        return visitor.keys
    }

    @Test func `goes up from the start and from a key`() throws {
        try fill([10, 20, 30])
        let reader = try environment.beginRead()
        #expect(
            try keys { (v) throws(StoreError) in
                try reader.forEach(in: table) { key, _ in v.see(key) }
            } == [10, 20, 30])
        for (start, expected) in [
            (0, [10, 20, 30]), (10, [10, 20, 30]), (11, [20, 30]), (30, [30]), (31, []),
        ] as [(UInt64, [UInt64])] {
            let from = BigEndian.bytes(start)
            #expect(
                try keys { (v) throws(StoreError) in
                    try reader.forEach(in: table, from: from.span) { key, _ in v.see(key) }
                } == expected)
        }
    }

    @Test func `goes down from the end and from a key`() throws {
        try fill([10, 20, 30])
        let reader = try environment.beginRead()
        #expect(
            try keys { (v) throws(StoreError) in
                try reader.forEachReversed(in: table) { key, _ in v.see(key) }
            } == [30, 20, 10])
        for (start, expected) in [
            (99, [30, 20, 10]), (30, [30, 20, 10]), (29, [20, 10]), (10, [10]), (9, []),
        ] as [(UInt64, [UInt64])] {
            let from = BigEndian.bytes(start)
            #expect(
                try keys { (v) throws(StoreError) in
                    try reader.forEachReversed(in: table, from: from.span) { key, _ in v.see(key) }
                } == expected)
        }
    }

    @Test func `stops when the body answers false`() throws {
        try fill(1...100)
        let reader = try environment.beginRead()
        #expect(
            try keys { (v) throws(StoreError) in
                try reader.forEach(in: table, from: 40) { key, _ in v.see(key) && key < 42 }
            } == [40, 41, 42])
    }

    @Test func `finds the greatest key at or below, as counting by hand does`() throws {
        let stored: [UInt64] = (1...500).map { $0 * 7 }
        try fill(stored)
        let reader = try environment.beginRead()
        for wanted in 0...3_600 as ClosedRange<UInt64> {
            let found = try reader.withFloor(in: table, key: wanted) { key, value in
                #expect(Array(value) == bytes("v\(key)"))
                return key
            }
            let expected = wanted < 7 ? nil : min(wanted / 7 * 7, 3_500)
            #expect(found == expected)
        }
    }

    @Test func `finds the last key, or none`() throws {
        let empty = try environment.beginRead()
        #expect(try empty.withLast(in: table) { _, _ in 1 } == nil)
        #expect(try empty.lastNumber(in: table) == nil)
        #expect(try empty.withFloor(in: table, key: 5) { _, _ in 1 } == nil)
        try fill([3, 4, 5])
        let reader = try environment.beginRead()
        #expect(try reader.lastNumber(in: table) == 5)
        #expect(try reader.withValue(in: table, key: 4) { Array($0) } == bytes("v4"))
    }

    @Test func `orders keys by their bytes, shorter ones first`() throws {
        try environment.fill(table, [("b", ""), ("ab", ""), ("a", ""), ("\u{7f}", "")])
        var seen: [String] = []
        try environment.beginRead().forEach(in: table) { key, _ in
            seen.append(String(decoding: Array(key), as: UTF8.self))
            return true
        }
        #expect(seen == ["a", "ab", "b", "\u{7f}"])
    }

    @Test func `a writer reads what it has not committed yet`() throws {
        try fill([1, 2])
        var transaction = try environment.beginWrite()
        try transaction.putAppend(in: table, key: 9, value: bytes("v9").span)
        #expect(try transaction.withFloor(in: table, key: 100) { key, _ in key } == 9)
    }

    @Test func `a key that is no number is damage, not a trap`() throws {
        try environment.fill(table, [("abc", "")])
        let reader = try environment.beginRead()
        do throws(StoreError) {
            _ = try reader.withFloor(in: table, key: .max) { key, _ in key }
            Issue.record("three bytes were read as a number")
        } catch {
            #expect(error.code == .corrupted)
        }
    }
}

/// Remembers the keys that a scan lends.
final class ReadVisitor {
    var keys: [UInt64] = []

    func see(_ key: Span<UInt8>) -> Bool { see(BigEndian.uint64(key)) }

    func see(_ key: UInt64) -> Bool {
        keys.append(key)
        return true
    }
}
