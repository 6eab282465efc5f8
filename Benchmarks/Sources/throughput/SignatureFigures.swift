import ClearanceEvents
import ClearanceInterchange
import ClearanceSignatures
import Workload

/// Verifying the signatures of messages, by the two algorithms of the field, apart from reading
/// them: messages of at most 100 documents, and of one.
struct SignatureFigures {
    /// Messages of one document that are verified: a second's work or less.
    private static let singles = 500

    let messages: Messages

    func measure(into figures: inout Figures) throws {
        let plain = messages.hundreds.filter(Self.hasPlace)
        let singles = messages.singles.filter(Self.hasPlace).prefix(Self.singles)
        let papers = plain.reduce(0) { $0 + Messages.read($1, depth: .form) }
        for (name, kind, algorithm) in [
            ("RSA", SigningKey.Kind.rsa(bits: 1_024), SignatureAlgorithm.rsaSHA1),
            ("SM2", .sm2, .sm2SM3),
        ] {
            let identity = try SigningIdentity.make(
                .init(name: "bench", serial: 1, seconds: 0...4_102_444_800), key: .make(kind))
            let given = Certificates(signers: [identity.certificate])
            let signer = try XMLSigner(identity, algorithm: algorithm)
            let signed = try plain.map { try signer.sign($0) }
            let time = shortest { Self.verify(signed, given) }
            figures.rate("signature\(name)PapersPerSecond", papers, in: time)
            let bytes = signed.reduce(0) { $0 + $1.count }
            figures.number(
                "signature\(name)MegabytesPerSecond", Double(bytes) / 1e6 / time.seconds)
            let alone = try singles.map { try signer.sign($0) }
            let each = shortest { Self.verify(alone, given) }
            figures.rate("signature\(name)MessagesPerSecond", alone.count, in: each)
        }
    }

    private static func verify(_ messages: [[UInt8]], _ given: Certificates) {
        let time = Instant(microseconds: 1_767_225_600_000_000)
        for message in messages {
            let verdict = XMLSignature.verify(message, trusting: given, at: time)
            precondition(verdict.signer != nil, "what was signed is valid")
        }
    }

    /// Receipts have no place for a signature.
    private static func hasPlace(_ file: [UInt8]) -> Bool {
        String(decoding: file.suffix(4_096), as: UTF8.self).contains("</BaseTransfer>")
    }
}
