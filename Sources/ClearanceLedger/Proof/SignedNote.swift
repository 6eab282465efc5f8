import ClearanceStore

/// A text and the signatures under it: the C2SP signed-note (`specs/proofs.md`).
///
/// The text means nothing until ``check(keys:threshold:)`` has found no fault.
public struct SignedNote: Sendable, Hashable {
    /// One signature line.
    public struct Signature: Sendable, Hashable {
        /// The name of the key that is said to have signed.
        public let name: String
        /// Its id.
        public let id: UInt32
        /// The signature itself.
        public let bytes: [UInt8]
    }

    /// What is signed, with its last line feed.
    public let text: String
    /// At least one.
    public let signatures: [Signature]

    /// A text under signatures; nil when there is none or the text cannot stand in a note.
    init?(text: String, signatures: [Signature]) {
        guard SignedNote.isText(text.utf8), !signatures.isEmpty,
            signatures.count <= ProofLimits.signatures
        else { return nil }
        self.text = text
        self.signatures = signatures
    }

    /// Signs a text; traps when it does not end in a line feed or holds a control character.
    ///
    /// Throws `signing` when a signer fails or gives what its own key does not verify.
    public init(signing text: String, by signers: [any CheckpointSigner]) throws(LedgerError) {
        precondition(SignedNote.isText(text.utf8), "a text that can stand in a note")
        precondition((1...ProofLimits.signatures).contains(signers.count), "1 to 64 signers")
        let bytes = Array(text.utf8)
        var signatures: [Signature] = []
        for signer in signers {
            let signature: [UInt8]
            do { signature = try signer.sign(bytes) } catch {
                throw LedgerError(.signing, "the signer \(signer.key.name) failed")
            }
            guard signer.key.isValid(signature, of: bytes) else {
                throw LedgerError(.signing, "the signer \(signer.key.name) signed wrongly")
            }
            signatures.append(
                Signature(name: signer.key.name, id: signer.key.id, bytes: signature))
        }
        self.text = text
        self.signatures = signatures
    }

    /// The note that these bytes are; nil when they are none.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count <= ProofLimits.noteBytes, SignedNote.isText(bytes),
            let end = SignedNote.textEnd(bytes), let text = String(checked: bytes[..<end])
        else { return nil }
        var signatures: [Signature] = []
        for line in bytes[(end + 1)...].dropLast().split(
            separator: 10, omittingEmptySubsequences: false)
        {
            guard signatures.count < ProofLimits.signatures, let signature = Signature(line) else {
                return nil
            }
            signatures.append(signature)
        }
        self.init(text: text, signatures: signatures)
    }

    /// The note byte for byte.
    public var bytes: [UInt8] {
        var bytes = Array(text.utf8)
        bytes.append(10)
        for signature in signatures { signature.append(to: &bytes) }
        return bytes
    }

    /// The same text with the signatures of another note by keys that have none here; nil when the
    /// texts differ or there would be too many.
    public func adding(_ other: SignedNote) -> SignedNote? {
        guard other.text == text else { return nil }
        var joined = signatures
        for signature in other.signatures
        // A key that stands twice is what a verifier refuses.
        where !joined.contains(where: { $0.name == signature.name && $0.id == signature.id }) {
            joined.append(signature)
        }
        return SignedNote(text: text, signatures: joined)
    }

    /// Behind the text: the last empty line begins here. What follows are signature lines.
    private static func textEnd(_ bytes: [UInt8]) -> Int? {
        var index = bytes.count - 2
        while index >= 1 {
            if bytes[index] == 10 && bytes[index - 1] == 10 { return index }
            index -= 1
        }
        return nil
    }

    /// Whether bytes end in a line feed and hold no other control character.
    private static func isText(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
        bytes.last == 10 && bytes.allSatisfy { $0 >= 0x20 || $0 == 10 }
    }
}

extension SignedNote.Signature {
    /// The em dash and the space that begin a signature line.
    private static let mark: [UInt8] = [0xE2, 0x80, 0x94, 0x20]

    /// The signature of a line without its line feed; nil when it is none.
    init?(_ line: ArraySlice<UInt8>) {
        guard line.starts(with: Self.mark) else { return nil }
        let parts = line.dropFirst(Self.mark.count).split(
            separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 2, let name = String(checked: parts[0]), NoteKey.isName(name),
            let blob = Base64.bytes(parts[1]), blob.count > 4
        else { return nil }
        self.name = name
        id = BigEndian.uint32(blob.span)
        bytes = Array(blob.dropFirst(4))
    }

    func append(to text: inout [UInt8]) {
        text += Self.mark
        text += name.utf8
        text.append(0x20)
        Base64.append(BigEndian.bytes(id) + bytes, to: &text)
        text.append(10)
    }
}

extension String {
    /// The text of bytes; nil when they are no UTF-8. Nothing is repaired.
    init?(checked bytes: ArraySlice<UInt8>) { self.init(validating: bytes, as: UTF8.self) }
}
