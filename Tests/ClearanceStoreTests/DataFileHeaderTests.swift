import ClearanceStore
import Testing

@Suite struct `The header of a data file` {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// Makes an environment with some pages and changes its data file.
    private func openAfter(_ change: (ByteFile) throws(StoreError) -> Void) throws -> StoreError? {
        let environment = try scratch.environment()
        let table = try environment.table("t")
        var transaction = try environment.beginWrite()
        for number in 0..<200 as Range<UInt64> {
            try transaction.putAppend(
                in: table, key: number, value: [UInt8](repeating: 7, count: 1_000).span)
        }
        try transaction.commit()
        environment.close()
        try change(ByteFile(scratch.file("env/data.mdb"), .update))
        return storeError { () throws(StoreError) in _ = try scratch.environment() }
    }

    @Test func `is absent before the environment is`() throws {
        #expect(try DataFileHeader.read(directory: scratch.path) == nil)
    }

    @Test func `names the last commit and the one before`() throws {
        #expect(try openAfter { _ in } == nil)
        let header = try #require(try DataFileHeader.read(directory: scratch.file("env")))
        let numbers = header.metas.map(\.transaction).sorted()
        #expect(numbers[1] == numbers[0] + 1)
        #expect(header.newest.transaction == numbers[1])
        #expect(header.newest.lastPage < UInt64(header.fileBytes / header.newest.pageBytes))
    }

    @Test func `of the other byte order is refused`() throws {
        let error = try openAfter { (file) throws(StoreError) in
            try file.write(at: 16, Array(try file.read(at: 16, count: 4).reversed()).span)
        }
        #expect(error?.code == .endiannessMismatch)
    }

    @Test func `of another page size is refused`() throws {
        let error = try openAfter { (file) throws(StoreError) in
            try file.write(at: 41, [0x20].span)
        }
        #expect(error?.code == .pageSizeMismatch)
    }

    @Test func `of another LMDB version is refused`() throws {
        let error = try openAfter { (file) throws(StoreError) in
            try file.write(at: 20, [9].span)
        }
        #expect(error?.code == .formatMismatch)
    }

    @Test func `without its magic is damage`() throws {
        let error = try openAfter { (file) throws(StoreError) in
            try file.write(at: 4_096 + 16, [0, 0, 0, 0].span)
        }
        #expect(error?.code == .corrupted)
    }

    @Test func `is damage when the file was cut short of its root`() throws {
        let error = try openAfter { (file) throws(StoreError) in
            try file.truncate(to: 8_192)
        }
        #expect(error?.code == .corrupted)
    }

    @Test func `is damage when cut inside`() throws {
        let error = try openAfter { (file) throws(StoreError) in
            try file.truncate(to: 5_000)
        }
        #expect(error?.code == .corrupted)
    }
}
