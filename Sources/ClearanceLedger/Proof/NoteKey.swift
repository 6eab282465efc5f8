import ClearanceStore

/// A public key that verifies notes: the verifier key of the C2SP signed-note, Ed25519.
public struct NoteKey: Sendable, Hashable, CustomStringConvertible {
    /// The greatest length of a name, in bytes of UTF-8.
    public static let nameLimit = 255

    /// Whose key it is; for a log's own key its origin.
    public let name: String
    /// 32 bytes, as RFC 8032 writes them.
    public let publicKey: [UInt8]
    /// The first four bytes of SHA-256(name ‖ 0x0A ‖ 0x01 ‖ key): names the key in a signature
    /// line.
    public let id: UInt32

    /// A key under a name; nil when the name cannot stand in a note or the key has not 32 bytes.
    public init?(name: String, publicKey: [UInt8]) {
        guard NoteKey.isName(name), publicKey.count == Ed25519.keyBytes else { return nil }
        self.name = name
        self.publicKey = publicKey
        let hashed = Array(name.utf8) + [10, NoteKey.algorithm] + publicKey
        id = SHA256Hash.of(hashed.span).withBytes { BigEndian.uint32($0) }
    }

    /// The key that a text `NAME+ID+BASE64` is; nil when it is none, or its id is another's.
    public init?(_ text: String) {
        let parts = text.utf8.split(
            separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let name = String(parts[0]),
            let bytes = Base64.bytes(Array(parts[2])), bytes.first == NoteKey.algorithm,
            let key = NoteKey(name: name, publicKey: Array(bytes.dropFirst())),
            parts[1].elementsEqual(key.idText.utf8)
        else { return nil }
        self = key
    }

    /// The id as eight hexadecimal digits.
    public var idText: String { NoteKey.hexadecimal(id) }

    /// `NAME+ID+BASE64`: what is given to those who verify.
    public var description: String {
        "\(name)+\(idText)+\(Base64.text([NoteKey.algorithm] + publicKey))"
    }

    /// Whether the signature is this key's over the text.
    func isValid(_ signature: [UInt8], of text: [UInt8]) -> Bool {
        Ed25519.isValid(signature, of: text, by: publicKey)
    }

    /// The type byte of Ed25519 in a note.
    static let algorithm: UInt8 = 1

    /// Eight hexadecimal digits.
    static func hexadecimal(_ number: UInt32) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// Whether a name can stand in a signature line: not empty, no space, no plus, no control.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= nameLimit
            && name.unicodeScalars.allSatisfy {
                !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 && $0.value != 0x7F
            }
    }
}

extension NoteKey {
    /// The keys of a text with one a line; empty lines aside, and those that begin with `#` and are
    /// no key. Nil when any other line is no key, or there is none.
    public static func list(_ text: String) -> [NoteKey]? {
        var keys: [NoteKey] = []
        for line in text.split(whereSeparator: \.isNewline) {
            // A key's name may begin with the sign of a comment; its id tells it from one.
            if let key = NoteKey(String(line)) {
                keys.append(key)
            } else if !line.hasPrefix("#") {
                return nil
            }
        }
        return keys.isEmpty ? nil : keys
    }
}
