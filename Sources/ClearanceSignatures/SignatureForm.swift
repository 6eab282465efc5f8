/// The parts of a signature that has the form of the specification.
struct SignatureForm {
    var canonicalization = ""
    var method = ""
    /// Nil when the attribute is missing, which would leave the choice to the reader.
    var uri: String?
    var transforms: [String] = []
    var digestMethod = ""
    var digestValue = ""
    var signatureValue = ""
    var keyName: String?
    var certificates: [String] = []

    /// The parts; nil when an element is missing, doubled, out of order or of another name.
    init?(_ elements: [XMLTree.Element]) {
        var walk = Walk(elements: elements)
        guard elements.allSatisfy({ $0.isSignature && !$0.isStrange }),
            walk.enter("Signature"), readSignedInfo(&walk),
            let value = walk.leaf("SignatureValue", depth: 1)?.text
        else { return nil }
        signatureValue = value
        if walk.enter("KeyInfo", depth: 1), !readKeyInfo(&walk) { return nil }
        if !walk.isAtEnd { return nil }
    }

    private mutating func readSignedInfo(_ walk: inout Walk) -> Bool {
        guard walk.enter("SignedInfo", depth: 1),
            let canonical = walk.leaf("CanonicalizationMethod", depth: 2)?.algorithm,
            let signing = walk.leaf("SignatureMethod", depth: 2)?.algorithm,
            let reference = walk.next("Reference", depth: 2), reference.text == nil,
            walk.enter("Transforms", depth: 3)
        else { return false }
        while let transform = walk.leaf("Transform", depth: 4) {
            guard let name = transform.algorithm else { return false }
            transforms.append(name)
        }
        guard !transforms.isEmpty, let digesting = walk.leaf("DigestMethod", depth: 3)?.algorithm,
            let digest = walk.leaf("DigestValue", depth: 3)?.text
        else { return false }
        canonicalization = canonical
        method = signing
        uri = reference.uri
        digestMethod = digesting
        digestValue = digest
        return true
    }

    private mutating func readKeyInfo(_ walk: inout Walk) -> Bool {
        keyName = walk.leaf("KeyName", depth: 2)?.text
        if walk.enter("X509Data", depth: 2) {
            while let certificate = walk.leaf("X509Certificate", depth: 3)?.text {
                certificates.append(certificate)
            }
            return !certificates.isEmpty
        }
        return keyName != nil
    }

    /// Goes through the elements in their order.
    private struct Walk {
        let elements: [XMLTree.Element]
        var index = 0

        var isAtEnd: Bool { index == elements.count }

        mutating func next(_ name: String, depth: Int) -> XMLTree.Element? {
            guard index < elements.count, elements[index].name == name,
                elements[index].depth == depth
            else { return nil }
            index += 1
            return elements[index - 1]
        }

        /// An element with children.
        mutating func enter(_ name: String, depth: Int = 0) -> Bool {
            guard let element = next(name, depth: depth) else { return false }
            return element.text == nil
        }

        /// An element without children.
        mutating func leaf(_ name: String, depth: Int) -> XMLTree.Element? {
            guard let element = next(name, depth: depth), element.text != nil else { return nil }
            return element
        }
    }
}
