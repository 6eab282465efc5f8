import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger

/// A rule set as answers name it.
struct RuleSetName: Hashable {
    let id: String
    let hash: String
    let status: String
}

/// What an answering command asks of: the ledger, the view at the position and time asked, and the
/// head that every answer begins with.
struct Answer {
    let path: String
    let ledger: Ledger
    let options: AnswerOptions
    /// The position answered for.
    let position: UInt64
    /// The view of the projections; events after the time asked are not in it, unless it sees later
    /// ones.
    let view: LedgerView
    var ruleSets: [RuleSetName] = []
    /// Whether a figure was reported by an authority for the whole country.
    var isReported = false
    /// Whether anything provisional went in beside the rule sets.
    var restsOnProvisional = false
    /// Whether a personal value was masked.
    var masked = false
    /// The time used when none was asked for: the end of the day reached.
    var usedTime: Instant?

    /// Opens the ledger for a command. With `seesLater` the day asked bounds no event: what is
    /// asked says itself from when it holds, and only what is known counts (`specs/credit.md`, K5,
    /// K6).
    init(
        _ path: String, _ options: AnswerOptions, command: String, seesLater: Bool = false
    ) throws {
        self.path = path
        self.options = options
        ledger = try Wiring.reader(path)
        let end = try ledger.position()
        switch options.knownAt {
        case .position(let known)?:
            guard known <= end else {
                throw ValidationError("the ledger ends at position \(end)")
            }
            position = known
        case .time(let time)?:
            position = try ledger.position(
                recordedBy: Instant(microseconds: time.lastSeen))
        case nil: position = end
        }
        if let reason = options.reveal {
            try Disclosure.record(
                reason, command: command, ledger: ledger, position: position)
        }
        view = try ledger.view(
            knownAt: position == end ? nil : position,
            asOf: seesLater ? nil : options.asOf?.lastSeen)
    }

    var language: Language { options.language }

    /// Whether personal values are masked.
    var masks: Bool { options.reveal == nil }

    /// The last Beijing day that has ended: that of `--as-of`, else the greatest `clock.day` that
    /// is known; nil when there is neither. Cost without `--as-of`: one pass over the log.
    mutating func dayReached() throws -> CivilDay? {
        if let asOf = options.asOf { return asOf.dayReached }
        let reached = try DayReached.find(ledger, through: position)
        usedTime = reached.map { $0.adding(days: 1).beijingStart }
        return reached
    }

    /// The Beijing day that is asked about: that of `--as-of`, else the day reached, else the day
    /// of the greatest time in the ledger.
    mutating func dayAsked() throws -> CivilDay {
        if let asOf = options.asOf { return asOf.day }
        if let reached = try dayReached() { return reached }
        var last: Int64?
        try ledger.forEachEntry(through: position) { _, view in
            last = max(last ?? view.time, view.time)
            return true
        }
        guard let last else { return CivilDay(number: 0) }
        let instant = Instant(microseconds: last)
        usedTime = instant
        return instant.beijingDay
    }

    /// Whether a rule set or a figure that went in is provisional.
    var isProvisional: Bool {
        restsOnProvisional || ruleSets.contains { $0.status != "confirmed" }
    }

    /// The members that every answer begins with.
    func writeHead(to writer: inout JSONWriter) {
        writer.member("ledger", path)
        writer.member("position", position)
        writer.name("asOf")
        if let time = options.asOf?.instant ?? usedTime {
            writer.value(time.rfc3339)
        } else {
            writer.null()
        }
        writer.member("knownAt", position)
        writer.member(array: "ruleSets") { writer in
            let sorted = ruleSets.sorted { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
            for set in sorted {
                writer.object { writer in
                    writer.member("id", set.id)
                    writer.member("hash", set.hash)
                    writer.member("status", set.status)
                }
            }
        }
        writer.member("provisional", isProvisional)
        writer.member("coverage", isReported ? "reported" : "ledger")
        if masked { writer.member("masked", true) }
    }

    /// Prints the answer as one JSON object: the head, then what `body` writes.
    func print(_ body: (inout JSONWriter) -> Void) throws {
        try Output.json { writer in
            writeHead(to: &writer)
            body(&writer)
        }
    }

    /// The last line of a text answer: what it was asked of, and under which rules.
    func printFoot() throws {
        var parts = [language("位置", "position") + " \(position)"]
        if let time = options.asOf?.instant ?? usedTime {
            parts.append(language("截至", "as of") + " \(time.rfc3339)")
        }
        parts += ruleSets.map { set in
            let status = set.status == "confirmed" ? "" : language("（暂定）", " (provisional)")
            return language("规则", "rules") + " \(set.id)\(status)"
        }
        try Output.line(parts.joined(separator: " · "))
    }
}
