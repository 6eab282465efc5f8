internal import CXMLSignature

/// The border to libcrypto: what it lends and gives becomes bytes and texts of Swift.
enum LibCrypto {
    /// Copies bytes that C gave away and frees them; nil when there are none.
    static func take(_ bytes: cxs_bytes) -> [UInt8]? {
        guard let start = unsafe bytes.start else { return nil }
        defer { unsafe cxs_bytes_free(bytes) }
        return unsafe Array(UnsafeBufferPointer(start: start, count: bytes.count))
    }

    /// The DER form of an SM2 signature that is given as r and s.
    static func der(raw: [UInt8]) -> [UInt8]? { unsafe take(cxs_sm2_der(raw, raw.count)) }

    /// r and s of an SM2 signature in DER.
    static func raw(der: [UInt8]) -> [UInt8]? { unsafe take(cxs_sm2_raw(der, der.count)) }
}

extension DigestAlgorithm {
    var native: cxs_hash {
        switch self {
        case .sha1: CXS_SHA1
        case .sha256: CXS_SHA256
        case .sm3: CXS_SM3
        }
    }
}

extension KeyKind {
    fileprivate init(_ kind: cxs_key_kind) {
        switch kind {
        case CXS_RSA: self = .rsa
        case CXS_SM2: self = .sm2
        default: self = .other
        }
    }
}

/// A certificate of libcrypto's.
///
/// @unchecked Sendable: nothing changes it once it is made, and libcrypto locks what it caches in
/// a certificate itself.
@safe final class NativeCertificate: @unchecked Sendable {
    private let handle: OpaquePointer
    let kind: KeyKind

    /// Reads exactly these bytes of DER.
    convenience init?(der: [UInt8]) {
        guard let handle = unsafe cxs_certificate_read(der, der.count) else { return nil }
        unsafe self.init(handle)
    }

    private init(_ handle: OpaquePointer) {
        unsafe self.handle = handle
        kind = unsafe KeyKind(cxs_certificate_key_kind(handle))
    }

    deinit { unsafe cxs_certificate_free(handle) }

    /// Issues a certificate for a key; `by` is nil when it signs itself.
    convenience init?(
        name: String, serial: UInt64, seconds: ClosedRange<Int64>, isAuthority: Bool,
        key: NativeKey, by issuer: (certificate: NativeCertificate, key: NativeKey)?
    ) {
        let made = unsafe name.withCString { text in
            let terms = unsafe cxs_certificate_terms(
                common_name: text, serial: serial, from: seconds.lowerBound,
                to: seconds.upperBound, is_authority: isAuthority)
            return unsafe cxs_certificate_issue(
                terms, key.handle, issuer?.certificate.handle, (issuer?.key ?? key).handle)
        }
        guard let made = unsafe made else { return nil }
        unsafe self.init(made)
    }

    var subject: String { unsafe Self.text(cxs_certificate_subject(handle)) }
    var issuer: String { unsafe Self.text(cxs_certificate_issuer(handle)) }
    var serial: String { unsafe Self.text(cxs_certificate_serial(handle)) }
    var der: [UInt8] { unsafe LibCrypto.take(cxs_certificate_der(handle)) ?? [] }

    /// Seconds since 1970 in which it is valid; nil when it does not say.
    var validity: ClosedRange<Int64>? {
        var from: Int64 = 0
        var to: Int64 = 0
        guard unsafe cxs_certificate_validity(handle, &from, &to), from <= to else { return nil }
        return from...to
    }

    func matches(_ key: NativeKey) -> Bool { unsafe cxs_certificate_matches(handle, key.handle) }

    func verifies(_ signature: [UInt8], of message: [UInt8], hash: DigestAlgorithm) -> Bool {
        unsafe cxs_verify(
            handle, hash.native, message, message.count, signature, signature.count)
    }

    /// Whether it leads to one of the roots at a time; nil when it does, else why not.
    func flaw(
        roots: [NativeCertificate], between: [NativeCertificate], seconds: Int64
    ) -> Unverifiable? {
        let anchors: [OpaquePointer?] = unsafe roots.map { unsafe $0.handle }
        let others: [OpaquePointer?] = unsafe between.map { unsafe $0.handle }
        let chain = unsafe cxs_certificate_chain(
            handle, others, others.count, anchors, anchors.count, seconds)
        switch chain {
        case CXS_CHAIN_OK: return nil
        case CXS_CHAIN_EXPIRED: return .expired
        case CXS_CHAIN_EARLY: return .notYetValid
        default: return .unknownCertificate
        }
    }

    private static func text(_ bytes: cxs_bytes) -> String {
        unsafe String(decoding: LibCrypto.take(bytes) ?? [], as: UTF8.self)
    }
}

/// A private key of libcrypto's.
///
/// @unchecked Sendable: nothing changes it once it is made, and each signature has a context of
/// its own.
@safe final class NativeKey: @unchecked Sendable {
    fileprivate let handle: OpaquePointer
    let kind: KeyKind

    /// Reads exactly these bytes of DER.
    convenience init?(der: [UInt8]) {
        guard let handle = unsafe cxs_key_read(der, der.count) else { return nil }
        unsafe self.init(handle)
    }

    /// Makes a new key.
    convenience init?(making kind: KeyKind, bits: Int) {
        let native = kind == .sm2 ? CXS_SM2 : CXS_RSA
        guard let handle = unsafe cxs_key_make(native, bits) else { return nil }
        unsafe self.init(handle)
    }

    private init(_ handle: OpaquePointer) {
        unsafe self.handle = handle
        kind = unsafe KeyKind(cxs_key_kind_of(handle))
    }

    deinit { unsafe cxs_key_free(handle) }

    func sign(_ message: [UInt8], hash: DigestAlgorithm) -> [UInt8]? {
        unsafe LibCrypto.take(cxs_sign(handle, hash.native, message, message.count))
    }
}
