import ClearanceEvents
import ClearanceStore
import Foundation
import Testing

@testable import ClearanceLedger

@Suite("The log over several epochs")
struct EpochTests {
    private func options(bytes: Int, map: Int = 1 << 30) -> LedgerOptions {
        var options = TemporaryDirectory.options(toy: false)
        options.epochBytes = bytes
        options.logMapSize = map
        return options
    }

    private func orders(_ numbers: ClosedRange<Int>) -> [Event] {
        numbers.map { Toy.order($0, at: $0) }
    }

    @Test("An epoch that reached its size is ended, and reading goes on over its end")
    func size() throws {
        let directory = TemporaryDirectory()
        let options = options(bytes: 1 << 16)
        let ledger = try Ledger.open(directory.path, options: options)
        for start in stride(from: 1, through: 1_901, by: 100) {
            _ = try ledger.append(orders(start...(start + 99)), recordedAt: .input)
            #expect(try ledger.position() == UInt64(start + 99))
        }
        let epochs = try ledger.log.epochs()
        #expect(epochs.count > 3)
        #expect(epochs.dropLast().allSatisfy { $0.line.state == .full })
        func check(_ open: Ledger) throws {
            #expect(try open.events(limit: 3_000).map(\.event) == orders(1...2_000))
            for epoch in epochs.dropFirst() {
                for position in [epoch.first - 1, epoch.first, epoch.first + 1] {
                    let number = Int(position)
                    #expect(try open.event(at: position) == Toy.order(number, at: number))
                }
            }
            #expect(try open.verify().isIntact)
        }
        try check(ledger)
        try ledger.close()
        let reader = try Ledger.openReader(directory.path, options: options)
        try check(reader)
        try reader.close()
        let again = try Ledger.open(directory.path, options: options)
        #expect(try again.position() == 2_000)
        #expect(
            try again.append(orders(1...3), recordedAt: .input)
                == (1...3).map { .alreadyAppended(position: $0) })
        #expect(try again.log.epochs().count == epochs.count)
        try again.close()
    }

    @Test("A full map goes on in the next epoch, and no caller learns of it")
    func mapFull() throws {
        let directory = TemporaryDirectory()
        let ledger = try Ledger.open(
            directory.path, options: options(bytes: 1 << 30, map: 4 << 16))
        for start in stride(from: 1, through: 1_951, by: 50) {
            let outcomes = try ledger.append(orders(start...(start + 49)), recordedAt: .input)
            #expect(outcomes == (start...(start + 49)).map { .appended(position: UInt64($0)) })
        }
        #expect(try ledger.log.epochs().count > 1)
        #expect(try ledger.events(limit: 3_000).map(\.event) == orders(1...2_000))
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }

    @Test("Opened with less address space than the live epoch has bytes, it goes on in the next")
    func smallerMap() throws {
        let directory = TemporaryDirectory()
        var ledger = try Ledger.open(directory.path, options: options(bytes: 1 << 30))
        _ = try ledger.append(orders(1...2_000), recordedAt: .input)
        try ledger.close()
        ledger = try Ledger.open(directory.path, options: options(bytes: 1 << 30, map: 4 << 16))
        #expect(
            try ledger.append(orders(2_001...2_001), recordedAt: .input)
                == [.appended(position: 2_001)])
        _ = try ledger.append(orders(2_002...2_300), recordedAt: .input)
        #expect(try ledger.epochs().map(\.state) == [.full, .live])
        #expect(try ledger.events(limit: 3_000).map(\.event) == orders(1...2_300))
        try ledger.closeEpochs()
        #expect(try ledger.events(limit: 3_000).map(\.event) == orders(1...2_300))
        #expect(try ledger.verify().isIntact)
        try ledger.close()
    }

    @Test("A batch that no epoch can hold is refused, and the ledger goes on")
    func neverFits() throws {
        let directory = TemporaryDirectory()
        let ledger = try Ledger.open(
            directory.path, options: options(bytes: 1 << 30, map: 4 << 16))
        _ = try ledger.append(orders(1...1), recordedAt: .input)
        let error = #expect(throws: LedgerError.self) {
            try ledger.append(orders(2...3_000), recordedAt: .input)
        }
        #expect(error?.store?.code == .mapFull)
        #expect(try ledger.position() == 1)
        #expect(
            try ledger.append(orders(2...2), recordedAt: .input) == [.appended(position: 2)])
        try ledger.close()
    }

    @Test("An identity is found in any epoch, and none behind the log's end")
    func identity() throws {
        let directory = TemporaryDirectory()
        let ledger = try Ledger.open(directory.path, options: options(bytes: 1 << 16))
        for start in stride(from: 1, through: 801, by: 100) {
            let batch = try ledger.encode(orders(start...(start + 99))).batch
            _ = try ledger.append(batch, recordedAt: .input)
            let reader = try ledger.log.reader()
            for index in 0..<batch.count {
                let found = try reader.identity(at: UInt64(start + index))
                #expect(found == batch.identities[index])
            }
        }
        let reader = try ledger.log.reader()
        #expect(try reader.identity(at: 901) == nil)
        #expect(try reader.identity(at: 0) == nil)
        try ledger.close()
    }
}
