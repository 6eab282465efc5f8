/// Lines of papers for tests; nobody in them exists.
enum Papers {
    static let identity = "110101190001010006"

    static func order(
        _ number: String = "NO1", paid: String = "129.12", id: String? = nil,
        time: String = "2026-03-01T09:00:00+08:00", name: String = "测试"
    ) -> String {
        line(
            id ?? "o-\(number)", "order.submitted", "order:EBP1/\(number)", time,
            #""orderNo":"\#(number)","ebpCode":"EBP1","ebcCode":"EBC1","acturalPaid":"\#(paid)","#
                + #""currency":"CNY","buyerName":"\#(name)","buyerIdNumber":"\#(identity)""#)
    }

    static func payment(
        _ number: String = "T1", order: String = "NO1", paid: String = "129.12",
        time: String = "2026-03-01T09:00:05+08:00"
    ) -> String {
        line(
            "p-\(number)", "payment.submitted", "payment:PAY1/\(number)", time,
            #""payCode":"PAY1","payTransactionId":"\#(number)","orderNo":"\#(order)","#
                + #""ebpCode":"EBP1","payerName":"测试","payerIdNumber":"\#(identity)","#
                + #""amountPaid":"\#(paid)","currency":"CNY""#)
    }

    static func waybill(
        _ number: String = "W1", order: String = "NO1",
        time: String = "2026-03-01T12:00:00+08:00"
    ) -> String {
        line(
            "w-\(number)", "waybill.submitted", "waybill:LOG1/\(number)", time,
            #""logisticsCode":"LOG1","logisticsNo":"\#(number)","orderNo":"\#(order)","#
                + #""weight":"1.2""#)
    }

    static func clock(_ day: String) -> String {
        line(
            "c-\(day)", "clock.day", "clock:beijing", day + "T23:59:59+08:00",
            #""date":"\#(day)""#)
    }

    static func line(
        _ id: String, _ type: String, _ subject: String, _ time: String, _ data: String,
        extra: String = ""
    ) -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"urn:clearance:test","#
            + #""type":"clearance.\#(type)","subject":"\#(subject)","time":"\#(time)","#
            + extra + #""data":{\#(data)}}"# + "\n"
    }

    /// An order, a payment and a waybill that match exactly.
    static var three: String { order() + payment() + waybill() }
}
