import ClearanceEvents

/// What matching keeps of one version of a paper.
protocol PaperFacts: Sendable, Equatable {
    /// What separates papers of one subject: a payment's order number; 0 elsewhere.
    var line: NameToken { get }
    func encode(into writer: inout ByteWriter)
    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError)
}

/// One version that was submitted or amended.
struct PaperVersion<Facts: PaperFacts>: Sendable, Equatable {
    /// Own time: `appTime`, else the event's `time`.
    let own: Int64
    let identity: EntryIdentity
    /// Submitted, not amended.
    let isFirst: Bool
    let facts: Facts

    /// The live version is the greatest: by own time, then by content.
    static func precedes(_ left: PaperVersion, _ right: PaperVersion) -> Bool {
        if left.own != right.own { return left.own < right.own }
        if left.identity.content != right.identity.content {
            return left.identity.content < right.identity.content
        }
        return left.identity.naturalKey < right.identity.naturalKey
    }
}

/// A withdrawal: ends every version of its line whose own time is not later.
struct PaperEnding: Sendable, Equatable, Comparable {
    let own: Int64
    /// 0 ends all lines.
    let line: NameToken

    static func < (left: PaperEnding, right: PaperEnding) -> Bool {
        left.own != right.own ? left.own < right.own : left.line < right.line
    }
}

/// What customs said of a paper, and when.
struct PaperReceipt: Sendable, Equatable, Comparable {
    let time: Int64
    let isRejection: Bool

    /// The last one counts; of two at one time the rejection is the last.
    static func < (left: PaperReceipt, right: PaperReceipt) -> Bool {
        left.time != right.time ? left.time < right.time : !left.isRejection && right.isRejection
    }
}

/// Everything that was said about one paper subject, sorted by what it is and not by arrival.
struct PaperStream<Facts: PaperFacts>: Sendable, Equatable {
    let subject: [UInt8]
    private(set) var versions: [PaperVersion<Facts>] = []
    private(set) var endings: [PaperEnding] = []
    private(set) var receipts: [PaperReceipt] = []

    init(subject: [UInt8]) { self.subject = subject }

    mutating func add(_ version: PaperVersion<Facts>) {
        var index = versions.count
        while index > 0, PaperVersion.precedes(version, versions[index - 1]) { index -= 1 }
        versions.insert(version, at: index)
    }

    mutating func add(_ ending: PaperEnding) { endings.insertSorted(ending) }
    mutating func add(_ receipt: PaperReceipt) { receipts.insertSorted(receipt) }

    /// Whether the version counts, given the withdrawals and receipts of `window`.
    func isLive(_ index: Int, window: Range<Int64> = .all) -> Bool {
        if endings.isEmpty && receipts.isEmpty { return true }
        return !isWithdrawn(index, window: window) && !isRejected(index, window: window)
    }

    func isWithdrawn(_ index: Int, window: Range<Int64> = .all) -> Bool {
        let version = versions[index]
        return endings.contains {
            $0.own >= version.own && window.contains($0.own)
                && ($0.line == Tokens.none || $0.line == version.facts.line)
        }
    }

    func isRejected(_ index: Int, window: Range<Int64> = .all) -> Bool {
        guard let last = receipts.last(where: { window.contains($0.time) }), last.isRejection
        else { return false }
        return last.time >= versions[index].own
    }

    /// Whether another content stands under the natural key of this version.
    func isConflicting(_ index: Int) -> Bool {
        guard versions.count > 1 else { return false }
        let identity = versions[index].identity
        return versions.contains {
            $0.identity.naturalKey == identity.naturalKey
                && $0.identity.content != identity.content
        }
    }

    /// The live version of each line, in the order of the versions.
    var liveLines: [Int] {
        if versions.count == 1 { return isLive(0) ? [0] : [] }
        var lines: [Int] = []
        for index in versions.indices.reversed() {
            let line = versions[index].facts.line
            guard isLive(index), !lines.contains(where: { versions[$0].facts.line == line })
            else { continue }
            lines.append(index)
        }
        return lines.reversed()
    }

    func encode(into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(subject.count))
        writer.write(raw: subject)
        writer.writeVarint(UInt64(versions.count))
        for version in versions {
            writer.write(version.own)
            writer.write(identity: version.identity)
            writer.write(UInt8(version.isFirst ? 1 : 0))
            version.facts.encode(into: &writer)
        }
        writer.writeVarint(UInt64(endings.count))
        for ending in endings {
            writer.write(ending.own)
            writer.write(ending.line)
        }
        writer.writeVarint(UInt64(receipts.count))
        for receipt in receipts {
            writer.write(receipt.time)
            writer.write(UInt8(receipt.isRejection ? 1 : 0))
        }
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        subject = try reader.byteArray()
        for _ in 0..<(try reader.length()) {
            let own = try reader.int64()
            let identity = try reader.identity()
            let isFirst = try reader.byte() != 0
            let facts = try Facts(from: &reader)
            versions.append(
                PaperVersion(own: own, identity: identity, isFirst: isFirst, facts: facts))
        }
        for _ in 0..<(try reader.length()) {
            endings.append(PaperEnding(own: try reader.int64(), line: try reader.uint64()))
        }
        for _ in 0..<(try reader.length()) {
            receipts.append(
                PaperReceipt(time: try reader.int64(), isRejection: try reader.byte() != 0))
        }
    }
}

extension Range<Int64> {
    /// All times.
    static var all: Range<Int64> { Int64.min..<Int64.max }
}

extension Array where Element: Comparable {
    /// Inserts behind all elements that are not greater; facts mostly come in order.
    mutating func insertSorted(_ element: Element) {
        var index = count
        while index > 0, element < self[index - 1] { index -= 1 }
        insert(element, at: index)
    }
}

extension ByteReader {
    /// Reads a counted run of bytes as an array.
    @_lifetime(self: copy self)
    mutating func byteArray() throws(DecodingError) -> [UInt8] {
        let span = try counted()
        return [UInt8](span)
    }

    @_lifetime(self: copy self)
    mutating func digest() throws(DecodingError) -> Digest16 {
        Digest16(high: try uint64(), low: try uint64())
    }
}

extension Array<UInt8> {
    /// A copy of lent bytes.
    init(_ span: Span<UInt8>) {
        self.init(capacity: span.count) { output in
            for index in span.indices { output.append(span[index]) }
        }
    }
}
