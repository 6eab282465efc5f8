import ClearanceEvents

/// Payments of one order, and each order of its own number.
enum TradeGroup: Grouping {
    static let name = "trade"
    static let version: UInt16 = 1
    private static let orderNo = Catalogue.field("order.orderNo")
    private static let paidOrder = Catalogue.field("payment.orderNo")

    static func links(of event: EventView, into sink: inout LinkSink) {
        switch event.type {
        case .orderSubmitted: sink.joins(LinkKey.of("order", event.data.text(orderNo)))
        case .paymentSubmitted: sink.joins(LinkKey.of("order", event.data.text(paidOrder)))
        default: break
        }
    }

    static func links(ofSubject subject: Span<UInt8>, into sink: inout LinkSink) {}
}

/// How many papers, and the sum of what was paid.
struct TradeRow: FoldRow {
    var papers: UInt64 = 0
    var paid: Int64 = 0

    init() {}

    func encode(into writer: inout ByteWriter) {
        writer.writeVarint(papers)
        writer.write(paid)
    }

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        papers = try reader.varint()
        paid = try reader.int64()
    }
}

/// The fold whose tables the fault tests compare with a clean rebuild.
struct TradeFold: KeyedFold {
    typealias Group = TradeGroup
    static let name = "trade"
    static let version: UInt16 = 1
    private static let amount = Catalogue.field("payment.amountPaid")

    func begin() -> TradeRow { TradeRow() }

    func apply(_ event: EventView, to row: inout TradeRow) {
        row.papers += 1
        if event.type == .paymentSubmitted {
            row.paid += event.data.decimal(TradeFold.amount)?.units ?? 0
        }
    }

    func totals(of row: TradeRow, into sink: inout TotalsSink) {
        sink.add([UInt8(min(row.papers, 255))], Total(count: 1, first: Int128(row.paid)))
    }
}
