/// What a verdict says to a reader, in both languages; neither holds a value of the message.
public struct SignatureText: Sendable, Equatable {
    public let zh: String
    public let en: String
}

extension SignatureVerdict {
    /// The code of the finding, e.g. `signatureBroken`; nil when the signature is valid.
    public var code: String? {
        switch self {
        case .unsigned: "unsigned"
        case .unverifiable: "signatureUnverifiable"
        case .broken: "signatureBroken"
        case .valid: nil
        }
    }

    /// What the finding says; nil when the signature is valid.
    public var text: SignatureText? {
        switch self {
        case .unsigned: SignatureText(zh: "报文没有签名", en: "the message is not signed")
        case .unverifiable(let reason): reason.text
        case .broken(let reason): reason.text
        case .valid: nil
        }
    }
}

extension Unverifiable {
    /// The reason in words.
    public var text: SignatureText {
        let (zh, en) = words
        return SignatureText(zh: "签名无法验证：" + zh, en: "the signature cannot be verified: " + en)
    }

    private var words: (zh: String, en: String) {
        switch self {
        case .tooLarge: ("报文太大", "the message is too large")
        case .tooDeep: ("报文嵌套太深", "the message is nested too deep")
        case .notXML: ("报文不是合格的 XML", "the message is not well-formed XML")
        case .doctype: ("报文含有文档类型声明", "the message has a document type")
        case .encoding: ("不支持声明的字符编码", "the declared encoding is not supported")
        case .several: ("报文有多个签名", "the message has more than one signature")
        case .place: ("签名不在报文根节点之下", "the signature is not a child of the root")
        case .form: ("签名节点不合规范", "the signature is not built as specified")
        case .reference: ("签名没有引用整个报文", "the signature does not refer to the whole message")
        case .transform: ("不支持的转换方式", "a transform that is not supported")
        case .canonicalization: ("不支持的规范化算法", "a canonicalisation that is not supported")
        case .signatureAlgorithm: ("未知的签名算法", "an unknown signature algorithm")
        case .digestAlgorithm: ("未知的摘要算法", "an unknown digest algorithm")
        case .noCertificate: ("签名没有指明证书", "the signature names no certificate")
        case .badCertificate: ("签名所附证书无法读取", "its certificate cannot be read")
        case .unknownCertificate: ("证书不在给定的证书之中", "its certificate is none of those given")
        case .keyKind: ("证书的密钥与签名算法不符", "the certificate's key does not fit the algorithm")
        case .expired: ("证书在报文时间已过期", "the certificate had expired")
        case .notYetValid: ("证书在报文时间尚未生效", "the certificate was not valid yet")
        }
    }
}

extension Breakage {
    /// The reason in words.
    public var text: SignatureText {
        let (zh, en) = words
        return SignatureText(zh: "签名无效：" + zh, en: "the signature is broken: " + en)
    }

    private var words: (zh: String, en: String) {
        switch self {
        case .digestForm: ("摘要值格式错误", "the digest has no valid form")
        case .digest: ("报文内容与摘要不符", "the message is not the one that was digested")
        case .signatureForm: ("签名值格式错误", "the signature value has no valid form")
        case .signature: ("签名值与证书不符", "the certificate's key did not make it")
        }
    }
}
