import ClearanceStore
import Testing

@Suite struct `A transaction` {
    let scratch: Scratch
    let environment: Environment
    let table: Table

    init() throws {
        scratch = try Scratch()
        environment = try scratch.environment()
        table = try environment.table("t")
    }

    @Test func `gives back what was put`() throws {
        try environment.fill(table, [("a", "1"), ("b", ""), ("a", "2")])
        let reader = try environment.beginRead()
        #expect(try reader.text(table, "a") == "2")
        #expect(try reader.text(table, "b") == "")
        #expect(try reader.text(table, "c") == nil)
        #expect(try reader.contains(in: table, key: bytes("a").span))
        #expect(try !reader.contains(in: table, key: bytes("c").span))
        #expect(try reader.count(of: table) == 2)
        let length = try reader.withValue(in: table, key: bytes("a").span) { $0.count }
        #expect(length == 1)
    }

    @Test func `keeps keys of 511 bytes and values over many pages`() throws {
        let key = [UInt8](repeating: 0xFF, count: Table.maxKeyBytes)
        let value = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var transaction = try environment.beginWrite()
        try transaction.put(in: table, key: key.span, value: value.span)
        try transaction.commit()
        #expect(try environment.beginRead().value(in: table, key: key.span) == value)
    }

    @Test func `undoes everything when dropped`() throws {
        do {
            var transaction = try environment.beginWrite()
            try transaction.put(table, "a", "1")
            #expect(try transaction.text(table, "a") == "1")
        }
        #expect(try environment.beginRead().text(table, "a") == nil)
        try environment.fill(table, [("a", "2")])
        #expect(try environment.beginRead().text(table, "a") == "2")
    }

    @Test func `undoes everything when an error passes through`() throws {
        let error = storeError { () throws(StoreError) in
            var transaction = try environment.beginWrite()
            try transaction.put(table, "a", "1")
            throw StoreError(.invalid, "change one's mind")
        }
        #expect(error?.code == .invalid)
        #expect(try environment.beginRead().count(of: table) == 0)
    }

    @Test func `sees one commit while others are made`() throws {
        try environment.fill(table, [("a", "1")])
        let reader = try environment.beginRead()
        try environment.fill(table, [("a", "2")])
        #expect(try reader.text(table, "a") == "1")
        #expect(try environment.beginRead().text(table, "a") == "2")
        #expect(try environment.beginRead().transactionID == reader.transactionID + 1)
    }

    @Test func `refuses an append that is not above the last key, and goes on`() throws {
        var transaction = try environment.beginWrite()
        try transaction.putAppend(in: table, key: 5, value: bytes("five").span)
        for key in [5, 4] as [UInt64] {
            do throws(StoreError) {
                try transaction.putAppend(in: table, key: key, value: bytes("no").span)
                Issue.record("key \(key) was appended")
            } catch {
                #expect(error.code == .keyOrder)
            }
        }
        try transaction.putAppend(in: table, key: 6, value: bytes("six").span)
        try transaction.commit()
        #expect(try environment.beginRead().lastNumber(in: table) == 6)
        #expect(try environment.beginRead().count(of: table) == 2)
    }

    @Test func `fills a reserved value in place, to its last byte`() throws {
        var transaction = try environment.beginWrite()
        try transaction.putAppendFilled(in: table, key: 7, count: 65_520) { output in
            output.append(1)
            for _ in 1..<65_519 { output.append(0) }
            output.append(2)
        }
        try transaction.commit()
        let reader = try environment.beginRead()
        let value = try #require(try reader.withValue(in: table, key: 7) { Array($0) })
        #expect(value == [1] + [UInt8](repeating: 0, count: 65_518) + [2])
    }

    @Test func `deletes a key and empties a table`() throws {
        try environment.fill(table, [("a", "1"), ("b", "2"), ("c", "3")])
        var transaction = try environment.beginWrite()
        #expect(try transaction.delete(in: table, key: bytes("b").span))
        #expect(try !transaction.delete(in: table, key: bytes("b").span))
        #expect(try transaction.count(of: table) == 2)
        try transaction.drop(table)
        #expect(try transaction.count(of: table) == 0)
        try transaction.commit()
        #expect(try environment.beginRead().count(of: table) == 0)
    }

    @Test func `tells a full map, keeps what was there and can write again`() throws {
        let small = try scratch.environment("small", mapSize: 1 << 20)
        let table = try small.table("t")
        try small.fill(table, [("a", "1")])
        let error = storeError { () throws(StoreError) in
            var transaction = try small.beginWrite()
            for number in 0..<1_000 as Range<UInt64> {
                try transaction.put(
                    in: table, key: BigEndian.bytes(number).span,
                    value: [UInt8](repeating: 1, count: 4_000).span)
            }
            try transaction.commit()
        }
        #expect(error?.code == .mapFull)
        #expect(error?.path == scratch.file("small"))
        try small.fill(table, [("b", "2")])
        #expect(try small.beginRead().text(table, "a") == "1")
        #expect(try small.beginRead().count(of: table) == 2)
    }

    @Test func `passes on what the body throws`() throws {
        let error = storeError { () throws(StoreError) in
            try environment.read { (_) throws(StoreError) in
                throw StoreError(.tooLarge, "say so")
            }
        }
        #expect(error == StoreError(.tooLarge, "say so"))
    }
}
