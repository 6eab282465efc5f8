extension Array where Element == UInt8 {
    /// The bytes of a span, owned.
    init(owning span: Span<UInt8>) {
        self.init()
        reserveCapacity(span.count)
        for index in span.indices { append(span[index]) }
    }
}
