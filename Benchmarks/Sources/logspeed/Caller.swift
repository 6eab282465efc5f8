import ClearanceEvents
import ClearanceLedger
import Foundation
import Workload

/// One caller that encodes the next batch while the one before is committed.
final class Caller {
    private let ledger: Ledger
    private let commits = DispatchQueue(label: "commits")
    /// Two batches on their way: one that is committed, one that waits.
    private let room = DispatchSemaphore(value: 2)
    private let result = Result()

    init(_ ledger: Ledger) { self.ledger = ledger }

    /// What the batches' outcomes were.
    struct Sum {
        var appended = 0
        var known = 0
        /// The longest that one commit took, in seconds.
        var longest = 0.0
    }

    // @unchecked Sendable: touched on the serial queue, and by the caller after it has drained.
    private final class Result: @unchecked Sendable {
        var sum = Sum()
        var failure: (any Error)?
    }

    /// Appends batches; returns when all of them are durable.
    func append(_ batches: [[Event]]) throws -> Sum {
        result.sum = Sum()
        for batch in batches {
            let (encoded, rejected) = try ledger.encode(batch)
            precondition(rejected.isEmpty, "every event can be an entry")
            commit(encoded)
        }
        commits.sync {}
        if let failure = result.failure { throw failure }
        return result.sum
    }

    private func commit(_ batch: EncodedBatch) {
        room.wait()
        commits.async { [ledger, room, result] in
            defer { room.signal() }
            do {
                let start = ContinuousClock.now
                let outcomes = try ledger.append(batch, recordedAt: .input)
                let took = (ContinuousClock.now - start).seconds
                result.sum.longest = max(result.sum.longest, took)
                for outcome in outcomes {
                    switch outcome {
                    case .appended, .conflict: result.sum.appended += 1
                    default: result.sum.known += 1
                    }
                }
            } catch { result.failure = error }
        }
    }
}

extension Array {
    /// Its elements in batches of a size, the last one smaller.
    func batches(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
