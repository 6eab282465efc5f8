public import ClearanceEvents

/// Verifies the enveloped XML signature of a message (XMLDSIG, RFC 3275) as the customs
/// specification uses it.
///
/// Only what the specification writes is taken: one signature, a child of the root, over the whole
/// message (`URI=""`), the enveloped transform, C14N 1.0. Everything else is refused rather than
/// interpreted, because a signature over something else than what is read proves nothing. The
/// certificate that comes with a signature only serves to find the given one.
///
/// Costs one tree of the message and one canonical form; several threads may verify at once.
public enum XMLSignature {
    /// Verifies the signature of one message.
    ///
    /// - Parameters:
    ///   - bytes: the whole message as it came.
    ///   - certificates: what signers are trusted.
    ///   - time: when it was signed: the message's own time. A signature carries none.
    public static func verify(
        _ bytes: [UInt8], trusting certificates: Certificates, at time: Instant
    ) -> SignatureVerdict {
        inspect(bytes, trusting: certificates, at: time).verdict
    }

    /// Verifies the signature of one message and says where it stands.
    ///
    /// Of an envelope around a message (DXP) the message's own signature counts; when it has none,
    /// the envelope's, which covers the message. Inside an envelope no place is told.
    public static func inspect(
        _ bytes: [UInt8], trusting certificates: Certificates, at time: Instant
    ) -> SignatureReport {
        guard bytes.count <= SignatureLimits.messageBytes, let tree = XMLTree(bytes) else {
            return SignatureReport(verdict: .unverifiable(.tooLarge), line: 0, column: 0)
        }
        if tree.facts.refusal == nil, tree.isEnvelope {
            guard let content = tree.content, let inside = XMLTree(content) else {
                return SignatureReport(verdict: .unverifiable(.form), line: 0, column: 0)
            }
            let found = verdict(of: inside, certificates, time)
            if found != .unsigned { return SignatureReport(verdict: found, line: 0, column: 0) }
        }
        return report(verdict(of: tree, certificates, time), tree.facts, bytes)
    }

    private static func report(
        _ verdict: SignatureVerdict, _ facts: XMLTree.Facts, _ bytes: [UInt8]
    ) -> SignatureReport {
        guard let place = facts.signature, facts.signatures > 0 else {
            return SignatureReport(verdict: verdict, line: facts.line, column: 0)
        }
        let before = bytes[..<place.lowerBound]
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        return SignatureReport(
            verdict: verdict, line: before.count(where: { $0 == 0x0A }) + 1,
            column: place.lowerBound - start + 1)
    }

    // MARK: Steps, in the order in which their reasons take precedence

    private static func verdict(
        of tree: XMLTree, _ certificates: Certificates, _ time: Instant
    ) -> SignatureVerdict {
        if let reason = tree.facts.refusal { return .unverifiable(reason) }
        if tree.facts.signatures == 0 { return .unsigned }
        if tree.facts.signatures > 1 { return .unverifiable(.several) }
        if !tree.facts.isChild { return .unverifiable(.place) }
        guard let elements = tree.elements(atMost: SignatureLimits.elements),
            let form = SignatureForm(elements)
        else { return .unverifiable(.form) }
        let method: SignatureAlgorithm
        let digesting: DigestAlgorithm
        switch methods(of: form) {
        case .success(let found): (method, digesting) = found
        case .failure(let refused): return .unverifiable(refused.reason)
        }
        guard let claimed = Base64.decode(form.digestValue.utf8),
            claimed.count == digesting.byteCount
        else { return .broken(.digestForm) }
        guard let digest = tree.digest(digesting), let signed = tree.canonicalSignedInfo() else {
            return .unverifiable(.notXML)
        }
        if digest != claimed { return .broken(.digest) }
        switch certificate(of: form, certificates, time) {
        case .failure(let refused): return .unverifiable(refused.reason)
        case .success(let certificate):
            return judge(form, method, signed, certificate, time)
        }
    }

    private static func judge(
        _ form: SignatureForm, _ method: SignatureAlgorithm, _ signed: [UInt8],
        _ certificate: Certificate, _ time: Instant
    ) -> SignatureVerdict {
        if certificate.native.kind != method.keyKind { return .unverifiable(.keyKind) }
        guard let given = Base64.decode(form.signatureValue.utf8), !given.isEmpty else {
            return .broken(.signatureForm)
        }
        var value = given
        var encoding: SM2Encoding?
        if method == .sm2SM3 {
            encoding = given.count == 64 ? .raw : .der
            guard let der = given.count == 64 ? LibCrypto.der(raw: given) : given,
                LibCrypto.raw(der: der) != nil
            else { return .broken(.signatureForm) }
            value = der
        }
        if !certificate.native.verifies(value, of: signed, hash: method.hash) {
            return .broken(.signature)
        }
        if let flaw = certificate.flaw(at: time) { return .unverifiable(flaw) }
        return .valid(
            Signer(
                subject: certificate.subject, issuer: certificate.issuer,
                serial: certificate.serial, keyName: form.keyName, algorithm: method,
                encoding: encoding))
    }

    private struct Refused: Error { let reason: Unverifiable }

    private static func methods(
        of form: SignatureForm
    ) -> Result<(SignatureAlgorithm, DigestAlgorithm), Refused> {
        func refuse(_ reason: Unverifiable) -> Result<
            (SignatureAlgorithm, DigestAlgorithm), Refused
        > { .failure(Refused(reason: reason)) }
        if form.uri != "" { return refuse(.reference) }
        let canonical = SignatureName.canonicalization
        if form.transforms != [SignatureName.enveloped]
            && form.transforms != [SignatureName.enveloped, canonical]
        {
            return refuse(.transform)
        }
        if form.canonicalization != canonical { return refuse(.canonicalization) }
        guard let method = SignatureAlgorithm(name: form.method) else {
            return refuse(.signatureAlgorithm)
        }
        guard let digesting = DigestAlgorithm(name: form.digestMethod) else {
            return refuse(.digestAlgorithm)
        }
        return .success((method, digesting))
    }

    /// The certificate to verify with: one of the given ones, or one that a given root vouches for.
    private static func certificate(
        of form: SignatureForm, _ given: Certificates, _ time: Instant
    ) -> Result<Certificate, Refused> {
        func refuse(_ reason: Unverifiable) -> Result<Certificate, Refused> {
            .failure(Refused(reason: reason))
        }
        var came: [[UInt8]] = []
        for text in form.certificates.prefix(SignatureLimits.certificates) {
            guard text.utf8.count <= 2 * SignatureLimits.certificateBytes,
                let der = Base64.decode(text.utf8)
            else { return refuse(.badCertificate) }
            if let trusted = given.signers[der] { return .success(trusted) }
            came.append(der)
        }
        guard let first = came.first else {
            guard let name = form.keyName else { return refuse(.noCertificate) }
            let found = given.signer(serial: name)
            return found.map { .success($0) } ?? refuse(.unknownCertificate)
        }
        guard let leaf = Certificate(der: first) else { return refuse(.badCertificate) }
        if given.roots.isEmpty { return refuse(.unknownCertificate) }
        let between = came.dropFirst().compactMap { NativeCertificate(der: $0) }
        let flaw = leaf.native.flaw(
            roots: given.roots, between: between, seconds: time.seconds)
        return flaw.map { refuse($0) } ?? .success(leaf)
    }
}

extension DigestAlgorithm {
    fileprivate var byteCount: Int { self == .sha1 ? 20 : 32 }
}
