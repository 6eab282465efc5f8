import ClearanceStore
import Seeded
import Testing

@Suite struct `The pages of a data file` {
    let scratch: Scratch

    init() throws { scratch = try Scratch() }

    /// A value that names its own key and sum, so that a reader sees whether it is as written.
    private static func value(_ key: UInt64, _ count: Int) -> [UInt8] {
        let body = BigEndian.bytes(key) + [UInt8](repeating: UInt8(key % 251), count: count)
        return BigEndian.bytes(crc32c(body.span)) + body
    }

    private static func isSound(_ key: [UInt8], _ value: [UInt8]) -> Bool {
        guard value.count >= 12, Array(value[4..<12]) == key else { return false }
        let sum = BigEndian.bytes(crc32c(value.span.extracting(4..<value.count)))
        return sum == Array(value[..<4])
    }

    /// Commits of several rows each: small ones, large ones, and both.
    private func fill(
        _ name: String, commits: Int, rows: Int = 3, _ size: (UInt64) -> Int
    ) throws {
        let environment = try scratch.environment(name, mapSize: 1 << 30)
        let table = try environment.table("t")
        var next: UInt64 = 1
        for _ in 0..<commits {
            let numbers = (0..<rows).map { next + UInt64($0) }
            next += UInt64(rows)
            try environment.commit(
                to: table, numbers.map { (BigEndian.bytes($0), Self.value($0, size($0))) })
        }
        environment.close()
    }

    private func look(_ name: String) throws -> PageReport {
        try PageCheck(growingTable: "t").run(directory: scratch.file(name))
    }

    /// The rows that the walk hands on, by key; nil for one that is not as it was written.
    private func rows(_ name: String) throws -> (rows: [[UInt8]: Bool], report: PageReport) {
        var rows: [[UInt8]: Bool] = [:]
        let report = try PageCheck.walk(directory: scratch.file(name), table: "t") { value in
            rows[value.key] = (try? value.read()).map { Self.isSound(value.key, $0) } ?? false
            return true
        } damage: { _ in
            true
        }
        return (rows, report)
    }

    @Test(
        "add up after few commits and many, of small values and large ones",
        arguments: [(0, 1), (1, 1), (2, 3), (7, 2), (40, 9), (300, 40)])
    func sound(commits: Int, rows: Int) throws {
        for (name, size) in [("small", 30), ("large", 9_000), ("middle", 1_900)] {
            try fill(name, commits: commits, rows: rows) { Int($0) % 3 == 0 ? size : 40 }
            let report = try look(name)
            #expect(report.damage == [])
            #expect(report.isWhole)
            #expect(report.tables["t"]?.entries == UInt64(commits * rows))
            let found = try self.rows(name)
            #expect(found.rows.count == commits * rows && found.rows.values.allSatisfy { $0 })
        }
    }

    @Test("add up where rows were replaced and deleted at random")
    func mutable() throws {
        let seed = UInt64.random(in: 0...UInt64(UInt32.max))
        var generator = SeededGenerator(seed: seed)
        let environment = try scratch.environment("m")
        let table = try environment.table("t")
        for commit in 0..<120 {
            var rows: [(key: [UInt8], value: [UInt8]?)] = []
            for _ in 0..<20 {
                let key = BigEndian.bytes(UInt64.random(in: 0..<400, using: &generator))
                let count = Int.random(in: 0..<9_000, using: &generator)
                let value = [UInt8](repeating: 1, count: count)
                rows.append((key, commit % 3 == 2 ? nil : value))
            }
            try environment.commit(to: table, rows)
            let report = try PageCheck().run(directory: scratch.file("m"))
            #expect(report.damage == [], "commit \(commit), seed \(seed)")
        }
    }

    @Test("with any bit of the meta pages flipped are named, or say the same")
    func metaBits() throws {
        try fill("f", commits: 5) { $0 == 4 ? 5_000 : 100 }
        let sound = try rows("f").rows
        for bit in 0..<(2 * 160 * 8) {
            let byte = (bit / 8) % 160 + bit / 8 / 160 * 4_096
            try flipped("f", byte: byte, bit: bit % 8, sound)
        }
    }

    @Test("with a random bit flipped anywhere are named, or say the same")
    func anyBit() throws {
        try fill("f", commits: 40, rows: 5) { $0 % 11 == 4 ? 5_000 : 100 }
        var generator = SystemRandomNumberGenerator()
        let size = try Files.size(scratch.file("f/data.mdb"))
        let sound = try rows("f").rows
        for _ in 0..<800 {
            try flipped(
                "f", byte: Int.random(in: 0..<size, using: &generator),
                bit: Int.random(in: 0..<8, using: &generator), sound)
        }
    }

    /// Flips one bit, looks, and puts it back.
    private func flipped(
        _ name: String, byte: Int, bit: Int, _ sound: [[UInt8]: Bool]
    ) throws {
        let note = Comment(rawValue: "byte \(byte), bit \(bit)")
        let file = try ByteFile(scratch.file(name + "/data.mdb"), .update)
        let old = try file.read(at: byte, count: 1)
        let new = [old[0] ^ (1 << UInt8(bit))]
        try file.write(at: byte, new.span)
        let found = try rows(name)
        if found.report.isSound {
            // What no page check can see is inside a value, where the value's own sum is.
            let isTold = found.rows.values.contains(false)
            #expect(isTold || found.rows == sound, note)
            #expect(found.rows.count == sound.count, note)
        }
        try file.write(at: byte, old.span)
    }

    @Test("of a commit that was never finished are no damage")
    func leftovers() throws {
        try fill("f", commits: 6) { _ in 3_000 }
        let file = try ByteFile(scratch.file("f/data.mdb"), .update)
        let size = try file.size()
        // What a later commit would have written before its meta page.
        let pages = try file.read(at: 2 * 4_096, count: 3 * 4_096)
        try file.write(at: size, pages.span)
        #expect(try look("f").damage == [])
    }

    @Test("of an older commit are never passed off as the newest")
    func olderState() throws {
        try fill("f", commits: 6) { _ in 100 }
        let file = try ByteFile(scratch.file("f/data.mdb"), .update)
        let metas = try PageFile(directory: scratch.file("f")).metas().metas
        let older = try #require(metas.min { $0.transaction < $1.transaction })
        // The older meta page takes the next number: right slot, one above the newest.
        var number = BigEndian.bytes(older.transaction + 2)
        number.reverse()
        try file.write(at: older.slot * 4_096 + 144, number.span)
        #expect(try !look("f").isSound)
    }

    /// The meta pages and the rest of a file after each of some lone commits.
    private func images(_ name: String, commits: Int) throws -> [(metas: [UInt8], rest: [UInt8])] {
        let environment = try scratch.environment(name)
        let table = try environment.table("t")
        var images: [(metas: [UInt8], rest: [UInt8])] = []
        for number in 1...UInt64(commits) {
            try environment.commit(
                to: table, [(BigEndian.bytes(number), Self.value(number, 60))])
            let file = try ByteFile(scratch.file(name + "/data.mdb"), .read)
            let bytes = try file.read(at: 0, count: file.size())
            images.append((Array(bytes[..<8_192]), Array(bytes[8_192...])))
        }
        environment.close()
        return images
    }

    /// What the look finds in a file of these parts; with one flush a commit when said so.
    private func damage(
        _ metas: [UInt8], _ rest: [UInt8], mayLackOlder: Bool
    ) throws -> [PageDamage] {
        let directory = scratch.file("image")
        if !Files.exists(directory) { try Files.makeDirectory(directory) }
        let file = try ByteFile(directory + "/data.mdb", .truncate)
        try file.append((metas + rest).span)
        var check = PageCheck(growingTable: "t", effort: .bounded(pages: 1_000))
        check.mayLackOlder = mayLackOlder
        return try check.run(directory: directory).damage
    }

    @Test("of the older commit may be used again where a commit has one flush, and nowhere else")
    func usedAgain() throws {
        let images = try images("f", commits: 60)
        var refused = 0
        for index in 4..<images.count {
            // The disk has the pages of the last commit, and not the meta page of that before.
            let (metas, rest) = (images[index - 2].metas, images[index].rest)
            let found = try damage(metas, rest, mayLackOlder: true)
            #expect(found == [], "image \(index)")
            if try !damage(metas, rest, mayLackOlder: false).isEmpty { refused += 1 }
        }
        #expect(refused > 40)
    }

    @Test("of the newest commit do not pass for older ones by a number that is less by two")
    func numberAlone() throws {
        let images = try images("f", commits: 40)
        for index in 4..<images.count {
            var metas = images[index].metas
            let found = try PageFile(directory: scratch.file("f")).metas().metas
            let last = try #require(found.map(\.transaction).max())
            let number = last - UInt64(images.count - 1 - index)
            var bytes = BigEndian.bytes(number - 2)
            bytes.reverse()
            let place = Int(number % 2) * 4_096 + 144
            metas.replaceSubrange(place..<(place + 8), with: bytes)
            for mayLack in [false, true] {
                let found = try damage(metas, images[index].rest, mayLackOlder: mayLack)
                #expect(!found.isEmpty, "image \(index)")
            }
        }
    }

    @Test("are looked at within a bound, and the report says so")
    func bounded() throws {
        try fill("f", commits: 30, rows: 30) { _ in 300 }
        let check = PageCheck(growingTable: "t", effort: .bounded(pages: 10))
        let report = try check.run(directory: scratch.file("f"))
        #expect(report.isSound && !report.isWhole)
        let wide = PageCheck(growingTable: "t", effort: .bounded(pages: 10_000))
        #expect(try wide.run(directory: scratch.file("f")).isWhole)
    }

    @Test("within a bound are the newest, and the whole look sees the others")
    func newestFirst() throws {
        try fill("f", commits: 300, rows: 30) { _ in 300 }
        let directory = scratch.file("f")
        var pages: [UInt64] = []
        _ = try PageCheck.walk(directory: directory, table: "t") { value in
            if pages.last != value.page { pages.append(value.page) }
            return true
        } damage: { _ in
            true
        }
        let bound = 100
        #expect(pages.count > 2 * bound)
        let file = try ByteFile(directory + "/data.mdb", .update)
        let check = PageCheck(growingTable: "t", effort: .bounded(pages: bound))
        for (leaf, isSeen) in [
            (pages[0], false), (pages[pages.count / 2], false),
            (pages[pages.count - bound + 10], true), (pages[pages.count - 1], true),
        ] {
            let sound = try file.read(at: Int(leaf) * 4_096, count: 8)
            try file.write(at: Int(leaf) * 4_096, [UInt8](repeating: 0xFF, count: 8).span)
            #expect(try check.run(directory: directory).isSound != isSeen, "page \(leaf)")
            #expect(try !look("f").isSound, "page \(leaf)")
            try file.write(at: Int(leaf) * 4_096, sound.span)
        }
        #expect(try look("f").isSound)
    }

    @Test("cut short are damage, not a crash")
    func cut() throws {
        try fill("f", commits: 30, rows: 10) { _ in 300 }
        let file = try ByteFile(scratch.file("f/data.mdb"), .update)
        var pages = try file.size() / 4_096 - 1
        while pages > 1 {
            try file.truncate(to: pages * 4_096 - 100)
            #expect(try !look("f").isSound, "\(pages) pages")
            pages /= 2
        }
    }

    @Test("are sound for whoever looks while another writes")
    func beside() async throws {
        try fill("f", commits: 1) { _ in 100 }
        let environment = try scratch.environment("f")
        let table = try environment.table("t")
        let directory = scratch.file("f")
        let looking = Task {
            var faults = 0
            for _ in 0..<300 {
                if try !PageCheck(growingTable: "t").run(directory: directory).isSound {
                    faults += 1
                }
            }
            return faults
        }
        let thread = try WriterThread()
        for number in 100..<700 as Range<UInt64> {
            try await thread.runAsync { () throws(StoreError) in
                try environment.commit(
                    to: table, [(BigEndian.bytes(number), Self.value(number, 200))])
            }
        }
        thread.close()
        #expect(try await looking.value == 0)
    }
}

extension Environment {
    /// Puts rows, or deletes those without a value, in one commit.
    fileprivate func commit(
        to table: Table, _ rows: [(key: [UInt8], value: [UInt8]?)]
    ) throws(StoreError) {
        var transaction = try beginWrite()
        for row in rows {
            let key = row.key
            guard let value = row.value else {
                try transaction.delete(in: table, key: key.span)
                continue
            }
            try transaction.put(in: table, key: key.span, value: value.span)
        }
        try transaction.commit()
    }
}
