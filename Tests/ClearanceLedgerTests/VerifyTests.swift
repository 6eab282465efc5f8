import ClearanceEvents
import ClearanceLedger
import ClearanceStore
import Foundation
import Synchronization
import Testing

@Suite struct VerifyTests {
    private func filled(_ directory: TemporaryDirectory, _ count: Int) throws {
        let ledger = try directory.open()
        _ = try ledger.append((1...count).map { Toy.order($0, at: $0) }, recordedAt: .input)
        try ledger.close()
    }

    @Test("A sound ledger verifies, and its root is that of its entries")
    func sound() throws {
        let directory = TemporaryDirectory()
        try filled(directory, 40)
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options())
        let report = try reader.verify()
        #expect(report.isIntact && report.entries == 40)
        var tree = MerkleTree()
        try reader.forEachEntry { _, view in
            tree.add(leaf: view.bytes)
            return true
        }
        #expect(report.root == tree.root.hexadecimal)
        try reader.close()
    }

    @Test("A small file that is gone is named itself, with the reason")
    func missing() throws {
        let directory = TemporaryDirectory()
        try filled(directory, 40)
        for name in ["origin", "config", "log/epochs"] {
            let path = directory.path + "/" + name
            try FileManager.default.moveItem(atPath: path, toPath: directory.path + ".aside")
            let report = try Ledger.verify(
                directory.path, options: TemporaryDirectory.options())
            try FileManager.default.moveItem(atPath: directory.path + ".aside", toPath: path)
            #expect(report.damage.map(\.file) == [name])
            #expect(report.damage.first?.what.contains("notFound") == true)
        }
    }

    @Test(
        "One flipped byte of an entry is found, with its position", arguments: [300, 2_000, 7_000])
    func flipped(back: Int) throws {
        let directory = TemporaryDirectory()
        try filled(directory, 400)
        let file = directory.path + "/log/epoch-000001/data.mdb"
        var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
        let needle = Data("order:E/2".utf8)
        let place = try #require(bytes.range(of: needle)?.lowerBound)
        bytes[place + back] ^= 0x01
        try bytes.write(to: URL(fileURLWithPath: file))
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options())
        let report = try reader.verify()
        #expect(!report.isIntact)
        #expect(report.damage.allSatisfy { $0.position >= 1 && $0.position <= 400 })
        try reader.close()
    }

    @Test("An entry of a damaged chunk is never lent, by its position or in order; others are")
    func damagedChunk() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        for run in 0..<3 {
            let events = (run * 40..<run * 40 + 40).map { Toy.order($0, at: $0) }
            _ = try ledger.append(events, recordedAt: .input)
        }
        try ledger.close()
        // The second chunk, of positions 41 to 80; older copies of its page are hit as well.
        let url = URL(fileURLWithPath: directory.path + "/log/epoch-000001/data.mdb")
        var bytes = try Data(contentsOf: url)
        var from = bytes.startIndex
        while let place = bytes.range(of: Data("order:E/47".utf8), in: from..<bytes.endIndex) {
            bytes[place.lowerBound] ^= 1
            from = place.upperBound
        }
        #expect(from > bytes.startIndex)
        try bytes.write(to: url)
        let reader = try Ledger.openReader(
            directory.path, options: TemporaryDirectory.options())
        for position in [1, 40, 41, 48, 60, 80, 81, 120] as [UInt64] {
            if position <= 40 || position > 80 {
                #expect(
                    try reader.event(at: position)
                        == Toy.order(Int(position - 1), at: Int(position - 1)))
                continue
            }
            let error = #expect(throws: LedgerError.self) { try reader.event(at: position) }
            #expect(error?.code == .damaged && error?.store?.code == .corrupted)
            #expect(error?.what.contains("position \(position) ") == true)
        }
        let error = #expect(throws: LedgerError.self) {
            try reader.events(from: 30, limit: 100)
        }
        #expect(error?.code == .damaged && error?.what.contains("position 41 ") == true)
        #expect(try reader.events(from: 81, limit: 100).count == 40)
        try reader.close()
    }

    @Test("Reading follows what another handle appends, in order and without gaps")
    func follows() async throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        let appender = Task {
            for number in 1...40 {
                _ = try await ledger.append([Toy.order(number, at: number)], recordedAt: .input)
            }
        }
        var seen: [UInt64] = []
        for try await batch in ledger.subscribe() {
            seen += batch.map(\.position)
            if seen.count == 40 { break }
        }
        try await appender.value
        #expect(seen == Array(1...40))
    }

    @Test("In the background the projections catch up with what was appended")
    func background() async throws {
        let directory = TemporaryDirectory()
        var options = TemporaryDirectory.options()
        options.projecting = .background
        let ledger = try Ledger.open(directory.path, options: options)
        _ = try await ledger.append([Toy.order(1)], recordedAt: .input)
        _ = try await ledger.append([Toy.payment(1, of: 1, at: 1, "5")], recordedAt: .input)
        var reached: UInt64 = 0
        for _ in 0..<2_000 where reached < 2 {
            reached = try ledger.projectionPositions().first?.position ?? 0
            try await Task.sleep(nanoseconds: 1_000_000)
        }
        #expect(reached == 2)
        #expect(try ledger.replay().isIdentical == true)
    }

    @Test("A reader answers for entries that the live projections do not have yet")
    func readerOverlay() throws {
        let directory = TemporaryDirectory()
        let ledger = try directory.open()
        _ = try ledger.append((1...20).map { Toy.order($0, at: $0) }, recordedAt: .input)
        try ledger.project()
        _ = try ledger.append([Toy.payment(1, of: 7, at: 50, "5")], recordedAt: .input)
        let view = try ledger.view()
        let thing = try #require(try view.things(ToyGroup.self, subject: "order:E/7").first)
        #expect(try view.row(of: ToyFold.self, thing: thing)?.paid == 500_000)
        #expect(try ledger.projectionPositions().first?.position == 20)
        #expect(view.position == 21)
        try ledger.close()
    }

    @Test("State of another version is made anew, and state that is lost too")
    func stateLost() throws {
        let directory = TemporaryDirectory()
        try filled(directory, 30)
        var ledger = try directory.open()
        try ledger.project()
        let digest = try ledger.view().digest()
        try ledger.close()
        try FileManager.default.removeItem(atPath: directory.path + "/state")
        ledger = try directory.open()
        #expect(try ledger.view().digest() == digest)
        #expect(
            try ledger.append([Toy.order(3, at: 3)], recordedAt: .input)
                == [.alreadyAppended(position: 3)])
        try ledger.project()
        #expect(try ledger.replay().isIdentical == true)
        try ledger.close()
    }

    @Test("A log that ends below its head is damage")
    func belowHead() throws {
        let (short, long) = (TemporaryDirectory(), TemporaryDirectory())
        try filled(short, 10)
        try filled(long, 20)
        let manager = FileManager.default
        try manager.removeItem(atPath: short.path + "/head")
        try manager.copyItem(atPath: long.path + "/head", toPath: short.path + "/head")
        #expect(throws: LedgerError.self) { try short.open() }
        let options = TemporaryDirectory.options()
        #expect(throws: LedgerError.self) { try Ledger.openReader(short.path, options: options) }
        let report = try Ledger.verify(short.path, options: options)
        #expect(report.damage.contains { $0.file == "head" })
    }

    @Test("A ledger without its head is damage, also an empty one", arguments: [0, 10])
    func headGone(_ entries: Int) throws {
        let directory = TemporaryDirectory()
        if entries > 0 { try filled(directory, entries) } else { try directory.open().close() }
        let options = TemporaryDirectory.options()
        #expect(try Ledger.verify(directory.path, options: options).isIntact)
        for bytes in [nil, Data(), Data(count: 1_024)] {
            let path = directory.path + "/head"
            try? FileManager.default.removeItem(atPath: path)
            try bytes?.write(to: URL(filePath: path))
            let report = try Ledger.verify(directory.path, options: options)
            #expect(report.damage.map(\.file) == ["head"])
            #expect(report.entries == UInt64(entries))
            let reading = #expect(throws: LedgerError.self) {
                try Ledger.openReader(directory.path, options: options)
            }
            let writing = #expect(throws: LedgerError.self) { try directory.open() }
            #expect(reading?.code == .damaged && writing?.code == .damaged)
            let there = FileManager.default.contents(atPath: path)
            #expect(there == bytes, "opening changes nothing")
        }
    }

    @Test("Beside a writer all files are looked at, and nothing is found that is not there")
    func besideWriter() async throws { try await onThread { try besideWriterHere() } }

    private func besideWriterHere() throws {
        let directory = TemporaryDirectory()
        var options = TemporaryDirectory.options()
        // Runs are written and merged all the time.
        options.keysInMemory = 200
        let writer = try Ledger.open(directory.path, options: options)
        _ = try writer.append((1...200).map { Toy.order($0, at: $0) }, recordedAt: .input)
        let goesOn = Mutex(true)
        let ended = DispatchSemaphore(value: 0)
        Thread {
            var next = 201
            while goesOn.withLock({ $0 }) {
                let batch = (next..<(next + 20)).map { Toy.order($0, at: $0) }
                next += batch.count
                _ = try? writer.append(batch, recordedAt: .input)
                _ = try? writer.project()
            }
            ended.signal()
        }.start()
        var looks = 0
        while try looks < 6 || writer.position() < 300 {
            let found = try writer.verify().damage
            #expect(found == [])
            looks += 1
        }
        goesOn.withLock { $0 = false }
        ended.wait()
        try writer.close()
    }

    @Test("A ledger that is open tells of a flipped bit in its index and its state")
    func whileOpen() throws {
        let directory = TemporaryDirectory()
        var options = TemporaryDirectory.options()
        options.keysInMemory = 1_000
        var ledger = try Ledger.open(directory.path, options: options)
        _ = try ledger.append((1...200).map { Toy.order($0, at: $0) }, recordedAt: .input)
        try ledger.project()
        // Closing writes one run, with which nothing is merged.
        try ledger.close()
        ledger = try Ledger.open(directory.path, options: options)
        for (file, place) in [("state/index/manifest", 30), ("state/data.mdb", 16)] {
            let path = directory.path + "/" + file
            let sound = try Data(contentsOf: URL(fileURLWithPath: path))
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            try handle.seek(toOffset: UInt64(place))
            try handle.write(contentsOf: Data([sound[place] ^ 1]))
            let found = try ledger.verify().damage
            #expect(found.first?.file == file, "\(file): \(found)")
            try handle.seek(toOffset: UInt64(place))
            try handle.write(contentsOf: Data([sound[place]]))
        }
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }
}
