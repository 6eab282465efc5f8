import ClearanceEvents

/// The outcomes of the requests of one commit, each planned behind those before it.
///
/// A request sees what the ones before it add; its refusal or failure costs them nothing. When the
/// commit fails the plan is dropped, and the next one takes its traces back.
struct CommitPlan {
    let index: FactIndex

    /// Plans one request. Throws when the log cannot be read; then nothing of it is planned.
    @available(*, noasync)
    func admit(
        _ batch: EncodedBatch, _ conditions: [ConditionKey] = []
    ) throws(LedgerError) -> RequestPlan {
        try index.admit(batch, conditions)
    }
}

/// What becomes of the entries of one request.
struct RequestPlan: Sendable {
    /// The condition that does not hold.
    struct Failure: Sendable, Equatable {
        /// The newest entry about it.
        let newest: UInt64
        /// Which of the request's conditions.
        let about: Int
    }

    /// One entry's outcome: fixed in size, as there is one for every event.
    struct Outcome: Sendable, Equatable {
        enum Kind: UInt8, Sendable {
            case appended, known, conflict, conditionFailed
        }

        let position: UInt64
        /// The entry that a conflict stands against.
        let with: UInt64
        let kind: Kind
    }

    /// In the order of the request's entries.
    private(set) var outcomes: [Outcome] = []
    /// The entries that will be written, ascending; whole once the plan is ``close()``d.
    private(set) var runs: [Range<Int>] = []
    /// The run that grows.
    private var open = 0..<0
    /// Nil when all conditions hold.
    let failed: Failure?

    init(room: Int = 0, failed: Failure? = nil) {
        self.failed = failed
        outcomes.reserveCapacity(room)
    }

    /// How many entries will be written.
    var count: Int { runs.reduce(0) { $0 + $1.count } }

    @inline(__always)
    mutating func add(_ kind: Outcome.Kind, _ position: UInt64, with: UInt64 = 0) {
        outcomes.append(Outcome(position: position, with: with, kind: kind))
    }

    /// Notes that an entry will be written; they come ascending.
    @inline(__always)
    mutating func take(_ index: Int) {
        if open.upperBound != index {
            close()
            open = index..<index
        }
        open = open.lowerBound..<(index + 1)
    }

    /// Ends the run that grows.
    mutating func close() {
        if !open.isEmpty { runs.append(open) }
        open = 0..<0
    }

    /// Whether an entry whose outcome is known will be written.
    @inline(__always)
    func isTaken(_ index: Int) -> Bool {
        outcomes[index].kind == .appended || outcomes[index].kind == .conflict
    }

    /// The outcomes as callers are told; the field of a conflict is yet to be found.
    var told: [AppendOutcome] {
        outcomes.map { outcome in
            switch outcome.kind {
            case .appended: .appended(position: outcome.position)
            case .known: .alreadyAppended(position: outcome.position)
            case .conflict:
                .conflict(position: outcome.position, with: outcome.with, field: "")
            case .conditionFailed:
                .conditionFailed(newest: failed?.newest ?? 0, about: failed?.about ?? 0)
            }
        }
    }
}
