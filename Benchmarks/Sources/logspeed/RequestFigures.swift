import ClearanceEvents
import ClearanceLedger
import Workload

/// One event a request: one caller that waits each time, and many side by side.
struct RequestFigures {
    private static let callers = 256
    private static let alone = 2_000
    /// Calls of one kind before those of the other have their turn.
    private static let turn = 20

    private let arguments: LogSpeed.Arguments
    private let scratch: Scratch

    init(_ arguments: LogSpeed.Arguments, _ scratch: Scratch) {
        self.arguments = arguments
        self.scratch = scratch
    }

    func measure(into figures: inout Figures) throws {
        let ledger = try Ledger.open(scratch.path + "/requests")
        var times: [Double] = []
        var raw: [UInt64] = []
        // In turn, as a disk is not the same from one second to the next.
        for block in SmallEvents.make(0..<Self.alone).batches(of: Self.turn) {
            for event in block {
                let took = try timed { _ = try ledger.append([event], recordedAt: .input) }
                times.append(took.seconds * 1e6)
            }
            raw.append(Plain.commit(scratch.path + "/commit", count: Self.turn))
        }
        times.sort()
        raw.sort()
        figures.number("oneCallerMicroseconds", times[times.count / 2])
        figures.number("oneCallerP99Microseconds", times[times.count * 99 / 100])
        figures.number("rawCommitMicroseconds", Double(raw[raw.count / 2]) / 1e3)
        var entries = Plain.Entries()
        try ledger.forEachEntry { _, view in
            entries.add(view.bytes)
            return true
        }
        let folder = try scratch.folder("plain-requests")
        let plain = timed { Plain.append(entries, to: folder, commit: 1, value: 65_520) }
        figures.number("rawLibraryMicroseconds", plain.seconds * 1e6 / Double(Self.alone))
        let each = max(1, arguments.events / 4 / Self.callers)
        let parts = (0..<Self.callers).map { caller in
            let start = Self.alone + caller * each
            return SmallEvents.make(start..<(start + each))
        }
        let many = try timed { try RequestFigures.append(parts, to: ledger) }
        figures.rate("manyCallersEventsPerSecond", each * Self.callers, in: many)
        try ledger.close()
    }

    /// Each part one event after another, all parts side by side.
    private static func append(_ parts: [[Event]], to ledger: Ledger) throws {
        try waiting {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for part in parts {
                    group.addTask {
                        for event in part {
                            _ = try await ledger.append([event], recordedAt: .input)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}
