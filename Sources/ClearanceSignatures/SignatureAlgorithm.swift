/// How a signature is made.
public enum SignatureAlgorithm: String, Sendable, Equatable, CaseIterable {
    /// RSA with SHA-1: the 通用算法 of the specification. Weak, and what the field uses.
    case rsaSHA1
    /// RSA with SHA-256: named by the specification of 2018 for keys of 2,048 bits.
    case rsaSHA256
    /// SM2 with SM3 (GB/T 32918, GB/T 32905): the preferred 国密算法 of the version 202205.
    case sm2SM3

    /// The names under which it is read. The first is the specification's and the one written;
    /// the second of SM2 is what signing software in the field writes.
    var names: [String] {
        switch self {
        case .rsaSHA1: ["http://www.w3.org/2000/09/xmldsig#rsa-sha1"]
        case .rsaSHA256: ["http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"]
        case .sm2SM3:
            [
                "http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3",
                "http://www.w3.org/2000/09/xmldsig#sm2-sm3",
            ]
        }
    }

    var hash: DigestAlgorithm {
        switch self {
        case .rsaSHA1: .sha1
        case .rsaSHA256: .sha256
        case .sm2SM3: .sm3
        }
    }

    var keyKind: KeyKind { self == .sm2SM3 ? .sm2 : .rsa }

    init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.names.contains(name) }) else {
            return nil
        }
        self = found
    }
}

/// How the document is digested. Any of them goes with any signature: software in the field signs
/// with SM2 over a SHA-1 digest.
enum DigestAlgorithm: CaseIterable, Sendable {
    case sha1, sha256, sm3

    var name: String {
        switch self {
        case .sha1: "http://www.w3.org/2000/09/xmldsig#sha1"
        case .sha256: "http://www.w3.org/2001/04/xmlenc#sha256"
        case .sm3: "http://www.chinaport.gov.cn/2022/04/xmldsig#sm3"
        }
    }

    init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = found
    }
}

/// What a key is for.
enum KeyKind: Sendable { case rsa, sm2, other }

/// How the two numbers of an SM2 signature are written. Both are read, because no published text
/// says which one customs takes.
public enum SM2Encoding: Sendable, Equatable {
    /// r and s, 32 bytes each: what signing software in the field writes (and what XML signatures
    /// do with other curves, RFC 4050).
    case raw
    /// The DER sequence of GB/T 35276 (GM/T 0009).
    case der
}

/// Names of the other parts of a signature.
enum SignatureName {
    static let canonicalization = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
    static let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    static let space = "http://www.w3.org/2000/09/xmldsig#"
}
