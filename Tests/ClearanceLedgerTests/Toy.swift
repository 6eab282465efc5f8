import ClearanceEvents
import ClearanceLedger
import Foundation

/// Orders and payments joined by their order number; bills by their numbers.
enum ToyGroup: Grouping {
    static let name = "toy"
    static let version: UInt16 = 1
    private static let orderNo = Catalogue.field("order.orderNo")
    private static let paidOrder = Catalogue.field("payment.orderNo")
    private static let transaction = Catalogue.field("payment.payTransactionId")
    private static let logisticsNo = Catalogue.field("waybill.logisticsNo")
    private static let waybillOrder = Catalogue.field("waybill.orderNo")

    static func links(of event: EventView, into sink: inout LinkSink) {
        switch event.type {
        case .orderSubmitted:
            sink.joins(LinkKey.of("order", event.data.text(orderNo)))
        case .paymentSubmitted:
            sink.concerns(LinkKey.of("order", event.data.text(paidOrder)))
            sink.via(LinkKey.of("transaction", event.data.text(transaction)))
        case .paymentRefunded:
            sink.via(LinkKey.of("transaction", event.subject))
        case .waybillSubmitted:
            // A waybill joins its own number to the order: the toy's way to make and split things.
            sink.joins(LinkKey.of("waybill", event.data.text(logisticsNo)))
            sink.joins(LinkKey.of("order", event.data.text(waybillOrder)))
        default: break
        }
    }

    static func links(ofSubject subject: Span<UInt8>, into sink: inout LinkSink) {
        guard let utf8 = try? UTF8Span(validating: subject) else { return }
        let text = String(copying: utf8)
        if text.hasPrefix("order:") {
            sink.joins(LinkKey.of("order", String(text.dropFirst(8))))
        } else if text.hasPrefix("waybill:") {
            sink.joins(LinkKey.of("waybill", String(text.dropFirst(10))))
        } else {
            sink.via(LinkKey.of("transaction", text))
        }
    }
}

/// The subjects of a thing's events, in canonical order, and the sum of what was paid.
struct ToyRow: FoldRow {
    var subjects: [String] = []
    var paid: Int64 = 0

    func encode(into writer: inout ByteWriter) {
        writer.writeVarint(UInt64(subjects.count))
        for subject in subjects { writer.write(text: subject) }
        writer.write(paid)
    }

    init() {}

    @_lifetime(reader: copy reader)
    init(from reader: inout ByteReader) throws(DecodingError) {
        for _ in 0..<(try reader.varint()) { subjects.append(try reader.text()) }
        paid = try reader.int64()
    }
}

struct ToyFold: KeyedFold {
    typealias Group = ToyGroup
    static let name = "toy"
    static let version: UInt16 = 1
    private static let amount = Catalogue.field("payment.amountPaid")

    func begin() -> ToyRow { ToyRow() }

    func apply(_ event: EventView, to row: inout ToyRow) {
        if let text = try? UTF8Span(validating: event.subject) {
            row.subjects.append(String(copying: text))
        }
        guard event.type == .paymentSubmitted else { return }
        row.paid += event.data.decimal(ToyFold.amount)?.units ?? 0
    }

    func totals(of row: ToyRow, into sink: inout TotalsSink) {
        sink.add([UInt8(min(row.subjects.count, 255))], Total(count: 1, first: Int128(row.paid)))
    }
}

/// Events of the toy's little trade.
enum Toy {
    static let source = "urn:test"

    static func time(_ minute: Int) -> Instant {
        Instant(microseconds: 1_767_225_600_000_000 + Int64(minute) * 60_000_000)
    }

    static func order(_ number: Int, at minute: Int = 0, paid: String = "10.00") -> Event {
        var event = Event(
            "order.submitted", subject: "order:E/\(number)", time: time(minute), source: source,
            id: "o-\(number)")
        event.data["orderNo"] = .text("\(number)")
        event.data["ebpCode"] = .text("E")
        event.data["acturalPaid"] = .text(paid)
        event.data["currency"] = .text("CNY")
        return event
    }

    static func payment(_ number: Int, of order: Int, at minute: Int, _ amount: String) -> Event {
        var event = Event(
            "payment.submitted", subject: "payment:P/\(number)", time: time(minute),
            source: source, id: "p-\(number)-\(order)")
        event.data["payTransactionId"] = .text("payment:P/\(number)")
        event.data["orderNo"] = .text("\(order)")
        event.data["amountPaid"] = .text(amount)
        event.data["currency"] = .text("CNY")
        return event
    }

    static func refund(_ number: Int, of payment: Int, at minute: Int) -> Event {
        var event = Event(
            "payment.refunded", subject: "payment:P/\(payment)", time: time(minute),
            source: source, id: "r-\(number)")
        event.data["amount"] = .text("1")
        return event
    }

    static func waybill(_ number: Int, of order: Int, at minute: Int) -> Event {
        var event = Event(
            "waybill.submitted", subject: "waybill:L/\(number)", time: time(minute),
            source: source, id: "w-\(number)-\(order)")
        event.data["logisticsNo"] = .text("\(number)")
        event.data["orderNo"] = .text("\(order)")
        return event
    }

    static func correcting(_ event: Event, id: String, _ reason: Correction.Reason) -> Event {
        var correction = event
        correction.id = id
        correction.corrects = Correction(source: event.source, id: event.id, reason: reason)
        return correction
    }
}

/// A directory that is removed when the test ends.
final class TemporaryDirectory {
    let path: String

    init() {
        path = NSTemporaryDirectory() + "clearance-test-" + UUID().uuidString
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open(
        toy: Bool = true, key: [UInt8]? = Array(repeating: 7, count: 16)
    ) throws -> Ledger {
        try Ledger.open(path, options: TemporaryDirectory.options(toy: toy, key: key))
    }

    static func options(
        toy: Bool = true, key: [UInt8]? = Array(repeating: 7, count: 16)
    ) -> LedgerOptions {
        var options = LedgerOptions()
        options.logMapSize = 1 << 30
        options.stateMapSize = 1 << 30
        options.indexKey = key
        if toy { options.projections.add(ToyFold()) }
        return options
    }
}
