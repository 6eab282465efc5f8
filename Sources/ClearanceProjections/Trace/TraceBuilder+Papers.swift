import ClearanceEvents

extension TraceBuilder {
    /// Orders, payments, waybills and proceeds with what they say of each other.
    mutating func addPaper(_ event: Event, _ position: UInt64) {
        let family = event.type.code >> 8
        let time = event.time.microseconds
        guard event.type.code & 0xFF != 1 else { return }
        switch family {
        case 1: addOrder(event, position, time)
        case 2: addPayment(event, position, time)
        case 3:
            draft.note(
                event.subject, .waybill, label: event.data.text("logisticsNo") ?? "", at: time,
                position)
            if let number = event.data.text("orderNo") {
                join(order: number, event.data.text("ebpCode"), event, position, "carriedBy")
            }
        case 4:
            draft.note(
                event.subject, .proceeds, label: event.data.text("payNo") ?? "", at: time, position)
            if let number = event.data.text("orderNo") {
                join(order: number, event.data.text("ebpCode"), event, position, "receivedBy")
            }
        default: break
        }
    }

    private mutating func addOrder(_ event: Event, _ position: UInt64, _ time: Int64) {
        draft.note(
            event.subject, .order, label: event.data.text("orderNo") ?? "", at: time, position)
    }

    private mutating func addPayment(_ event: Event, _ position: UInt64, _ time: Int64) {
        draft.note(
            event.subject, .payment, label: event.data.text("payTransactionId") ?? "", at: time,
            position)
        var orders: [(number: String, platform: String?)] = []
        if let number = event.data.text("orderNo") {
            orders.append((number, event.data.text("ebpCode")))
        }
        for record in event.data.records("orders") {
            guard let number = record.text("orderNo") else { continue }
            orders.append((number, record.text("ebpCode")))
        }
        for (number, platform) in orders {
            join(order: number, platform, event, position, "paidBy")
        }
    }

    /// Joins an order that is there; papers that come before their order are joined as well,
    /// because all orders are noted under their numbers.
    private mutating func join(
        order number: String, _ platform: String?, _ event: Event, _ position: UInt64,
        _ kind: String
    ) {
        for order in orders(number, platform) {
            draft.join(
                order, event.subject, kind, since: event.time.microseconds, position,
                isCertain: platform != nil || orders(number, nil).count == 1)
        }
    }

    /// The subjects of the orders with this number, of this platform when there is one.
    func orders(_ number: String, _ platform: String?) -> [String] {
        var all: Set<String> = []
        var own: Set<String> = []
        for (_, event) in items where event.type.code >> 8 == 1 {
            // A draft is no order yet.
            guard event.type.code & 0xFF != 1, event.data.text("orderNo") == number else {
                continue
            }
            all.insert(event.subject)
            if let platform, event.data.text("ebpCode") == platform { own.insert(event.subject) }
        }
        return (own.isEmpty ? all : own).sorted()
    }
}

extension DataRecord {
    /// The records of a list member, in their order.
    func records(_ name: String) -> [DataRecord] {
        guard case .list(let items) = self[name] else { return [] }
        return items.compactMap { if case .record(let record) = $0 { record } else { nil } }
    }

    /// The texts of a list member, in their order.
    func texts(_ name: String) -> [String] {
        guard case .list(let items) = self[name] else { return [] }
        return items.compactMap { if case .text(let text) = $0 { text } else { nil } }
    }
}
