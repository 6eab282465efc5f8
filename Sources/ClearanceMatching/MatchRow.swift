public import ClearanceEvents

/// The facts of one consignment that its outcomes are decided from.
///
/// Holds every version and not only the live one, because a withdrawal, a rejection or the day
/// asked for may make another one live. No position, no arrival order: everything is sorted by what
/// it is, so equal facts are equal bytes.
public struct MatchRow: FoldRow {
    var orders: [PaperStream<OrderFacts>] = []
    var payments: [PaperStream<PaymentFacts>] = []
    var waybills: [PaperStream<WaybillFacts>] = []
    var proceeds: [PaperStream<ProceedsFacts>] = []
    var lists: [ListVersion] = []
    var notices: [ListNotice] = []
    var evidence: [PaymentEvidence] = []
    var refunds: [PaymentRefund] = []
    var decisions: [ManualDecision] = []

    /// The row of a thing without papers.
    public init() {}

    /// The subjects of all orders that were ever submitted, sorted.
    public var orderSubjects: [[UInt8]] {
        orders.filter { !$0.versions.isEmpty }.map(\.subject)
    }

    public func encode(into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(orders.count))
        for stream in orders { stream.encode(into: &writer) }
        writer.writeVarint(UInt64(payments.count))
        for stream in payments { stream.encode(into: &writer) }
        writer.writeVarint(UInt64(waybills.count))
        for stream in waybills { stream.encode(into: &writer) }
        writer.writeVarint(UInt64(proceeds.count))
        for stream in proceeds { stream.encode(into: &writer) }
        writer.writeVarint(UInt64(lists.count))
        for list in lists { list.encode(into: &writer) }
        writer.writeVarint(UInt64(notices.count))
        for notice in notices { notice.encode(into: &writer) }
        writer.writeVarint(UInt64(evidence.count))
        for item in evidence { item.encode(into: &writer) }
        writer.writeVarint(UInt64(refunds.count))
        for refund in refunds { refund.encode(into: &writer) }
        writer.writeVarint(UInt64(decisions.count))
        for decision in decisions { decision.encode(into: &writer) }
    }

    @_lifetime(reader: copy reader)
    public init(from reader: inout ByteReader) throws(DecodingError) {
        for _ in 0..<(try reader.length()) { orders.append(try PaperStream(from: &reader)) }
        for _ in 0..<(try reader.length()) { payments.append(try PaperStream(from: &reader)) }
        for _ in 0..<(try reader.length()) { waybills.append(try PaperStream(from: &reader)) }
        for _ in 0..<(try reader.length()) { proceeds.append(try PaperStream(from: &reader)) }
        for _ in 0..<(try reader.length()) { lists.append(try ListVersion(from: &reader)) }
        for _ in 0..<(try reader.length()) { notices.append(try ListNotice(from: &reader)) }
        for _ in 0..<(try reader.length()) {
            evidence.append(try PaymentEvidence(from: &reader))
        }
        for _ in 0..<(try reader.length()) { refunds.append(try PaymentRefund(from: &reader)) }
        for _ in 0..<(try reader.length()) {
            decisions.append(try ManualDecision(from: &reader))
        }
    }
}

extension Array {
    /// The place of the stream with this subject, which is made when it is not there.
    mutating func place<Facts: PaperFacts>(
        of subject: Span<UInt8>
    ) -> Int where Element == PaperStream<Facts> {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let sign = subject.compared(to: self[middle].subject)
            if sign == 0 { return middle }
            if sign < 0 { high = middle } else { low = middle + 1 }
        }
        insert(PaperStream(subject: [UInt8](subject)), at: low)
        return low
    }
}

extension Span<UInt8> {
    /// −1, 0 or 1: the byte order against an array.
    func compared(to other: [UInt8]) -> Int {
        let shared = Swift.min(count, other.count)
        for index in 0..<shared where self[index] != other[index] {
            return self[index] < other[index] ? -1 : 1
        }
        return count == other.count ? 0 : (count < other.count ? -1 : 1)
    }
}
