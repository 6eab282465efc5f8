import ClearanceEvents
import Foundation
import Testing

@testable import ClearanceSignatures

@Suite("Which certificates are trusted")
struct CertificateTests {
    @Test("A certificate that came with the message is not trusted by itself")
    func unknown() throws {
        let text = try Paper.signed(.sm2SM3)
        for given in [[], [Keys.rsa.certificate], [Keys.other.certificate]] {
            #expect(
                verdict(text, Certificates(signers: given)) == .unverifiable(.unknownCertificate))
        }
        #expect(verdict(text, Certificates(signers: [Keys.sm2.certificate])).signer != nil)
    }

    @Test("Without a certificate, the name of the key is the serial number of a given one")
    func names() throws {
        func found(_ info: String, _ given: Certificates = Keys.given) throws -> SignatureVerdict {
            verdict(try Paper.filled(Paper.with(Paper.signature(keyInfo: info))), given)
        }
        for name in ["0C0D", "c0d", "00000c0D"] {
            #expect(try found("<ds:KeyName>\(name)</ds:KeyName>").signer?.keyName == name)
        }
        #expect(try found("<ds:KeyName>C0E</ds:KeyName>") == .unverifiable(.unknownCertificate))
        #expect(try found("") == .unverifiable(.noCertificate))
        let twin = Keys.make(.sm2, "同号", 0x0C0D)
        let twins = Certificates(signers: [Keys.sm2.certificate, twin.certificate])
        #expect(
            try found("<ds:KeyName>C0D</ds:KeyName>", twins) == .unverifiable(.unknownCertificate))
    }

    @Test("A certificate that cannot be read is its own reason")
    func bad() throws {
        for text in ["AAAA", "A"] {
            let info =
                "<ds:X509Data><ds:X509Certificate>\(text)</ds:X509Certificate></ds:X509Data>"
            let message = try Paper.filled(Paper.with(Paper.signature(keyInfo: info)))
            #expect(verdict(message) == .unverifiable(.badCertificate))
        }
    }

    @Test("A certificate is valid from its first second to its last")
    func validity() throws {
        let text = try Paper.signed(.sm2SM3)
        func at(_ seconds: Int64, _ micro: Int64 = 0) -> SignatureVerdict {
            verdict(text, at: Instant(microseconds: seconds * 1_000_000 + micro))
        }
        #expect(at(Keys.year.lowerBound).signer != nil)
        #expect(at(Keys.year.upperBound, 999_999).signer != nil)
        #expect(at(Keys.year.lowerBound, -1) == .unverifiable(.notYetValid))
        #expect(at(Keys.year.upperBound + 1) == .unverifiable(.expired))
        // Time does not excuse what is broken.
        let changed = text.replacingOccurrences(of: "支付", with: "收付")
        #expect(
            verdict(changed, at: Instant(microseconds: 0)) == .broken(.digest))
    }

    private func chained(_ certificates: [Certificate], _ key: SigningIdentity) throws -> String {
        let parts = certificates.map {
            "<ds:X509Certificate>\(Base64.encode($0.der))</ds:X509Certificate>"
        }
        return try Paper.filled(
            Paper.with(
                Paper.signature(keyInfo: "<ds:X509Data>\(parts.joined())</ds:X509Data>")),
            key: key)
    }

    @Test("A certificate that leads to a given root is trusted, over SM2 and RSA")
    func chain() throws {
        let rooted = Certificates(signers: [], roots: [Keys.root.certificate])
        let (leaf, middle) = (Keys.leaf.certificate, Keys.middle.certificate)
        #expect(verdict(try chained([leaf, middle], Keys.leaf), rooted).signer?.serial == "3")
        // The one between is missing, and then given as a root itself.
        let short = try chained([leaf], Keys.leaf)
        #expect(verdict(short, rooted) == .unverifiable(.unknownCertificate))
        #expect(verdict(short, Certificates(signers: [], roots: [middle])).signer != nil)
        // Another root, and one that only has the right name.
        for root in [Keys.other, Keys.make(.sm2, "根证书", 1, isAuthority: true)] {
            let other = Certificates(signers: [], roots: [root.certificate])
            #expect(
                verdict(try chained([leaf, middle], Keys.leaf), other)
                    == .unverifiable(.unknownCertificate))
        }
    }

    @Test("A chain is only as good as its times and its uses")
    func chainFlaws() throws {
        let rooted = Certificates(signers: [], roots: [Keys.root.certificate])
        let text = try chained([Keys.leaf.certificate, Keys.middle.certificate], Keys.leaf)
        let late = Instant(microseconds: (Keys.year.upperBound + 1) * 1_000_000)
        #expect(verdict(text, rooted, at: late) == .unverifiable(.expired))
        let early = Instant(microseconds: (Keys.year.lowerBound - 1) * 1_000_000)
        #expect(verdict(text, rooted, at: early) == .unverifiable(.notYetValid))
        // A certificate for certificates only, and one issued by somebody who may not issue.
        #expect(
            verdict(try chained([Keys.authority.certificate], Keys.authority), rooted)
                == .unverifiable(.unknownCertificate))
        let forged = Keys.make(.sm2, "冒名", 9, by: Keys.leaf)
        let parts = [forged, Keys.leaf, Keys.middle].map(\.certificate)
        #expect(
            verdict(try chained(parts, forged), rooted) == .unverifiable(.unknownCertificate))
    }

    @Test("Certificates are read from PEM with several, and from DER")
    func reading() throws {
        let two = Keys.rsa.certificate.pem + "\n# note\n" + Keys.sm2.certificate.pem
        let read = try Certificate.read(Array(two.utf8))
        #expect(read.map(\.der) == [Keys.rsa.certificate.der, Keys.sm2.certificate.der])
        #expect(read.map(\.serial) == ["A0B", "C0D"])
        #expect(read[0].subject == "CN=测试服务器一号" && read[0].issuer == read[0].subject)
        #expect(try Certificate.read(Keys.sm2.certificate.der).count == 1)
        #expect(throws: Certificate.Fault.absent) { try Certificate.read(Array("text".utf8)) }
        #expect(throws: Certificate.Fault.unreadable) { try Certificate.read([0x30, 0x00]) }
        let cut = two.utf8.prefix(200)
        #expect(throws: Certificate.Fault.unreadable) { try Certificate.read(Array(cut)) }
        let long = Keys.sm2.certificate.der + [0]
        #expect(throws: Certificate.Fault.unreadable) { try Certificate.read(long) }
    }

    @Test("An identity is a key and its own certificate")
    func identity() {
        #expect(
            SigningIdentity(certificate: Keys.sm2.certificate, key: Keys.other.key) == nil)
        #expect(SigningIdentity(certificate: Keys.sm2.certificate, key: Keys.sm2.key) != nil)
        #expect(throws: SigningFault.keyKind) { try XMLSigner(Keys.sm2, algorithm: .rsaSHA1) }
    }
}
