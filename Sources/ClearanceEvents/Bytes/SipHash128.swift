/// A 128-bit key of the keyed function behind natural keys, content marks and marks.
public struct SipKey: Sendable, Equatable {
    let k0: UInt64
    let k1: UInt64

    /// The key made of two little-endian halves.
    public init(_ k0: UInt64, _ k1: UInt64) {
        self.k0 = k0
        self.k1 = k1
    }

    /// The published key of everything that must be equal in every ledger: natural keys, link
    /// keys and canonical order.
    public static let published = SipKey(0, 0)

    /// The first 16 of `bytes` as a key; nil when there are fewer.
    public init?(bytes: [UInt8]) {
        guard bytes.count >= 16 else { return nil }
        k0 = (0..<8).reduce(0) { $0 | UInt64(bytes[$1]) << UInt64(8 * $1) }
        k1 = (0..<8).reduce(0) { $0 | UInt64(bytes[8 + $1]) << UInt64(8 * $1) }
    }
}

/// Sixteen bytes that stand for a longer thing: a natural key, a content, a link, a mark.
public struct Digest16: Sendable, Hashable, Comparable {
    public let high: UInt64
    public let low: UInt64

    @inlinable public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The bytes are a hash already: half of them make the bucket.
    @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(low) }

    @inlinable public static func < (left: Digest16, right: Digest16) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }

    /// Thirty-two lower-case hexadecimal digits.
    public var hex: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(32)
        appendHex(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends ``hex``.
    public func appendHex(to bytes: inout [UInt8]) {
        Digest16.appendHex(high, to: &bytes)
        Digest16.appendHex(low, to: &bytes)
    }

    private static func appendHex(_ half: UInt64, to bytes: inout [UInt8]) {
        var shift: UInt64 = 64
        while shift > 0 {
            shift -= 4
            let digit = UInt8(truncatingIfNeeded: half >> shift) & 15
            bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }

    /// The digest of 32 hexadecimal digits; nil for anything else.
    public init?(hex: String) {
        guard hex.utf8.count == 32, hex.utf8.allSatisfy({ $0 != 43 && $0 != 45 }),
            let high = UInt64(hex.prefix(16), radix: 16),
            let low = UInt64(hex.suffix(16), radix: 16)
        else { return nil }
        self.init(high: high, low: low)
    }
}

/// SipHash-2-4 with 128 bits of output (Aumasson and Bernstein), fed piece by piece.
///
/// Why not a library: none that the package may use offers it; the function is thirty lines with
/// published vectors, and it is an order of magnitude cheaper than HMAC-SHA256
/// (`specs/decisions/0003-marks.md`). Cost: about 1.5 cycles a byte.
public struct SipHash128: Sendable {
    private var v0: UInt64
    private var v1: UInt64
    private var v2: UInt64
    private var v3: UInt64
    private var tail: UInt64 = 0
    private var tailCount: UInt64 = 0
    private var total: UInt64 = 0

    /// A hash under `key` that has seen nothing.
    public init(key: SipKey) {
        v0 = 0x736f_6d65_7073_6575 ^ key.k0
        v1 = 0x646f_7261_6e64_6f6d ^ key.k1 ^ 0xee
        v2 = 0x6c79_6765_6e65_7261 ^ key.k0
        v3 = 0x7465_6462_7974_6573 ^ key.k1
    }

    /// Feeds one byte.
    public mutating func feed(byte: UInt8) {
        tail |= UInt64(byte) &<< (8 &* tailCount)
        tailCount &+= 1
        total &+= 1
        if tailCount == 8 { absorb() }
    }

    /// Feeds the `count` low bytes of a number, fewer than eight; its other bits are zero.
    mutating func feed(low value: UInt64, count: Int) { take(low: value, count: count) }

    @inline(__always)
    private mutating func take(low value: UInt64, count: Int) {
        let sum = tailCount &+ UInt64(truncatingIfNeeded: count)
        let used = 8 &- tailCount
        tail |= value &<< (8 &* tailCount)
        total &+= UInt64(truncatingIfNeeded: count)
        guard sum >= 8 else {
            tailCount = sum
            return
        }
        absorb()
        tail = value &>> (8 &* used)
        tailCount = sum &- 8
    }

    /// Feeds bytes.
    public mutating func feed(_ bytes: Span<UInt8>) {
        // On a copy, so that the state stays in registers from word to word.
        var hash = self
        hash.take(bytes)
        self = hash
    }

    /// Feeds the `count` low bytes of a number, a whole one and bytes, one after the other.
    mutating func feed(low head: UInt64, count: Int, _ value: UInt64, _ bytes: Span<UInt8>) {
        var hash = self
        hash.take(low: head, count: count)
        hash.take(value)
        hash.take(bytes)
        self = hash
    }

    /// Feeds the UTF-8 bytes of a text, without a length.
    public mutating func feed(_ text: String) {
        feed(text.utf8Span.span)
    }

    /// Feeds a 64-bit integer, little-endian.
    public mutating func feed(_ value: UInt64) { take(value) }

    @inline(__always)
    private mutating func take(_ bytes: Span<UInt8>) {
        var index = 0
        while index + 8 <= bytes.count {
            take(bytes.word(at: index))
            index += 8
        }
        if index < bytes.count {
            take(low: bytes.lastWord(from: index), count: bytes.count - index)
        }
    }

    @inline(__always)
    private mutating func take(_ value: UInt64) {
        // Its low bytes fill the tail, the others begin the next one: none when the tail is empty,
        // which one shift by 64 would not say.
        let bits = 8 &* tailCount
        let next = (value &>> 1) &>> (63 &- bits)
        tail |= value &<< bits
        total &+= 8
        absorb()
        tail = next
        tailCount = bits &>> 3
    }

    /// The digest of all that was fed.
    public consuming func finish() -> Digest16 {
        tail |= (total & 0xff) << 56
        absorb()
        v2 ^= 0xee
        for _ in 0..<4 { round() }
        let first = v0 ^ v1 ^ v2 ^ v3
        v1 ^= 0xdd
        for _ in 0..<4 { round() }
        return Digest16(high: first.byteSwapped, low: (v0 ^ v1 ^ v2 ^ v3).byteSwapped)
    }

    @inline(__always)
    private mutating func absorb() {
        v3 ^= tail
        round()
        round()
        v0 ^= tail
        tail = 0
        tailCount = 0
    }

    @inline(__always)
    private mutating func round() {
        v0 = v0 &+ v1
        v1 = (v1 << 13 | v1 >> 51) ^ v0
        v0 = v0 << 32 | v0 >> 32
        v2 = v2 &+ v3
        v3 = (v3 << 16 | v3 >> 48) ^ v2
        v0 = v0 &+ v3
        v3 = (v3 << 21 | v3 >> 43) ^ v0
        v2 = v2 &+ v1
        v1 = (v1 << 17 | v1 >> 47) ^ v2
        v2 = v2 << 32 | v2 >> 32
    }
}
