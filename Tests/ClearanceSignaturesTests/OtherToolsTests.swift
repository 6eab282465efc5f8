import ClearanceEvents
import ClearanceInterchange
import Foundation
import Testing

@testable import ClearanceSignatures

@Suite("What other tools say of our signatures")
struct OtherToolsTests {
    @Test(
        "xmlsec1 verifies our RSA signatures, and we verify its own",
        .enabled(if: Program("xmlsec1") != nil, "xmlsec1 is not installed"),
        arguments: [SignatureAlgorithm.rsaSHA1, .rsaSHA256])
    func xmlsec(_ algorithm: SignatureAlgorithm) throws {
        let tool = try #require(Program("xmlsec1"))
        let folder = try Folder()
        let text = try Paper.signed(algorithm)
        let message = try folder.write(Array(text.utf8), "message.xml")
        let certificate = try folder.write(Array(Keys.rsa.certificate.pem.utf8), "c.pem")
        let run = try tool.run(["--verify", "--pubkey-cert-pem", certificate, message])
        #expect(run.status == 0, "\(run.output)")
        let other = text.replacingOccurrences(of: "支付", with: "收付")
        let changed = try folder.write(Array(other.utf8), "changed.xml")
        #expect(try tool.run(["--verify", "--pubkey-cert-pem", certificate, changed]).status != 0)
    }

    @Test(
        "openssl makes keys that we read, signs with xmlsec1 what we verify",
        .enabled(
            if: Program("xmlsec1") != nil && Program("openssl") != nil,
            "xmlsec1 or openssl is not installed"))
    func foreign() throws {
        let (tool, openssl) = (try #require(Program("xmlsec1")), try #require(Program("openssl")))
        let folder = try Folder()
        let (key, certificate) = (folder.url.path + "/k.pem", folder.url.path + "/c.pem")
        let made = try openssl.run([
            "req", "-x509", "-newkey", "rsa:1024", "-nodes", "-keyout", key, "-out", certificate,
            "-subj", "/CN=foreign", "-days", "7",
        ])
        try #require(made.status == 0, "\(made.output)")
        let info = "<ds:KeyName/><ds:X509Data><ds:X509Certificate/></ds:X509Data>"
        let template = Paper.with(
            Paper.signature(
                method: "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                digest: "http://www.w3.org/2000/09/xmldsig#sha1", keyInfo: info)
        ).replacingOccurrences(of: "{digest}", with: "")
            .replacingOccurrences(of: "{value}", with: "")
        let file = try folder.write(Array(template.utf8), "template.xml")
        let out = folder.url.path + "/signed.xml"
        let run = try tool.run([
            "--sign", "--privkey-pem:name", key + "," + certificate, "--output", out, file,
        ])
        try #require(run.status == 0, "\(run.output)")
        let given = try Certificate.read(
            [UInt8](Data(contentsOf: URL(fileURLWithPath: certificate))))
        let signed = try [UInt8](Data(contentsOf: URL(fileURLWithPath: out)))
        let now = Instant(microseconds: Int64(Date().timeIntervalSince1970) * 1_000_000)
        let found = XMLSignature.verify(signed, trusting: Certificates(signers: given), at: now)
        #expect(found.signer?.subject == "CN=foreign", "\(found)")
        // The same key signs here.
        let read = try SigningKey.read([UInt8](Data(contentsOf: URL(fileURLWithPath: key))))
        let identity = try #require(SigningIdentity(certificate: given[0], key: read))
        let ours = try XMLSigner(identity, algorithm: .rsaSHA1).sign(Array(Paper.plain.utf8))
        #expect(
            XMLSignature.verify(ours, trusting: Certificates(signers: given), at: now).signer
                != nil)
    }

    @Test(
        "openssl verifies our SM2 signatures over the canonical SignedInfo",
        .enabled(if: Program("openssl") != nil, "openssl is not installed"))
    func sm2() throws {
        let tool = try #require(Program("openssl"))
        let folder = try Folder()
        let text = try Paper.signed(.sm2SM3, encoding: .der)
        let tree = try #require(XMLTree(Array(text.utf8)))
        let info = try folder.write(try #require(tree.canonicalSignedInfo()), "info")
        let value = try #require(part(text, "ds:SignatureValue").flatMap { Base64.decode($0.utf8) })
        let signature = try folder.write(value, "signature")
        let certificate = try folder.write(Array(Keys.sm2.certificate.pem.utf8), "c.pem")
        let key = folder.url.path + "/key.pem"
        let asked = try tool.run(["x509", "-in", certificate, "-pubkey", "-noout"])
        try Data(asked.output.utf8).write(to: URL(fileURLWithPath: key))
        let arguments = [
            "pkeyutl", "-verify", "-pubin", "-inkey", key, "-rawin", "-digest", "sm3", "-in", info,
            "-sigfile", signature, "-pkeyopt", "distid:1234567812345678",
        ]
        let run = try tool.run(arguments)
        #expect(run.status == 0 && run.output.contains("Successfully"), "\(run.output)")
        // Another identity is another signature.
        let other = arguments.dropLast() + ["distid:ALICE123@YAHOO.COM"]
        #expect(try tool.run(Array(other)).status != 0)
    }

    @Test(
        "openssl digests the canonical message as we do",
        .enabled(
            if: Program("openssl") != nil && Program("xmllint") != nil,
            "openssl or xmllint is not installed"))
    func digests() throws {
        let (openssl, lint) = (try #require(Program("openssl")), try #require(Program("xmllint")))
        let folder = try Folder()
        // With a comment and no signature: the message as it was before it was signed.
        let file = try folder.write(Array(Paper.plain.utf8), "plain.xml")
        let canonical = try lint.run(["--c14n", file]).output
            .replacingOccurrences(of: "<!-- not signed -->", with: "")
        let written = try folder.write(Array(canonical.utf8), "canonical.xml")
        for (name, digest) in [("sha1", DigestAlgorithm.sha1), ("sm3", .sm3)] {
            let run = try openssl.run(["dgst", "-" + name, "-r", written])
            let told = run.output.split(separator: " ").first.map(String.init)
            let signed = try Paper.signed(name == "sha1" ? .rsaSHA1 : .sm2SM3)
            let tree = try #require(XMLTree(Array(signed.utf8)))
            let ours = try #require(tree.digest(digest)).map {
                String(0x100 | Int($0), radix: 16).dropFirst()
            }
            #expect(told == ours.joined())
        }
    }
}

@Suite("The official kit")
struct OfficialKitTests {
    private static let anchor = Instant(rfc3339: "2018-09-04T00:00:00+08:00")!

    @Test(
        "The samples' signatures are dummies: their digest is another message's, or not even SM3's",
        .enabled(if: Kit.isThere, "the official kit is not there"),
        arguments: ["2018-113", "202205"])
    func samples(_ version: String) throws {
        var found: [SignatureVerdict: Int] = [:]
        for file in Kit.samples(version) {
            let bytes = try [UInt8](Data(contentsOf: file))
            let verdict = XMLSignature.verify(
                bytes, trusting: Certificates(signers: []), at: Self.anchor)
            // One digest of 20 bytes stands in all of them, under SM3's name as well.
            let isSM3 = String(decoding: bytes, as: UTF8.self).contains("xmldsig#sm3")
            if verdict != .unsigned {
                #expect(verdict == .broken(isSM3 ? .digestForm : .digest), "\(file.path)")
            }
            found[verdict, default: 0] += 1
        }
        #expect(
            found
                == (version == "202205"
                    ? [.broken(.digestForm): 18, .broken(.digest): 1, .unsigned: 20]
                    : [.broken(.digest): 17, .unsigned: 18]))
    }

    @Test(
        "Every message that we write carries a signature that is valid by XSD and by key",
        .enabled(
            if: Kit.isThere && Program("xmllint") != nil,
            "the official kit or xmllint is not there"),
        arguments: ["2018-113", "202205"])
    func written(_ version: String) throws {
        let lint = try #require(Program("xmllint"))
        let folder = try Folder()
        var names: Set<String> = []
        for file in Kit.samples(version) {
            for message in try rewritten([UInt8](Data(contentsOf: file))) {
                let number = message.number
                let isImport = file.path.contains("/import/")
                // Receipts and customs' own messages have no place for a signature.
                guard String(decoding: message.bytes, as: UTF8.self).contains("BaseTransfer>")
                else { continue }
                for algorithm in [SignatureAlgorithm.rsaSHA1, .sm2SM3] {
                    let signer = try XMLSigner(Keys.identity(algorithm), algorithm: algorithm)
                    let signed = try signer.sign(message.bytes)
                    let report = XMLSignature.verify(signed, trusting: Keys.given, at: Keys.now)
                    #expect(report.signer?.algorithm == algorithm)
                    let path = try folder.write(signed, number + ".xml")
                    let run = try lint.run([
                        "--nonet", "--noout", "--schema",
                        Kit.schema(version, isImport: isImport), path,
                    ])
                    #expect(run.status == 0, "\(file.lastPathComponent): \(run.output)")
                    names.insert(number)
                }
            }
        }
        #expect(names.isSuperset(of: ["CEB311", "CEB411", "CEB511", "CEB621"]))
    }

    /// What a message says, written by us.
    private func rewritten(_ bytes: [UInt8]) throws -> [CEBWriter.Message] {
        var reader = InterchangeReader(file: "sample")
        var events: [Event] = []
        func take(_ item: ParsedItem) {
            if case .event(let event, _, _, _) = item { events.append(event) }
        }
        reader.push(bytes.span, into: take)
        reader.finish(into: take)
        var writer = CEBWriter()
        for event in events {
            do { try writer.add(event) } catch { continue }
        }
        return writer.finish()
    }
}
