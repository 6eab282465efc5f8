import ClearanceEvents

/// A short code (currency, unit) packed into an integer: its first eight bytes, big-endian.
///
/// Codes are compared on every decision; a packed one costs no allocation. Zero is no code.
struct ShortCode: Sendable, Equatable {
    let packed: UInt64

    static let none = ShortCode(packed: 0)

    init(packed: UInt64) { self.packed = packed }

    init(_ bytes: Span<UInt8>) {
        var value: UInt64 = 0
        for index in 0..<min(8, bytes.count) { value = value << 8 | UInt64(bytes[index]) }
        packed = value
    }

    init(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(bytes.span)
    }

    /// A currency as its alphabetic code where the table has it, else as given.
    init(currency bytes: Span<UInt8>) {
        self.init(bytes)
        if packed == 0x43_4E59 { return }
        if packed == 0x31_3432 {
            self.init(packed: 0x43_4E59)  // 142 is CNY: with it nearly all papers
        } else if bytes.count == 3, let known = Currency.alphabetic(text) {
            self.init(known)
        }
    }

    var isPresent: Bool { packed != 0 }

    var text: String {
        var bytes: [UInt8] = []
        var rest = packed
        while rest != 0 {
            bytes.insert(UInt8(truncatingIfNeeded: rest), at: 0)
            rest >>= 8
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// A name that is only compared for equality, as 64 bits of its keyed hash. Zero is no name.
///
/// Order numbers, platforms and enterprises are compared but never shown from a row: what is shown
/// is the subject. Cost: about 30 ns for a short name.
typealias NameToken = UInt64

enum Tokens {
    static let none: NameToken = 0

    /// The token of a name; none for an empty one.
    static func of(_ bytes: Span<UInt8>) -> NameToken {
        guard bytes.count > 0 else { return none }
        var hash = SipHash128(key: .published)
        hash.feed(bytes)
        let token = hash.finish().low
        return token == none ? 1 : token
    }

    /// The token of a name that is held as an array.
    static func of(bytes: [UInt8]) -> NameToken { of(bytes.span) }

    /// The token of a platform: `无` means that there is none.
    static func platform(_ bytes: Span<UInt8>) -> NameToken {
        if bytes.count == 3, bytes[0] == 0xE6, bytes[1] == 0x97, bytes[2] == 0xA0 { return none }
        return of(bytes)
    }
}
