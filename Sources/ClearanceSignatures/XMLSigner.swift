/// Signs messages the way the customs specification says: enveloped, C14N 1.0, with the
/// certificate beside the signature.
///
/// The bytes of the message stay as they are; the signature is put where the XSD wants it, in the
/// place of one that is there already. Receipts have no place for a signature by their XSD.
public struct XMLSigner: Sendable {
    private let identity: SigningIdentity
    private let algorithm: SignatureAlgorithm
    private let encoding: SM2Encoding

    /// A signer.
    ///
    /// - Parameters:
    ///   - algorithm: one for the identity's kind of key.
    ///   - encoding: how an SM2 signature is written.
    public init(
        _ identity: SigningIdentity, algorithm: SignatureAlgorithm, encoding: SM2Encoding = .raw
    ) throws(SigningFault) {
        guard identity.key.native.kind == algorithm.keyKind else { throw .keyKind }
        self.identity = identity
        self.algorithm = algorithm
        self.encoding = encoding
    }

    /// The message with its signature. Costs three trees of the message.
    public func sign(_ message: [UInt8]) throws(SigningFault) -> [UInt8] {
        let before = try tree(message)
        guard before.facts.signatures == 0 || before.facts.isChild else {
            throw .message(.place)
        }
        guard let digest = before.digest(algorithm.hash) else { throw .message(.notXML) }
        guard let place = place(before) else { throw .message(.form) }
        func filled(_ value: String) -> [UInt8] {
            var signed = Array(message[..<place.lowerBound])
            signed += text(digest: digest, value: value).utf8
            return signed + message[place.upperBound...]
        }
        guard let signedInfo = try tree(filled("")).canonicalSignedInfo() else {
            throw .machine
        }
        return filled(Base64.encode(try value(over: signedInfo)))
    }

    private func tree(_ message: [UInt8]) throws(SigningFault) -> XMLTree {
        guard message.count <= SignatureLimits.messageBytes,
            let tree = XMLTree(message)
        else { throw .message(.tooLarge) }
        if let reason = tree.facts.refusal { throw .message(reason) }
        if !tree.facts.isUTF8 { throw .encoding }
        if tree.facts.signatures > 1 { throw .message(.several) }
        return tree
    }

    /// Which bytes the signature replaces: an older one; else none, at the end of the root, or
    /// before the extension where the XSD of exports has that last.
    /// Nil when the root has nothing in it, not even an end.
    private func place(_ tree: XMLTree) -> Range<Int>? {
        let facts = tree.facts
        if facts.signatures == 1 { return facts.signature }
        let isExport = Self.exports.contains(tree.rootName)
        guard let start = (isExport ? facts.extensionStart : nil) ?? facts.rootEnd else {
            return nil
        }
        return start..<start
    }

    private static let exports = Set(
        ["213", "215", "303", "403", "505", "507", "509", "603", "605", "607", "701"]
            .map { "CEB\($0)Message" })

    private func value(over signedInfo: [UInt8]) throws(SigningFault) -> [UInt8] {
        guard let made = identity.key.native.sign(signedInfo, hash: algorithm.hash) else {
            throw .machine
        }
        if algorithm != .sm2SM3 || encoding == .der { return made }
        guard let raw = LibCrypto.raw(der: made) else { throw .machine }
        return raw
    }

    private func text(digest: [UInt8], value: String) -> String {
        """
        <ds:Signature xmlns:ds="\(SignatureName.space)"><ds:SignedInfo>\
        <ds:CanonicalizationMethod Algorithm="\(SignatureName.canonicalization)"/>\
        <ds:SignatureMethod Algorithm="\(algorithm.names[0])"/>\
        <ds:Reference URI=""><ds:Transforms>\
        <ds:Transform Algorithm="\(SignatureName.enveloped)"/></ds:Transforms>\
        <ds:DigestMethod Algorithm="\(algorithm.hash.name)"/>\
        <ds:DigestValue>\(Base64.encode(digest))</ds:DigestValue>\
        </ds:Reference></ds:SignedInfo>\
        <ds:SignatureValue>\(value)</ds:SignatureValue>\
        <ds:KeyInfo><ds:KeyName>\(identity.certificate.serial)</ds:KeyName><ds:X509Data>\
        <ds:X509Certificate>\(Base64.encode(identity.certificate.der))</ds:X509Certificate>\
        </ds:X509Data></ds:KeyInfo></ds:Signature>
        """
    }
}
