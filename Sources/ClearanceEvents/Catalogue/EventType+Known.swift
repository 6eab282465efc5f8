extension EventType {
    /// Whether the type is a payment paper, whose identity includes the order.
    var isPayment: Bool { code & 0xFF00 == 0x0200 }

    /// Whether the type belongs to the four papers 单证: order, payment, waybill, proceeds.
    public var isPaper: Bool { (0x01...0x04).contains(code >> 8) }
}
