extension EventType {
    /// A Beijing day has ended.
    public static let clockDay = known("clock.day")

    /// Whether the type is a payment paper, whose identity includes the order.
    var isPayment: Bool { code & 0xFF00 == 0x0200 }
}
