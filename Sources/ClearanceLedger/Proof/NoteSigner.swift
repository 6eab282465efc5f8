import ClearanceStore

/// Signs notes: checkpoints, and whatever else the ledger vouches for.
///
/// The ledger hands over the text and takes the signature; where the private key lies is the
/// signer's business, and never inside the ledger's directory.
public protocol CheckpointSigner: Sendable {
    /// The key that verifies what this signer signs.
    var key: NoteKey { get }
    /// The file that the private key was read from, when there is one: the ledger refuses one
    /// inside its own directory.
    var keyPath: String? { get }
    /// The 64 bytes of the Ed25519 signature of a text. Throws what its machine refuses.
    func sign(_ text: [UInt8]) throws -> [UInt8]
}

extension CheckpointSigner {
    /// None: the key is not a file of this machine.
    public var keyPath: String? { nil }
}

/// Signs with a private key in memory, made here or read from a file.
public struct KeySigner: CheckpointSigner {
    public let key: NoteKey
    public let keyPath: String?
    private let seed: [UInt8]

    /// A signer with this seed of 32 bytes; nil when the name cannot stand in a note.
    public init?(name: String, seed: [UInt8]) { self.init(name: name, seed: seed, path: nil) }

    private init?(name: String, seed: [UInt8], path: String?) {
        guard seed.count == Ed25519.keyBytes,
            let key = NoteKey(name: name, publicKey: Ed25519.publicKey(of: seed))
        else { return nil }
        self.key = key
        self.seed = seed
        keyPath = path
    }

    /// A signer with a new random key; nil when the name cannot stand in a note.
    public init?(newKeyNamed name: String) {
        self.init(name: name, seed: SecureRandom.bytes(Ed25519.keyBytes))
    }

    /// The signer whose signing key `PRIVATE+KEY+NAME+ID+BASE64` is the text; nil when it is none,
    /// or its id is another's.
    public init?(_ text: String) { self.init(text, path: nil) }

    private init?(_ text: String, path: String?) {
        let parts = text.utf8.split(
            separator: UInt8(ascii: "+"), maxSplits: 4, omittingEmptySubsequences: false)
        guard parts.count == 5, parts[0].elementsEqual("PRIVATE".utf8),
            parts[1].elementsEqual("KEY".utf8), let name = String(parts[2]),
            let bytes = Base64.bytes(Array(parts[4])), bytes.first == NoteKey.algorithm
        else { return nil }
        self.init(name: name, seed: Array(bytes.dropFirst()), path: path)
        guard parts[3].elementsEqual(key.idText.utf8) else { return nil }
    }

    /// Reads a file that holds one signing key and a line feed.
    ///
    /// Throws `store` when it cannot be read, `damaged` when it holds no signing key.
    public init(file path: String) throws(LedgerError) {
        let bytes = try storing { () throws(StoreError) in
            try Files.read(path, limit: ProofLimits.keyFileBytes)
        }
        let line = bytes.last == 10 ? bytes.dropLast() : bytes[...]
        guard let signer = KeySigner(String(decoding: line, as: UTF8.self), path: path) else {
            throw LedgerError(.damaged, "\(path) holds no signing key of a note")
        }
        self = signer
    }

    /// `PRIVATE+KEY+NAME+ID+BASE64`: the secret itself.
    public var secretText: String {
        let secret = Base64.text([NoteKey.algorithm] + seed)
        return "PRIVATE+KEY+\(key.name)+\(key.idText)+\(secret)"
    }

    /// Writes the signing key to a file that must not exist yet, readable by its owner alone.
    ///
    /// Throws `store`: the file is there already, or the disk fails.
    public func write(to path: String) throws(LedgerError) {
        let text = Array((secretText + "\n").utf8)
        try storing { () throws(StoreError) in try Files.create(path, text.span) }
    }

    public func sign(_ text: [UInt8]) -> [UInt8] { Ed25519.sign(text, with: seed) }
}
