import ClearanceEvents
import Foundation
import Testing

@testable import ClearanceSignatures

@Suite("What a signature is found to be")
struct VerdictTests {
    @Test(
        "A message that was signed is valid, by each algorithm",
        arguments: SignatureAlgorithm.allCases)
    func valid(_ algorithm: SignatureAlgorithm) throws {
        let signer = try #require(verdict(try Paper.signed(algorithm)).signer)
        let certificate = Keys.identity(algorithm).certificate
        #expect(signer.algorithm == algorithm)
        #expect(signer.subject == certificate.subject)
        #expect(signer.serial == certificate.serial && signer.keyName == certificate.serial)
        #expect(signer.encoding == (algorithm == .sm2SM3 ? .raw : nil))
        #expect(signer.identity == certificate.issuer + ";serial=" + certificate.serial)
    }

    @Test("A message without a signature is unsigned")
    func unsigned() {
        #expect(verdict(Paper.plain) == .unsigned)
        #expect(verdict("<a><Signature xmlns='urn:other'/></a>") == .unsigned)
    }

    @Test("An SM2 signature is read as DER and as r and s, and the signer says which")
    func encodings() throws {
        for encoding in [SM2Encoding.raw, .der] {
            let text = try Paper.signed(.sm2SM3, encoding: encoding)
            #expect(verdict(text).signer?.encoding == encoding)
        }
    }

    @Test("The name and digest that software in the field writes are read")
    func field() throws {
        let text = try Paper.filled(
            Paper.with(
                Paper.signature(
                    method: "http://www.w3.org/2000/09/xmldsig#sm2-sm3",
                    digest: "http://www.w3.org/2000/09/xmldsig#sha1")), digest: .sha1)
        #expect(verdict(text).signer?.algorithm == .sm2SM3)
    }

    @Test("C14N may be named as a second transform")
    func transforms() throws {
        let two = """
            <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>\
            <ds:Transform Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"/>
            """
        let text = try Paper.filled(Paper.with(Paper.signature(transforms: two)))
        #expect(verdict(text).signer != nil)
    }

    @Test("A changed message is broken by its digest, whoever is trusted")
    func digest() throws {
        let text = try Paper.signed(.sm2SM3).replacingOccurrences(of: "支付", with: "收付")
        #expect(verdict(text) == .broken(.digest))
        #expect(verdict(text, Certificates(signers: [])) == .broken(.digest))
    }

    @Test("A digest of another length or form is broken by its form")
    func digestForm() throws {
        let text = try Paper.signed(.sm2SM3)
        let value = try #require(part(text, "ds:DigestValue"))
        #expect(verdict(text.replacingOccurrences(of: value, with: "")) == .broken(.digestForm))
        let short = String(value.dropLast(4))
        #expect(verdict(text.replacingOccurrences(of: value, with: short)) == .broken(.digestForm))
        #expect(
            verdict(text.replacingOccurrences(of: value, with: "*" + value.dropFirst()))
                == .broken(.digestForm))
    }

    @Test("A signature of another key or over another SignedInfo is broken")
    func signature() throws {
        // Signed by one key, presented with the certificate of another.
        let foreign = try Paper.filled(Paper.with(Paper.signature()), key: Keys.other)
        #expect(verdict(foreign) == .broken(.signature))
        // The right digest of a changed message in a SignedInfo that nobody signed.
        let text = try Paper.signed(.sm2SM3)
        let changed = text.replacingOccurrences(of: "支付", with: "收付")
        let tree = try #require(XMLTree(Array(changed.utf8)))
        let digest = Base64.encode(try #require(tree.digest(.sm3)))
        let old = try #require(part(text, "ds:DigestValue"))
        #expect(
            verdict(changed.replacingOccurrences(of: old, with: digest)) == .broken(.signature))
    }

    @Test("A signature value that is no number pair, or not Base64, is broken by its form")
    func signatureForm() throws {
        let text = try Paper.signed(.sm2SM3, encoding: .der)
        let value = try #require(part(text, "ds:SignatureValue"))
        for wrong in ["", "AAAA", "====", String(value.dropLast(1)), value + "AAAA"] {
            let changed = text.replacingOccurrences(of: value, with: wrong)
            #expect(verdict(changed) == .broken(.signatureForm), "\(wrong)")
        }
        // Numbers outside the curve's range have the form, and verify nothing.
        for byte: UInt8 in [0, 0xFF] {
            let wrong = Base64.encode([UInt8](repeating: byte, count: 64))
            let changed = text.replacingOccurrences(of: value, with: wrong)
            #expect(verdict(changed) == .broken(.signature))
        }
    }

    @Test("An RSA value of another length is broken")
    func lengths() throws {
        let text = try Paper.signed(.rsaSHA1)
        let value = try #require(part(text, "ds:SignatureValue"))
        let bytes = try #require(Base64.decode(value.utf8))
        for wrong in [[0] + bytes, Array(bytes.dropLast())] {
            let changed = text.replacingOccurrences(of: value, with: Base64.encode(wrong))
            #expect(verdict(changed) == .broken(.signature))
        }
    }

    @Test("Of an envelope the message's signature counts, else the envelope's own")
    func envelopes() throws {
        func envelope(_ message: String, _ wrap: String = "DxpMsg") -> String {
            let data = "<Data>\(Base64.encode(Array(message.utf8)))</Data>"
            let inner = "<DxpMsg ver='1.0'>\(data)</DxpMsg>"
            return wrap == "DxpMsg" ? inner : "<\(wrap)>\(inner)</\(wrap)>"
        }
        let signed = try Paper.signed(.rsaSHA1)
        #expect(verdict(envelope(Paper.plain)) == .unsigned)
        for wrap in ["DxpMsg", "DxpMsgSv"] {
            #expect(verdict(envelope(signed, wrap)).signer?.algorithm == .rsaSHA1)
            let changed = signed.replacingOccurrences(of: "支付", with: "收付")
            #expect(verdict(envelope(changed, wrap)) == .broken(.digest))
        }
        let outside = try Paper.signed(.sm2SM3, envelope(Paper.plain))
        #expect(verdict(outside).signer?.algorithm == .sm2SM3)
        #expect(
            verdict(try Paper.signed(.sm2SM3, envelope(signed))).signer?.algorithm == .rsaSHA1)
        // Data that can be read in more than one way, or not at all.
        let (open, close) = ("<DxpMsg><Data>", "</Data></DxpMsg>")
        let text = Base64.encode(Array(signed.utf8))
        for data in ["", "*", text + "</Data><Data>" + text, text + "<!-- -->" + text] {
            #expect(verdict(open + data + close) == .unverifiable(.form), "\(data)")
        }
    }

    @Test("A verdict says the signature's line and column")
    func place() throws {
        let text = Paper.with("\n  " + Paper.signature())
        let report = XMLSignature.inspect(Array(text.utf8), trusting: Keys.given, at: Keys.now)
        #expect(report.line == 9 && report.column == 3)
        let plain = XMLSignature.inspect(
            Array(Paper.plain.utf8), trusting: Keys.given, at: Keys.now)
        #expect(plain == SignatureReport(verdict: .unsigned, line: 0, column: 0))
    }

    @Test("Every verdict but a valid one has its code and its words in both languages")
    func words() {
        #expect(SignatureVerdict.unsigned.code == "unsigned")
        let verdicts =
            Unverifiable.allCases.map { SignatureVerdict.unverifiable($0) }
            + Breakage.allCases.map { .broken($0) } + [.unsigned]
        let texts = verdicts.compactMap(\.text)
        #expect(texts.count == verdicts.count)
        #expect(Set(texts.map(\.zh)).count == texts.count)
        #expect(Set(texts.map(\.en)).count == texts.count)
        #expect(
            Set(verdicts.compactMap(\.code)) == [
                "unsigned", "signatureUnverifiable", "signatureBroken",
            ])
    }
}

/// The text of the first element of a name.
func part(_ text: String, _ name: String) -> String? {
    let parts = text.components(separatedBy: "<\(name)>")
    return parts.count > 1 ? parts[1].components(separatedBy: "</").first : nil
}
