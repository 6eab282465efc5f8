import ClearanceStore
import Testing

@testable import ClearanceLedger

@Suite("Notes and their signatures")
struct NoteTests {
    /// The example of the Go package that the format comes from.
    private static let verifier =
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
    private static let secret =
        "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
    private static let text =
        "If you think cryptography is the answer to your problem,\n"
        + "then you don't know what your problem is.\n"
    private static let note =
        text + "\n\u{2014} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2"
        + "pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"

    private func signer(_ name: String, _ byte: UInt8) throws -> KeySigner {
        try #require(KeySigner(name: name, seed: [UInt8](repeating: byte, count: 32)))
    }

    @Test("The published key and note are read, verified and made again")
    func published() throws {
        let key = try #require(NoteKey(Self.verifier))
        let signer = try #require(KeySigner(Self.secret))
        #expect(signer.key == key && key.name == "PeterNeumann" && key.idText == "c74f20a3")
        #expect(key.description == Self.verifier && signer.secretText == Self.secret)
        let note = try #require(SignedNote(Array(Self.note.utf8)))
        #expect(note.check(keys: [key]).isTrusted)
        #expect(note.bytes == Array(Self.note.utf8))
        #expect(try SignedNote(signing: Self.text, by: [signer]) == note)
    }

    @Test("Ed25519 signs and verifies as RFC 8032 says")
    func ed25519() throws {
        let vectors = try Vectors.object("ed25519.json")["vectors"] as? [[String: String]] ?? []
        #expect(vectors.count == 4)
        for vector in vectors {
            let bytes = vector.mapValues { Vectors.bytes(hex: $0) }
            let key = try #require(bytes["key"])
            let message = try #require(bytes["message"])
            let signature = try #require(bytes["signature"])
            let publicKey = try #require(bytes["public"])
            #expect(Ed25519.publicKey(of: key) == publicKey)
            #expect(Ed25519.sign(message, with: key) == signature)
            #expect(Ed25519.isValid(signature, of: message, by: publicKey))
            #expect(!Ed25519.isValid(signature, of: message + [0], by: publicKey))
        }
    }

    @Test("A file of keys has comments; a key whose name begins like one is a key")
    func list() throws {
        let keys = [try signer("#one", 1).key, try signer("two", 2).key]
        let text = "# a comment\n\(keys[0])\n\n#\(keys[1])\r\n\(keys[1])\n"
        #expect(NoteKey.list(text) == keys)
        #expect(NoteKey.list(text + "three\n") == nil && NoteKey.list("# none\n") == nil)
    }

    @Test(
        "No other text is a key",
        arguments: [
            "", "PeterNeumann", "PeterNeumann+c74f20a3", "PeterNeumann+c74f20a3+",
            // Another id, an upper-case id, no name, a space in it, base64 without its last digit.
            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10T",
            // Another algorithm.
            "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ])
    func badKeys(text: String) {
        #expect(NoteKey(text) == nil)
        #expect(KeySigner("PRIVATE+KEY+" + text) == nil)
    }

    @Test("A changed note is not read, or not believed, wherever the change is")
    func changed() throws {
        let key = try #require(NoteKey(Self.verifier))
        let bytes = Array(Self.note.utf8)
        for index in bytes.indices {
            for bit in 0..<8 {
                var other = bytes
                other[index] ^= 1 << bit
                guard let note = SignedNote(other) else { continue }
                #expect(!note.check(keys: [key]).isTrusted, "bit \(bit) of byte \(index)")
            }
            #expect(SignedNote(Array(bytes[..<index])) == nil, "cut at \(index)")
        }
    }

    @Test("A threshold counts known keys; unknown ones are passed over, wrong ones refuse all")
    func thresholds() throws {
        let (one, two, three) = (
            try signer("a.test", 1), try signer("b.test", 2), try signer("c.test", 3)
        )
        let note = try SignedNote(signing: "text\n", by: [one, two])
        #expect(note.check(keys: [one.key]).isTrusted)
        #expect(note.check(keys: [one.key, two.key], threshold: 2).isTrusted)
        #expect(!note.check(keys: [one.key, three.key], threshold: 2).isTrusted)
        #expect(!note.check(keys: [three.key]).isTrusted)
        #expect(!note.check(keys: []).isTrusted)
        let verdict = note.check(keys: [two.key])
        #expect(verdict.findings.map(\.isKnown) == [false, true])
        // The same name with another key has another id, so it is another key.
        let namesake = try signer("a.test", 9)
        #expect(!note.check(keys: [namesake.key]).isTrusted)
        let forged = SignedNote.Signature(
            name: "a.test", id: one.key.id, bytes: note.signatures[1].bytes)
        let bad = try #require(
            SignedNote(text: "text\n", signatures: [forged, note.signatures[1]]))
        #expect(!bad.check(keys: [one.key, two.key]).isTrusted)
        #expect(bad.check(keys: [two.key]).isTrusted)
        let twice = try #require(
            SignedNote(text: "text\n", signatures: [note.signatures[0], note.signatures[0]]))
        #expect(!twice.check(keys: [one.key], threshold: 1).isTrusted)
    }

    @Test("A checkpoint is three lines and more, in their one form")
    func checkpoints() throws {
        let root = TreeHash.empty.base64
        let checkpoint = try #require(Checkpoint(text: "example.test/log\n0\n\(root)\n"))
        #expect(checkpoint.size == 0 && checkpoint.root == TreeHash.empty)
        #expect(checkpoint.text == "example.test/log\n0\n\(root)\n")
        let extended = try #require(Checkpoint(text: "o\n7\n\(root)\nmore\n"))
        #expect(extended.extensions == ["more"] && extended.text == "o\n7\n\(root)\nmore\n")
        for text in [
            "", "o\n", "o\n1\n", "o\n1\n\(root)", "\n1\n\(root)\n", "o\n01\n\(root)\n",
            "o\n+1\n\(root)\n", "o\n 1\n\(root)\n", "o\n\n\(root)\n", "o\n1\n\n",
            "o\n1\n\(root.dropLast())\n", "o\n1\n\(root)\n\n",
            "o\n9223372036854775808\n\(root)\n",
        ] {
            #expect(Checkpoint(text: text) == nil, "\(text)")
        }
        #expect(Checkpoint(text: "o\n9223372036854775807\n\(root)\n") != nil)
    }

    @Test("Base64 has one text for each run of bytes")
    func base64() {
        for count in 0...50 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ count) }
            let text = Array(Base64.text(bytes).utf8)
            #expect(Base64.bytes(text) == bytes)
            #expect(count % 3 == 0 || Base64.bytes(Array(text.dropLast())) == nil)
        }
        #expect(Base64.text(Array("foobar".utf8)) == "Zm9vYmFy")
        #expect(Base64.text(Array("fooba".utf8)) == "Zm9vYmE=")
        for text in ["Zm9vYmF=", "Zm9vYg=", "Zm9vY===", "Zm 9", "Zm9v\n", "=", "====", "Zm-_"] {
            #expect(Base64.bytes(Array(text.utf8)) == nil, "\(text)")
        }
    }
}
