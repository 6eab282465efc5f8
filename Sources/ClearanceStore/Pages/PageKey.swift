/// A key in the order of its tree, without an allocation for the short ones.
struct PageKey: Comparable {
    /// The first eight bytes, so that their order is the keys'; zeros where there are fewer.
    private let prefix: UInt64
    /// The bytes behind them.
    private let rest: [UInt8]
    let count: Int

    /// A key of bytes, whose order is theirs.
    init(_ bytes: Span<UInt8>) {
        count = bytes.count
        if count >= 8 {
            prefix = BigEndian.uint64(bytes)
        } else {
            var prefix: UInt64 = 0
            for index in bytes.indices { prefix |= UInt64(bytes[index]) << (56 - 8 * index) }
            self.prefix = prefix
        }
        rest = count > 8 ? (8..<count).map { bytes[$0] } : []
    }

    /// A key that is a number of the machine.
    init(native bytes: Span<UInt8>) {
        count = bytes.count
        prefix = count == 8 ? NativeBytes.u64(bytes, 0) : 0
        rest = []
    }

    static func < (left: PageKey, right: PageKey) -> Bool {
        if left.prefix != right.prefix { return left.prefix < right.prefix }
        if !left.rest.isEmpty || !right.rest.isEmpty {
            return left.rest.lexicographicallyPrecedes(right.rest)
        }
        return left.count < right.count
    }
}
