internal import CXMLSignature
internal import Glibc

/// The border to libxml2: a parsed message whose canonical forms can be asked for.
///
/// Not sendable, one thread at a time. Memory is about eight times the message.
@safe final class XMLTree {
    /// One element of the signature.
    struct Element {
        let name: String
        /// The text of an element without children.
        let text: String?
        let algorithm: String?
        let uri: String?
        let depth: Int
        let isSignature: Bool
        let isStrange: Bool
    }

    /// What was seen while parsing. Offsets are bytes of the message.
    struct Facts {
        /// Why the message cannot be used; nil when it can.
        let refusal: Unverifiable?
        /// Elements `Signature` of XML signatures, wherever they stand.
        let signatures: Int
        /// Whether the first of them is a child of the root.
        let isChild: Bool
        /// Line of the first signature, or of the refusal.
        let line: Int
        /// Whether offsets are told: those of bytes that were decoded mean nothing.
        let isUTF8: Bool
        /// Where the first signature stands.
        let signature: Range<Int>?
        /// Where the root's child `ExtendMessage` starts; nil when there is none.
        let extensionStart: Int?
        /// Where the root's end tag starts; nil when it has none.
        let rootEnd: Int?
    }

    private let document: OpaquePointer
    let facts: Facts

    /// Parses; the facts say whether the rest may be used. Nil when memory is short.
    init?(
        _ bytes: [UInt8], depth: Int = SignatureLimits.depth, nodes: Int = SignatureLimits.nodes
    ) {
        let limits = cxs_limits(
            depth: depth, nodes: nodes, tag: SignatureLimits.tagBytes,
            spaces: SignatureLimits.nameSpaces)
        let parsed = unsafe bytes.withUnsafeBufferPointer { buffer in
            unsafe cxs_parse(buffer.baseAddress, buffer.count, limits)
        }
        guard let parsed = unsafe parsed else { return nil }
        unsafe document = parsed
        facts = unsafe Facts(cxs_document_facts(parsed))
    }

    deinit { unsafe cxs_document_free(document) }

    /// The root's local name.
    var rootName: String { unsafe String(cString: cxs_root_name(document)) }

    /// Whether the document is an envelope around a message.
    var isEnvelope: Bool {
        var data: UnsafePointer<CChar>?
        return unsafe cxs_envelope(document, &data)
    }

    /// The message in an envelope; nil when it has none, or none that is read one way only.
    var content: [UInt8]? {
        var data: UnsafePointer<CChar>?
        guard unsafe cxs_envelope(document, &data), let text = unsafe data else { return nil }
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: strlen(text))
        return unsafe Base64.decode(bytes)
    }

    /// The elements of the signature that is a child of the root; nil when there are more than so
    /// many.
    func elements(atMost count: Int) -> [Element]? {
        var found = unsafe [cxs_element](repeating: cxs_element(), count: count)
        let there = unsafe cxs_signature_elements(document, &found, count)
        guard there <= count else { return nil }
        return unsafe found[..<there].map { element in
            unsafe Element(
                name: String(cString: element.name), text: Self.text(element.text),
                algorithm: Self.text(element.algorithm), uri: Self.text(element.uri),
                depth: Int(element.depth), isSignature: element.is_signature,
                isStrange: element.is_strange)
        }
    }

    /// The digest of the message without its signature; nil when it has no canonical form.
    func digest(_ algorithm: DigestAlgorithm) -> [UInt8]? {
        var digest = [UInt8](repeating: 0, count: 64)
        let count = unsafe cxs_digest_document(document, algorithm.native, &digest)
        return count == 0 ? nil : Array(digest[..<count])
    }

    /// The canonical form of `SignedInfo`.
    func canonicalSignedInfo() -> [UInt8]? {
        unsafe LibCrypto.take(cxs_canonical_signed_info(document))
    }

    private static func text(_ pointer: UnsafePointer<CChar>?) -> String? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe String(cString: pointer)
    }
}

extension XMLTree.Facts {
    fileprivate init(_ facts: cxs_facts) {
        refusal =
            switch facts.status {
            case CXS_OK: nil
            case CXS_DOCTYPE: .doctype
            case CXS_DEPTH: .tooDeep
            case CXS_NODES, CXS_MEMORY: .tooLarge
            case CXS_ENCODING: .encoding
            default: .notXML
            }
        signatures = facts.signatures
        isChild = facts.is_child
        line = facts.line
        isUTF8 = facts.has_offsets
        let isTold = facts.has_offsets && refusal == nil
        let (start, end) = (facts.signature_start, facts.signature_end)
        signature = isTold && start < end ? start..<end : nil
        extensionStart = isTold && facts.extension_start > 0 ? facts.extension_start : nil
        rootEnd = isTold && facts.root_end > 0 ? facts.root_end : nil
    }
}
