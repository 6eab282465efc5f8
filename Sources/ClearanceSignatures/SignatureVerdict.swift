/// What became of the signature of one message.
public enum SignatureVerdict: Sendable, Hashable {
    /// The message has no signature.
    case unsigned
    /// It cannot be said whether the signature is good.
    case unverifiable(Unverifiable)
    /// The signature does not belong to this message, or to this key.
    case broken(Breakage)
    /// The message is as the holder of a given certificate signed it.
    case valid(Signer)

    /// The signer of a valid signature.
    public var signer: Signer? {
        if case .valid(let signer) = self { return signer }
        return nil
    }
}

/// Why a signature cannot be verified.
public enum Unverifiable: String, Sendable, Equatable, CaseIterable {
    /// Larger than ``SignatureLimits/messageBytes`` or ``SignatureLimits/nodes``.
    case tooLarge
    /// Nested deeper than ``SignatureLimits/depth``.
    case tooDeep
    /// Not well-formed XML with name spaces.
    case notXML
    /// A document type: it could give the text another meaning for every reader.
    case doctype
    /// Declared in an encoding that not every reader decodes alike.
    case encoding
    /// More than one signature: which one counts would be a matter of opinion.
    case several
    /// The signature is not a child of the root.
    case place
    /// The signature is not built as the specification says.
    case form
    /// The reference is not the message itself (`URI=""`).
    case reference
    /// A transform other than the enveloped one, alone or followed by C14N 1.0.
    case transform
    /// `SignedInfo` is not canonicalised with C14N 1.0.
    case canonicalization
    /// A signature algorithm that is not known.
    case signatureAlgorithm
    /// A digest algorithm that is not known.
    case digestAlgorithm
    /// The signature names no certificate.
    case noCertificate
    /// The certificate that comes with the signature cannot be read.
    case badCertificate
    /// The certificate is none of the given ones and leads to no given root.
    case unknownCertificate
    /// The certificate's key is not one for the algorithm.
    case keyKind
    /// The certificate had expired at the time of the message.
    case expired
    /// The certificate was not valid yet at the time of the message.
    case notYetValid
}

/// What is wrong with a signature.
public enum Breakage: String, Sendable, Equatable, CaseIterable {
    /// The digest is not Base64 of the algorithm's length.
    case digestForm
    /// The message is not the one that was digested.
    case digest
    /// The signature value is not Base64, or has no form of its algorithm.
    case signatureForm
    /// The key did not make this signature over `SignedInfo`.
    case signature
}

/// Who signed a message: a given certificate, or one that leads to a given root.
public struct Signer: Sendable, Hashable {
    /// The certificate's subject (RFC 2253). It may name a person.
    public let subject: String
    /// The name of the authority that issued it (RFC 2253).
    public let issuer: String
    /// The certificate's serial number in upper-case hexadecimal digits, leading zeros left out.
    public let serial: String
    /// The `KeyName` that came with the signature; it is not signed and proves nothing.
    public let keyName: String?
    public let algorithm: SignatureAlgorithm
    /// How the signature value was written; nil with RSA.
    public let encoding: SM2Encoding?

    /// Issuer and serial number, which name a certificate (RFC 5280) and no person:
    /// `CN=Authority,C=cn;serial=0A1B`. This is what an event's `signer` is.
    public var identity: String { issuer + ";serial=" + serial }
}

/// A verdict and where it was found.
public struct SignatureReport: Sendable, Equatable {
    public let verdict: SignatureVerdict
    /// Line of the signature, or of what keeps the message from being read, from 1; 0 when the
    /// verdict is about the message as a whole.
    public let line: Int
    /// Column in bytes, from 1; 0 when it is not known.
    public let column: Int

    /// A report; a reader that gives up on a message before it is verified makes one itself.
    public init(verdict: SignatureVerdict, line: Int, column: Int) {
        self.verdict = verdict
        self.line = line
        self.column = column
    }
}
