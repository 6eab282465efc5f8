/// A number that somebody gave to a thing, kept as it came.
///
/// Holds any text: a fact with a bad number is kept, and ``isWellFormed`` says what is wrong with
/// it. Comparison is by the text as given.
public protocol Identifier: Sendable, Hashable {
    /// The number as given.
    var text: String { get }
    /// An identifier of any text.
    init(_ text: String)
    /// Whether these bytes have the right length, characters and check character. Cost: one pass,
    /// without allocation.
    static func isWellFormed(_ bytes: Span<UInt8>) -> Bool
}

extension Identifier {
    /// Whether length, characters and check character are right. Cost: one pass.
    public var isWellFormed: Bool { Self.isWellFormed(text.utf8Span.span) }
}

/// The few character classes that identifiers are made of.
enum Ascii {
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
    static func isUpper(_ byte: UInt8) -> Bool { byte &- 0x41 < 26 }

    /// Whether all bytes are digits.
    static func areDigits(_ bytes: Span<UInt8>) -> Bool {
        for index in bytes.indices where !isDigit(bytes[index]) { return false }
        return true
    }

    /// Whether there are this many bytes, all digits.
    static func areDigits(_ bytes: Span<UInt8>, count: Int) -> Bool {
        bytes.count == count && areDigits(bytes)
    }

    /// Whether the text has this many bytes, all digits.
    static func areDigits(_ text: String, count: Int) -> Bool {
        text.utf8.count == count && areDigits(text.utf8Span.span)
    }
}

/// An enterprise code as documents carry it: a social credit code or a customs code.
public struct EnterpriseCode: Identifier {
    public let text: String

    public init(_ text: String) { self.text = text }

    public static func isWellFormed(_ bytes: Span<UInt8>) -> Bool {
        bytes.count == 18
            ? SocialCreditCode.isWellFormed(bytes) : CustomsCode.isWellFormed(bytes)
    }
}
