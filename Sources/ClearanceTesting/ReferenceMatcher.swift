public import ClearanceEvents

/// What the reference says of one order.
public struct ReferenceOutcome: Sendable, Equatable {
    public let subject: String
    public let outcome: String
    public let kind: String
    /// Every code that was found, sorted, each once.
    public let codes: [String]
    /// The papers that took part: the order, then the others sorted.
    public let papers: [String]
    public let declared: Bool
}

/// What the reference says of a set of events.
public struct ReferenceResult: Sendable, Equatable {
    /// One for each order, sorted by subject bytes.
    public let orders: [ReferenceOutcome]
    /// Orphan kind → sorted names of the papers.
    public let orphans: [String: [String]]
}

/// The slow and obvious matcher: what `specs/matching.md` says, over owned events and plain texts.
///
/// Shares no code with the fold or the decider, so that the two can be compared. Quadratic and
/// worse; meant for worlds of some hundred orders. Corrections are taken out here.
public struct ReferenceMatcher: Sendable {
    /// Days after the order's day within which payment and waybill are awaited.
    public var waitingDays = 7
    /// Accepted difference per alphabetic currency, in 10⁻⁵.
    public var tolerance: [String: Int64] = [:]
    /// Whether buyer and payer must be one person.
    public var buyerIsPayer = true
    /// Months after which a waybill number may be used again.
    public var reuseMonths = 6
    private let encoder: EntryEncoder

    /// A matcher; the index key breaks ties between versions of one instant, as in the ledger.
    public init(indexKey: SipKey) { encoder = EntryEncoder(indexKey: indexKey) }

    /// Matches everything at once. `day` is the last Beijing day that has ended.
    public func match(_ events: [Event], day: CivilDay?) -> ReferenceResult {
        let said = events.filter { isInForce($0, among: events, depth: 0) }.map(paper)
        return ReferenceTable(papers: said, rules: self, day: day).result()
    }

    /// An event counts when no event in force corrects it, and when it does not only take back.
    private func isInForce(_ event: Event, among events: [Event], depth: Int) -> Bool {
        if depth == 0, event.corrects?.reason == .didNotOccur { return false }
        guard depth < 8 else { return true }
        return !events.contains {
            $0.corrects?.source == event.source && $0.corrects?.id == event.id
                && isInForce($0, among: events, depth: depth + 1)
        }
    }

    private func paper(_ event: Event) -> ReferencePaper {
        var writer = ByteWriter()
        guard let identity = try? encoder.encode(event, into: &writer) else {
            preconditionFailure("an event that cannot be an entry cannot be matched")
        }
        return ReferencePaper(event: event, identity: identity)
    }
}

/// One event with what is asked of it all the time.
struct ReferencePaper {
    let event: Event
    let identity: EntryIdentity

    var family: String { String(event.type.name.prefix { $0 != "." }) }
    var step: String { String(event.type.name.drop { $0 != "." }.dropFirst()) }
    var subject: String { event.subject }
    var isVersion: Bool { step == "submitted" || step == "amended" }

    /// `appTime`, else `time`.
    var own: Int64 {
        guard let text = event.data.text("appTime") else { return event.time.microseconds }
        let bytes = Array(text.utf8)
        let time = Instant(customs: bytes.span) ?? Instant(rfc3339: bytes.span)
        return time?.microseconds ?? event.time.microseconds
    }

    var day: CivilDay { Instant(microseconds: own).beijingDay }

    /// A text; empty when it is absent.
    func text(_ name: String) -> String { event.data.text(name) ?? "" }

    /// A platform; `无` is none.
    var platform: String { text("ebpCode") == "无" ? "" : text("ebpCode") }

    func amount(_ name: String) -> Int128? {
        event.data.text(name).flatMap { FixedDecimal($0) }.map { Int128($0.units) }
    }

    var currency: String { Currency.alphabetic(text("currency")) ?? text("currency") }

    /// A personal text, trimmed; nil when it is absent or empty.
    func person(_ name: String) -> String? {
        guard let text = event.data.text(name), !text.isEmpty else { return nil }
        var rest = Substring(text)
        while rest.first?.isWhitespace == true { rest.removeFirst() }
        while rest.last?.isWhitespace == true { rest.removeLast() }
        return name.hasSuffix("IdNumber") ? rest.uppercased() : String(rest)
    }

    func records(_ name: String) -> [DataRecord]? {
        guard case .list(let items)? = event.data[name] else { return nil }
        return items.compactMap { if case .record(let record) = $0 { record } else { nil } }
    }

    /// Whether this version is newer than another.
    func isNewer(than other: ReferencePaper) -> Bool {
        if own != other.own { return own > other.own }
        if identity.content != other.identity.content {
            return other.identity.content < identity.content
        }
        return other.identity.naturalKey < identity.naturalKey
    }
}

/// A paper that counts, under the name it has in answers.
struct ReferenceLive {
    let paper: ReferencePaper
    let name: String
    /// Another content stands under its natural key.
    let isConflicting: Bool
}

/// All papers of one question.
struct ReferenceTable {
    let papers: [ReferencePaper]
    let rules: ReferenceMatcher
    let day: CivilDay?

    func versions(_ family: String) -> [ReferencePaper] {
        papers.filter { $0.family == family && $0.isVersion }
    }

    func isConflicting(_ paper: ReferencePaper) -> Bool {
        papers.contains {
            $0.identity.naturalKey == paper.identity.naturalKey
                && $0.identity.content != paper.identity.content
        }
    }

    func isWithdrawn(_ paper: ReferencePaper, since: Int64 = .min, until: Int64 = .max) -> Bool {
        papers.contains {
            $0.family == paper.family && $0.step == "withdrawn" && $0.subject == paper.subject
                && $0.own >= paper.own && $0.own >= since && $0.own < until
                && (paper.family != "payment" || $0.text("orderNo").isEmpty
                    || $0.text("orderNo") == paper.text("orderNo"))
        }
    }

    func isRejected(_ paper: ReferencePaper, since: Int64 = .min, until: Int64 = .max) -> Bool {
        let answers = papers.filter {
            $0.family == paper.family && $0.subject == paper.subject
                && ($0.step == "accepted" || $0.step == "rejected")
                && $0.event.time.microseconds >= since && $0.event.time.microseconds < until
        }
        guard let last = answers.map(\.event.time.microseconds).max() else { return false }
        return last >= paper.own
            && answers.contains { $0.step == "rejected" && $0.event.time.microseconds == last }
    }

    /// The newest of the versions that counts, of one subject and order number.
    func newest(_ candidates: [ReferencePaper]) -> ReferencePaper? {
        candidates.reduce(nil) { best, next in
            guard let best else { return next }
            return next.isNewer(than: best) ? next : best
        }
    }

    /// The live papers of a family without lives.
    func live(_ family: String) -> [ReferenceLive] {
        var found: [ReferenceLive] = []
        for paper in versions(family) {
            let rivals = versions(family).filter {
                $0.subject == paper.subject && !isWithdrawn($0) && !isRejected($0)
                    && (family != "payment" || $0.text("orderNo") == paper.text("orderNo"))
            }
            guard newest(rivals)?.identity == paper.identity else { continue }
            found.append(
                ReferenceLive(
                    paper: paper, name: paper.subject, isConflicting: isConflicting(paper)))
        }
        return found
    }

    /// The lives of a waybill number: first instants, in order.
    func starts(_ subject: String) -> [Int64] {
        let all = versions("waybill").filter { $0.subject == subject }
        let first = all.filter { $0.step == "submitted" }.map(\.own).sorted()
        guard !first.isEmpty else { return [all.map(\.own).min() ?? 0] }
        var starts: [Int64] = []
        for (index, own) in first.enumerated() {
            if index > 0 {
                let limit = Instant(microseconds: first[index - 1]).beijingDay
                    .adding(months: rules.reuseMonths)
                if Instant(microseconds: own).beijingDay <= limit { continue }
            }
            starts.append(own)
        }
        return starts
    }

    /// From when until when a life takes papers.
    func windows(_ subject: String) -> [(start: Int64, since: Int64, until: Int64)] {
        let starts = self.starts(subject)
        return starts.indices.map { index in
            let since = index == 0 ? Int64.min : starts[index]
            let until = index + 1 < starts.count ? starts[index + 1] : Int64.max
            return (starts[index], since, until)
        }
    }

    func waybillName(_ subject: String, _ start: Int64) -> String {
        "\(subject)@\(Instant(microseconds: start).beijingDay)"
    }

    /// The live version of every life of every waybill number.
    func liveWaybills() -> [(live: ReferenceLive, start: Int64)] {
        var found: [(live: ReferenceLive, start: Int64)] = []
        for subject in Set(versions("waybill").map(\.subject)) {
            for life in windows(subject) {
                let rivals = versions("waybill").filter {
                    $0.subject == subject && $0.own >= life.since && $0.own < life.until
                        && !isWithdrawn($0, since: life.since, until: life.until)
                        && !isRejected($0, since: life.since, until: life.until)
                }
                guard let paper = newest(rivals) else { continue }
                let live = ReferenceLive(
                    paper: paper, name: waybillName(subject, life.start),
                    isConflicting: isConflicting(paper))
                found.append((live, life.start))
            }
        }
        return found
    }
}
