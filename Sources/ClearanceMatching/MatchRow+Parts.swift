import ClearanceEvents

/// One version of a declaration list, with the names by which customs answers it.
struct ListVersion: Sendable, Equatable {
    let own: Int64
    let identity: EntryIdentity
    let subject: [UInt8]
    /// Tokens of the subject and of `copNo`, `preNo`, `invtNo`, sorted.
    let names: [NameToken]
    let facts: ListFacts

    static func precedes(_ left: ListVersion, _ right: ListVersion) -> Bool {
        if left.own != right.own { return left.own < right.own }
        if left.identity.content != right.identity.content {
            return left.identity.content < right.identity.content
        }
        return left.identity.naturalKey < right.identity.naturalKey
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(own)
        writer.write(identity: identity)
        writer.write(counted: subject.span)
        writer.write(names: names)
        facts.encode(into: &writer)
    }
}

extension ListVersion {
    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        self.init(
            own: try reader.int64(), identity: try reader.identity(),
            subject: try reader.byteArray(), names: try reader.names(),
            facts: try ListFacts(from: &reader))
    }
}

/// What was said about a list: by customs, or by the declarant who withdraws it.
struct ListNotice: Sendable, Equatable, Comparable {
    enum Verdict: UInt8 {
        case accepted = 0
        case rejected = 1
        case cancelled = 2
        case withdrawn = 3
    }

    let time: Int64
    let verdict: Verdict
    let names: [NameToken]
    /// Customs' check codes of a rejection.
    let codes: [ShortCode]

    static func < (left: ListNotice, right: ListNotice) -> Bool {
        if left.time != right.time { return left.time < right.time }
        if left.verdict != right.verdict { return left.verdict.rawValue < right.verdict.rawValue }
        if left.names != right.names {
            return left.names.lexicographicallyPrecedes(right.names)
        }
        return left.codes.lexicographicallyPrecedes(right.codes) { $0.packed < $1.packed }
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(time)
        writer.write(verdict.rawValue)
        writer.write(names: names)
        writer.write(names: codes.map(\.packed))
    }
}

extension ListNotice {
    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        let time = try reader.int64()
        guard let verdict = Verdict(rawValue: try reader.byte()) else {
            throw DecodingError(offset: reader.offset, expected: "a verdict")
        }
        self.init(
            time: time, verdict: verdict, names: try reader.names(),
            codes: try reader.names().map { ShortCode(packed: $0) })
    }
}

/// The original payment request (announcement 165/179): which orders one payment pays.
struct PaymentEvidence: Sendable, Equatable {
    let subject: [UInt8]
    let time: Int64
    let identity: EntryIdentity
    let orders: [OrderShare]
    let total: Int64?

    static func precedes(_ left: PaymentEvidence, _ right: PaymentEvidence) -> Bool {
        if left.subject != right.subject {
            return left.subject.lexicographicallyPrecedes(right.subject)
        }
        return left.time != right.time
            ? left.time < right.time : left.identity.precedes(right.identity)
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(counted: subject.span)
        writer.write(time)
        writer.write(identity: identity)
        writer.writeVarint(UInt64(orders.count))
        for order in orders { order.encode(into: &writer) }
        writer.write(optional: total)
    }
}

extension PaymentEvidence {
    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        let subject = try reader.byteArray()
        let time = try reader.int64()
        let identity = try reader.identity()
        var orders: [OrderShare] = []
        for _ in 0..<(try reader.length()) { orders.append(try OrderShare(from: &reader)) }
        self.init(
            subject: subject, time: time, identity: identity, orders: orders,
            total: try reader.optionalInteger())
    }
}

/// Money given back to the buyer.
struct PaymentRefund: Sendable, Equatable {
    /// The payment's subject.
    let payment: [UInt8]
    let identity: EntryIdentity
    /// The order, when the event names one.
    let platform: NameToken
    let number: NameToken
    let amount: Int64

    static func precedes(_ left: PaymentRefund, _ right: PaymentRefund) -> Bool {
        if left.payment != right.payment {
            return left.payment.lexicographicallyPrecedes(right.payment)
        }
        return left.identity.precedes(right.identity)
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(counted: payment.span)
        writer.write(identity: identity)
        writer.write(platform)
        writer.write(number)
        writer.writeSigned(amount)
    }
}

extension PaymentRefund {
    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        self.init(
            payment: try reader.byteArray(), identity: try reader.identity(),
            platform: try reader.uint64(), number: try reader.uint64(),
            amount: try reader.signed())
    }
}

/// A decision by hand about an order.
struct ManualDecision: Sendable, Equatable {
    enum Verb: UInt8 {
        case accept = 1
        case reject = 2
        case force = 3
        case split = 4
        case merge = 5
        case writeOff = 6
        case reopen = 7

        /// Whether the decision changes or ends an outcome; the others are kept and shown.
        var counts: Bool { self == .accept || self == .reject || self == .force || self == .reopen }
    }

    let subject: [UInt8]
    let time: Int64
    let identity: EntryIdentity
    let verb: Verb
    /// Subjects of the papers that the decision names, in the order given.
    let papers: [[UInt8]]

    static func precedes(_ left: ManualDecision, _ right: ManualDecision) -> Bool {
        left.time != right.time
            ? left.time < right.time : left.identity.precedes(right.identity)
    }

    func encode(into writer: inout ByteWriter) {
        writer.write(counted: subject.span)
        writer.write(time)
        writer.write(identity: identity)
        writer.write(verb.rawValue)
        writer.writeVarint(UInt64(papers.count))
        for paper in papers { writer.write(counted: paper.span) }
    }
}

extension ManualDecision {
    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        let subject = try reader.byteArray()
        let time = try reader.int64()
        let identity = try reader.identity()
        guard let verb = Verb(rawValue: try reader.byte()) else {
            throw DecodingError(offset: reader.offset, expected: "a decision")
        }
        var papers: [[UInt8]] = []
        for _ in 0..<(try reader.length()) { papers.append(try reader.byteArray()) }
        self.init(subject: subject, time: time, identity: identity, verb: verb, papers: papers)
    }
}

extension ByteWriter {
    mutating func write(identity: EntryIdentity) {
        write(identity.naturalKey.high)
        write(identity.naturalKey.low)
        write(identity.content.high)
        write(identity.content.low)
    }

    mutating func write(names: [NameToken]) {
        writeVarint(UInt64(names.count))
        for name in names { write(name) }
    }
}

extension ByteReader {
    @_lifetime(self: copy self)
    mutating func identity() throws(DecodingError) -> EntryIdentity {
        EntryIdentity(naturalKey: try digest(), content: try digest())
    }

    @_lifetime(self: copy self)
    mutating func names() throws(DecodingError) -> [NameToken] {
        var names: [NameToken] = []
        for _ in 0..<(try length()) { names.append(try uint64()) }
        return names
    }
}

extension EntryIdentity {
    func precedes(_ other: EntryIdentity) -> Bool {
        naturalKey != other.naturalKey
            ? naturalKey < other.naturalKey : content < other.content
    }
}
