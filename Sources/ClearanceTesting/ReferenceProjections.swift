public import ClearanceEvents

/// Slow and obvious models of the procedure and of monthly counts, over owned events.
///
/// They read events the way a clerk would: put the papers of one consignment in the order of their
/// times and go through them once. They know the common lives (one list, declared again after a
/// rejection, cancelled, released, closed, returned) and nothing of contradictions, so that the
/// folds can be compared with them on generated worlds.
public enum ReferenceProjections {
    /// One attempt as the clerk sees it.
    public struct Attempt: Sendable, Equatable {
        /// The word that `show procedure` prints for the phase.
        public var phase = "none"
        public var submittedAt: Int64?
        public var acceptedAt: Int64?
        public var releasedAt: Int64?
        public var closedAt: Int64?
        public var isExport = false
        /// Σ `totalPrice` of the paper's lines in 10⁻⁵, by currency.
        public var value: [String: Int128] = [:]
        public var lines = 0
    }

    /// The order of steps that happen at one instant: as they stand in customs' procedure.
    private static let ranks: [String] = [
        "declare.drafted", "declare.submitted", "declare.amended", "declare.withdrawn",
        "receipt.progress", "declare.accepted", "declare.rejected", "declare.reviewing",
        "declare.reviewed", "release.granted", "release.closed", "release.returned",
        "declare.cancelled",
    ]

    /// The attempts of one consignment's events, oldest first; the events may come in any order.
    public static func attempts(_ events: [Event]) -> [Attempt] {
        let steps = events.compactMap { event -> (Int64, Int, Event)? in
            guard let rank = ranks.firstIndex(of: event.type.name) else { return nil }
            let isCancel = event.subject.hasPrefix("cancel:")
            let isList = ["declaration:", "pre:", "list:"].contains { event.subject.hasPrefix($0) }
            guard isList || (isCancel && event.type.name == "declare.cancelled") else {
                return nil
            }
            return (event.time.microseconds, rank, event)
        }.sorted { ($0.0, $0.1) < ($1.0, $1.1) }
        var attempts: [Attempt] = []
        for (time, _, event) in steps { take(event, at: time, &attempts) }
        return attempts
    }

    private static func take(_ event: Event, at time: Int64, _ attempts: inout [Attempt]) {
        let name = event.type.name
        let isEnded = attempts.last.map { isEnd($0.phase) } ?? false
        let restarts = name == "declare.submitted" || name == "declare.drafted"
        if attempts.isEmpty || (isEnded && restarts) { attempts.append(Attempt()) }
        var attempt = attempts.removeLast()
        defer { attempts.append(attempt) }
        if attempt.phase == "cancelled" { return }
        switch name {
        case "declare.drafted": raise(&attempt, "drafted")
        case "declare.submitted", "declare.amended":
            attempt.submittedAt = attempt.submittedAt ?? time
            raise(&attempt, "submitted")
            read(event, &attempt)
        case "receipt.progress":
            if ["2", "3"].contains(event.data.text("returnStatus") ?? "") {
                raise(&attempt, "submitted")
            }
        case "declare.accepted":
            attempt.acceptedAt = attempt.acceptedAt ?? time
            raise(&attempt, "accepted")
        case "declare.reviewing": raise(&attempt, "reviewing")
        case "declare.reviewed": raise(&attempt, "reviewed")
        case "release.granted":
            attempt.releasedAt = attempt.releasedAt ?? time
            raise(&attempt, "released")
        case "release.closed":
            attempt.closedAt = attempt.closedAt ?? time
            raise(&attempt, "closed")
        case "declare.rejected": attempt.phase = "rejected"
        case "release.returned": attempt.phase = "turnedBack"
        case "declare.cancelled": attempt.phase = "cancelled"
        case "declare.withdrawn":
            if ["none", "drafted", "submitted"].contains(attempt.phase) {
                attempt.phase = "cancelled"
            }
        default: break
        }
    }

    private static let phases = [
        "none", "drafted", "submitted", "accepted", "reviewing", "reviewed", "released", "closed",
    ]

    private static func isEnd(_ phase: String) -> Bool {
        ["rejected", "cancelled", "turnedBack"].contains(phase)
    }

    private static func raise(_ attempt: inout Attempt, _ phase: String) {
        guard let now = phases.firstIndex(of: attempt.phase),
            let new = phases.firstIndex(of: phase), new > now
        else { return }
        attempt.phase = phase
    }

    private static func read(_ event: Event, _ attempt: inout Attempt) {
        guard attempt.acceptedAt == nil || attempt.lines == 0 else { return }
        attempt.isExport = event.data.text("ieFlag") == "E"
        attempt.value = [:]
        attempt.lines = 0
        guard case .list(let items) = event.data["items"] else { return }
        for case .record(let item) in items {
            let given = item.text("currency") ?? event.data.text("currency") ?? ""
            let currency = Currency.alphabetic(given) ?? given
            let price = FixedDecimal(item.text("totalPrice") ?? "") ?? .zero
            attempt.value[currency, default: 0] += Int128(price.units)
            attempt.lines += 1
        }
    }

    /// What one Beijing month amounts to.
    public struct Month: Sendable, Equatable {
        public var lists: Int64 = 0
        public var lines: Int64 = 0
        /// Σ in 10⁻⁵, by currency.
        public var value: [String: Int128] = [:]

        public init() {}
    }

    /// Counts of all consignments by month number and direction (`import`, `export`).
    public static func months(_ consignments: [[Event]]) -> [Int: [String: Month]] {
        var result: [Int: [String: Month]] = [:]
        for attempt in consignments.flatMap(attempts) where !isEnd(attempt.phase) {
            guard let end = attempt.isExport ? attempt.closedAt : attempt.releasedAt else {
                continue
            }
            let month = Instant(microseconds: end).beijingDay.monthNumber
            let direction = attempt.isExport ? "export" : "import"
            var sum = result[month]?[direction] ?? Month()
            sum.lists += 1
            sum.lines += Int64(attempt.lines)
            sum.value.merge(attempt.value, uniquingKeysWith: +)
            result[month, default: [:]][direction] = sum
        }
        return result
    }
}
