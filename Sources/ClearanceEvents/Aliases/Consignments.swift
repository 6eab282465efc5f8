/// Consignments: an order, its papers, its declarations, and everything that happens to them.
///
/// Orders and lists (with their declarant's, pre-entry and list numbers) are joined into one thing
/// by the declarations that name several of them; everything else belongs to the thing that it
/// names, directly or through the waybill, payment, request or bill that it speaks of. The rules,
/// message by message: `specs/aliases.md`.
public enum Consignments: Grouping {
    public static let name = "consignment"
    public static let version: UInt16 = 1

    public static func links(of event: EventView, into sink: inout LinkSink) {
        let code = event.type.code
        let index = code & 0xFF
        switch code >> 8 {
        case 0x01: order(event, into: &sink)
        case 0x02: payment(event, index: index, into: &sink)
        case 0x03: waybill(event, isReceipt: index > 4, into: &sink)
        case 0x04: proceeds(event, isReceipt: index > 4, into: &sink)
        case 0x06: declare(event, index: index, into: &sink)
        case 0x07: inspection(event, into: &sink)
        case 0x08: release(event, into: &sink)
        case 0x09: goodsReturn(event, index: index, into: &sink)
        case 0x0A: refund(event, index: index, into: &sink)
        case 0x0B: settle(event, index: index, into: &sink)
        case 0x0C: movement(event, into: &sink)
        case 0x0D: risk(event, index: index, into: &sink)
        case 0x0F: decision(event, into: &sink)
        case 0x11: receipt(event, into: &sink)
        case 0x12: tie(subject: event.subject, mode: .refers, into: &sink)
        default: break
        }
    }

    public static func links(ofSubject subject: Span<UInt8>, into sink: inout LinkSink) {
        tie(subject: subject, mode: .refers, into: &sink)
    }
}

/// The keys of one subject in a grouping.
public struct SubjectKeys: Sendable, Equatable {
    /// Keys of the thing itself, as events join or concern them.
    public let keys: [Digest16]
    /// Keys through which events belong to things.
    public let via: [Digest16]

    init(_ sink: LinkSink) {
        keys = sink.links.filter { $0.role != .via }.map(\.key)
        via = sink.links.filter { $0.role == .via }.map(\.key)
    }
}

extension Subject {
    /// The keys of this subject in a grouping, e.g. `Consignments.self` or `Enterprises.self`.
    public func links(_ grouping: any Grouping.Type) -> SubjectKeys {
        var sink = LinkSink()
        let bytes = Array(text.utf8)
        grouping.links(ofSubject: bytes.span, into: &sink)
        return SubjectKeys(sink)
    }
}
