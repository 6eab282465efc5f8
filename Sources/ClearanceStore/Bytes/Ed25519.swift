import CBytes

/// Ed25519 signatures (RFC 8032).
public enum Ed25519 {
    /// 32 bytes: a private key (seed) or a public one.
    public static let keyBytes = 32

    /// 64 bytes.
    public static let signatureBytes = 64

    /// The public key of a private one. Traps unless it has 32 bytes.
    public static func publicKey(of key: [UInt8]) -> [UInt8] {
        precondition(key.count == keyBytes, "a key has 32 bytes")
        var made = [UInt8](repeating: 0, count: keyBytes)
        precondition(unsafe cb_ed25519_public(key, &made), "libcrypto has no Ed25519")
        return made
    }

    /// The signature of a message. Traps unless the key has 32 bytes.
    public static func sign(_ message: [UInt8], with key: [UInt8]) -> [UInt8] {
        precondition(key.count == keyBytes, "a key has 32 bytes")
        var made = [UInt8](repeating: 0, count: signatureBytes)
        precondition(
            unsafe cb_ed25519_sign(key, message, message.count, &made),
            "libcrypto has no Ed25519")
        return made
    }

    /// Whether the signature is the key's over the message; false also for other lengths.
    public static func isValid(
        _ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]
    ) -> Bool {
        guard signature.count == signatureBytes, publicKey.count == keyBytes else {
            return false
        }
        return unsafe cb_ed25519_verify(publicKey, message, message.count, signature)
    }
}

/// Bytes that nobody can guess, from libcrypto's generator.
public enum SecureRandom {
    /// Makes `count` bytes. Traps when the system has no randomness. Cost: 5 ns for 32 in bulk.
    public static func bytes(_ count: Int) -> [UInt8] {
        var made = [UInt8](repeating: 0, count: count)
        fill(&made)
        return made
    }

    /// Fills the array anew.
    public static func fill(_ bytes: inout [UInt8]) {
        let count = bytes.count
        precondition(unsafe cb_random(&bytes, count), "the system has no randomness")
    }
}
