import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

/// What stands in the way of the next epoch: a file of its name, where a folder has to be made.
struct NextEpochBlock {
    private let path: String

    /// Nothing is in the way yet of the epoch of a number.
    init(_ ledger: TemporaryDirectory, _ number: Int) {
        path = ledger.path + "/log/" + EpochManifest.path(number)
    }

    func put() throws { try Data("in the way".utf8).write(to: URL(fileURLWithPath: path)) }

    func remove() throws { try FileManager.default.removeItem(atPath: path) }
}

@Suite("A log whose next epoch cannot be made")
struct EpochRoomTests {
    private let directory = TemporaryDirectory()

    private func options(
        bytes: Int, map: Int, _ level: Durability = .twoFlushes
    ) -> LedgerOptions {
        var options = TemporaryDirectory.options(toy: false)
        options.epochBytes = bytes
        options.logMapSize = map
        options.durability = level
        return options
    }

    private func orders(_ numbers: ClosedRange<Int>) -> [Event] {
        numbers.map { Toy.order($0, at: $0) }
    }

    private func positions(_ numbers: ClosedRange<Int>) -> [AppendOutcome] {
        numbers.map { .appended(position: UInt64($0)) }
    }

    /// Appends in batches of 50 until one is refused for good; the number of its first event.
    private func fill(_ ledger: Ledger) throws -> Int {
        var (next, before) = (1, 0)
        while next != before {
            before = next
            next = try refused(ledger, from: next)
            // Whoever makes the tree keeps pages that were freed since he looked, until he is done.
            while try ledger.integration().position < UInt64(next - 1) { usleep(200) }
            _ = try ledger.project()
        }
        return next
    }

    private func refused(_ ledger: Ledger, from first: Int) throws -> Int {
        for start in stride(from: first, to: 5_000, by: 50) {
            do {
                let batch = start...(start + 49)
                let outcomes = try ledger.append(orders(batch), recordedAt: .input)
                #expect(outcomes == positions(batch))
            } catch {
                #expect(error.store?.code == .mapFull)
                return start
            }
        }
        throw CocoaError(.featureUnsupported)
    }

    @Test(
        "refuses what its full map cannot hold, tells what it has, and goes on when there is room",
        arguments: Durability.allCases)
    func mapFull(level: Durability) throws {
        let block = NextEpochBlock(directory, 2)
        let options = options(bytes: 1 << 30, map: 4 << 16, level)
        var ledger = try Ledger.open(directory.path, options: options)
        try block.put()
        let next = try fill(ledger)
        #expect(next > 1)
        let refused = next...(next + 49)
        // Also from the start: what is refused is refused again, and nothing of it is there.
        for isReopened in [false, true] {
            if isReopened {
                try ledger.close()
                ledger = try Ledger.open(directory.path, options: options)
            }
            for _ in 1...2 {
                let error = #expect(throws: LedgerError.self) {
                    try ledger.append(orders(refused), recordedAt: .input)
                }
                #expect(error?.code == .store && error?.store?.code == .mapFull)
            }
            #expect(try ledger.position() == UInt64(next - 1))
            #expect(try ledger.events(limit: next).map(\.event) == orders(1...(next - 1)))
            #expect(
                try ledger.append(orders(1...9), recordedAt: .input)
                    == (1...9).map { .alreadyAppended(position: $0) })
            #expect(try ledger.verify().isIntact)
        }
        try block.remove()
        #expect(try ledger.append(orders(refused), recordedAt: .input) == positions(refused))
        #expect(try ledger.epochs().map(\.state) == [.full, .live])
        try ledger.close()
        ledger = try Ledger.open(directory.path, options: options)
        #expect(try ledger.events(limit: next + 50).map(\.event) == orders(1...(next + 49)))
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }

    @Test("refuses callers who share a commit each by itself, and takes in whoever still fits")
    func shared() throws {
        let block = NextEpochBlock(directory, 2)
        let ledger = try Ledger.open(
            directory.path, options: options(bytes: 1 << 30, map: 4 << 16))
        try block.put()
        let next = try fill(ledger)
        let writer = try ledger.writing()
        func request(_ numbers: ClosedRange<Int>) throws -> AppendRequest {
            let batch = try ledger.encode(orders(numbers)).batch
            return AppendRequest(.entries(batch, [], .input))
        }
        let requests = [
            try request(next...(next + 999)), try request(next...next), try request(1...2),
        ]
        try writer.inTurn { () throws(LedgerError) in writer.round(requests, alone: true) }
        let error = #expect(throws: LedgerError.self) { try requests[0].wait() }
        #expect(error?.store?.code == .mapFull)
        var expected = UInt64(next - 1)
        do throws(LedgerError) {
            // Its first event is planned anew behind what failed.
            #expect(try requests[1].wait() == positions(next...next))
            expected += 1
        } catch { #expect(error.store?.code == .mapFull) }
        #expect(
            try requests[2].wait()
                == [.alreadyAppended(position: 1), .alreadyAppended(position: 2)])
        #expect(try ledger.position() == expected)
        try block.remove()
        _ = try ledger.append(orders(next...(next + 49)), recordedAt: .input)
        #expect(try ledger.events(limit: 5_000).map(\.event) == orders(1...(next + 49)))
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }

    @Test("goes on in the live one beyond its size, and begins the next a mebibyte later at most")
    func beyondItsSize() throws {
        let block = NextEpochBlock(directory, 2)
        let options = options(bytes: 1 << 16, map: 1 << 30)
        let ledger = try Ledger.open(directory.path, options: options)
        try block.put()
        var end = 0
        func append() throws {
            let batch = (end + 1)...(end + 400)
            #expect(try ledger.append(orders(batch), recordedAt: .input) == positions(batch))
            end += 400
        }
        func used() throws -> Int { try ledger.log.used(ledger.log.live()) }
        while try used() < 4 * (1 << 16) { try append() }
        #expect(try ledger.epochs().map(\.state) == [.live])
        try block.remove()
        let start = try used()
        while try ledger.epochs().count == 1 {
            #expect(try used() < start + EventLog.roomStep + (1 << 18))
            try append()
        }
        #expect(try ledger.epochs().map(\.state) == [.full, .live])
        // From then on epochs have their size again.
        while try ledger.epochs().count == 2, end < 20_000 { try append() }
        #expect(try ledger.epochs().count == 3)
        try ledger.close()
        let reader = try Ledger.openReader(directory.path, options: options)
        #expect(try reader.position() == UInt64(end))
        #expect(try reader.verify().isIntact)
        for position in [1, end / 2, end] {
            #expect(try reader.event(at: UInt64(position)) == Toy.order(position, at: position))
        }
        try reader.close()
    }
}
