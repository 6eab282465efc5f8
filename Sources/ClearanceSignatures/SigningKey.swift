/// A private key that lies in a file, not in a card: for tests, for generated worlds, and for
/// embedders who keep their key themselves.
public struct SigningKey: Sendable {
    let native: NativeKey

    /// What kind of key is made.
    public enum Kind: Sendable, Equatable {
        /// RSA of so many bits, 1,024 to 8,192. Making one takes a second or more.
        case rsa(bits: Int)
        /// SM2 (GB/T 32918).
        case sm2
    }

    /// Makes a new key. Throws when the machine's library cannot. Traps when RSA has too few or too
    /// many bits.
    public static func make(_ kind: Kind) throws(SigningFault) -> SigningKey {
        let native: NativeKey?
        switch kind {
        case .sm2: native = NativeKey(making: .sm2, bits: 0)
        case .rsa(let bits):
            precondition(SignatureLimits.keyBits.contains(bits), "RSA keys have 1,024...8,192 bits")
            native = NativeKey(making: .rsa, bits: bits)
        }
        guard let native else { throw .machine }
        return SigningKey(native: native)
    }

    /// Reads the key of a file: PEM or DER, PKCS #8 or the older forms, not encrypted.
    public static func read(_ file: [UInt8]) throws(Certificate.Fault) -> SigningKey {
        var der = file
        if file.first != 0x30 {
            guard let blocks = PEM.blocks(of: file) else { throw .unreadable }
            if blocks.contains(where: { $0.label == "ENCRYPTED PRIVATE KEY" }) { throw .encrypted }
            guard let block = blocks.first(where: { $0.label.hasSuffix("PRIVATE KEY") }) else {
                throw .absent
            }
            der = block.bytes
        }
        guard let native = NativeKey(der: der), native.kind != .other else { throw .unreadable }
        return SigningKey(native: native)
    }
}

/// A key with the certificate that others verify its signatures with.
public struct SigningIdentity: Sendable {
    public let certificate: Certificate
    let key: SigningKey

    /// An identity; nil when the certificate is not the key's.
    public init?(certificate: Certificate, key: SigningKey) {
        guard certificate.native.matches(key.native) else { return nil }
        self.certificate = certificate
        self.key = key
    }

    /// What a certificate made here says.
    public struct Terms: Sendable {
        /// The common name of its subject.
        public var name: String
        public var serial: UInt64
        /// When it is valid, in seconds since 1970.
        public var seconds: ClosedRange<Int64>
        /// Whether it may issue others.
        public var isAuthority = false

        /// Terms of a certificate that may sign messages, and others when it is an authority's.
        public init(
            name: String, serial: UInt64, seconds: ClosedRange<Int64>, isAuthority: Bool = false
        ) {
            self.name = name
            self.serial = serial
            self.seconds = seconds
            self.isAuthority = isAuthority
        }
    }

    /// Makes a certificate for a key, signed by itself or by an authority made here.
    public static func make(
        _ terms: Terms, key: SigningKey, issuer: SigningIdentity? = nil
    ) throws(SigningFault) -> SigningIdentity {
        let native = NativeCertificate(
            name: terms.name, serial: terms.serial, seconds: terms.seconds,
            isAuthority: terms.isAuthority, key: key.native,
            by: issuer.map { ($0.certificate.native, $0.key.native) })
        guard let native, let made = SigningIdentity(certificate: Certificate(native), key: key)
        else { throw .machine }
        return made
    }
}

/// Why a message was not signed.
public enum SigningFault: Error, Sendable, Equatable {
    /// The message could not be verified afterwards for this reason, e.g. not well-formed.
    case message(Unverifiable)
    /// The message is not UTF-8, so that its bytes cannot be kept.
    case encoding
    /// The key is not one for the algorithm.
    case keyKind
    /// The machine's library refused.
    case machine
}
