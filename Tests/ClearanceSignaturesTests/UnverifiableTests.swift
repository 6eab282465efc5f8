import ClearanceEvents
import Foundation
import Testing

@testable import ClearanceSignatures

@Suite("Why a signature cannot be verified")
struct UnverifiableTests {
    private static let xmldsig = "http://www.w3.org/2000/09/xmldsig#"

    private func changed(_ old: String, _ new: String) throws -> SignatureVerdict {
        let text = try Paper.signed(.sm2SM3)
        #expect(text.contains(old), "\(old)")
        return verdict(text.replacingOccurrences(of: old, with: new))
    }

    @Test("What is no XML, or no XML with name spaces, is not verified")
    func notXML() throws {
        for text in ["", "a", "<a>", "<a></b>", "<a:b/>", "<a>&unknown;</a>", "<a/><b/>"] {
            #expect(verdict(text) == .unverifiable(.notXML), "\(text)")
        }
        // A relative name of a name space has no canonical form.
        let text = try Paper.filled(Paper.with(Paper.signature()))
            .replacingOccurrences(of: "http://www.w3.org/2001/xsi", with: "relative")
        #expect(verdict(text) == .unverifiable(.notXML))
    }

    @Test("A document type is refused before anything in it is read")
    func doctype() throws {
        let signed = try Paper.signed(.sm2SM3)
        for type in [
            "<!DOCTYPE a>", "<!DOCTYPE a SYSTEM 'file:///etc/hostname'>",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>",
            "<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;&x;&x;'>]>",
            "<!DOCTYPE a [<!ATTLIST a b CDATA 'default'>]>",
        ] {
            let text = signed.replacingOccurrences(of: "?>\n<ceb:", with: "?>\n\(type)<ceb:")
            #expect(verdict(text) == .unverifiable(.doctype), "\(type)")
        }
    }

    @Test("Only UTF-8 and the Chinese encodings are read")
    func encoding() throws {
        let signed = try Paper.signed(.sm2SM3)
        for name in ["UTF-7", "ISO-8859-1", "UTF-16", "EBCDIC-CP-US", "Big5"] {
            let text = signed.replacingOccurrences(of: "\"UTF-8\"", with: "\"\(name)\"")
            let found = verdict(text)
            #expect(
                found == .unverifiable(.encoding) || found == .unverifiable(.notXML), "\(name)")
        }
        let wide = try #require("<?xml version='1.0'?><a>一</a>".data(using: .utf16LittleEndian))
        for head: [UInt8] in [[], [0xFF, 0xFE]] {
            #expect(
                XMLSignature.verify(head + wide, trusting: Keys.given, at: Keys.now)
                    == .unverifiable(.encoding))
        }
    }

    @Test(
        "A message in a Chinese encoding is verified as what it says, by the newest of them",
        arguments: ["GB18030", "gb2312", "GBK", "cp936"])
    func chinese(_ name: String) throws {
        // A character that only the newest has.
        let text = try Paper.signed(
            .sm2SM3, Paper.plain.replacingOccurrences(of: "公司", with: "公司\u{20087}")
        ).replacingOccurrences(of: "\"UTF-8\"", with: "'\(name)'")
        // GB 18030 by the number that Foundation knows it under.
        let encoding = String.Encoding(rawValue: 0x8000_0632)
        let bytes = Array(try #require(text.data(using: encoding)))
        #expect(bytes != Array(text.utf8))
        let report = XMLSignature.inspect(bytes, trusting: Keys.given, at: Keys.now)
        #expect(report.verdict.signer != nil)
        #expect(report.line == 8 && report.column == 0)
        // Declared so, but not so.
        #expect(verdict(text).signer == nil)
        #expect(verdict("\u{FEFF}" + text) == .unverifiable(.encoding))
    }

    @Test("Depth is read up to its limit")
    func depth() {
        func nested(_ count: Int) -> String {
            String(repeating: "<a>", count: count) + String(repeating: "</a>", count: count)
        }
        #expect(verdict(nested(SignatureLimits.depth)) == .unsigned)
        #expect(verdict(nested(SignatureLimits.depth + 1)) == .unverifiable(.tooDeep))
        #expect(verdict(nested(10_000)) == .unverifiable(.tooDeep))
    }

    @Test("Nodes of every kind are counted up to their limit")
    func nodes() {
        let limit = SignatureLimits.nodes
        #expect(verdict("<a>" + String(repeating: "<b/>", count: limit - 1) + "</a>") == .unsigned)
        for (piece, weight) in [("<b/>", 1), ("<?b?>", 2), ("<!---->", 2), ("<![CDATA[]]>", 2)] {
            let text = "<a>" + String(repeating: piece, count: limit / weight) + "</a>"
            #expect(verdict(text) == .unverifiable(.tooLarge), "\(piece)")
        }
    }

    @Test("Bytes are read up to their limit")
    func bytes() {
        func sized(_ count: Int) -> [UInt8] {
            Array("<a>".utf8) + [UInt8](repeating: 0x20, count: count - 7) + Array("</a>".utf8)
        }
        let limit = SignatureLimits.messageBytes
        #expect(
            XMLSignature.verify(sized(limit + 1), trusting: Keys.given, at: Keys.now)
                == .unverifiable(.tooLarge))
        #expect(
            XMLSignature.verify(sized(limit), trusting: Keys.given, at: Keys.now) == .unsigned)
    }

    @Test("Tags are read up to their limit, whatever stands in quotes")
    func tags() {
        func tag(_ count: Int) -> String {
            "<a b='>" + String(repeating: "x", count: count - 7) + "'><!-- " + long + "--></a>"
        }
        let long = String(repeating: "<", count: 2 * SignatureLimits.tagBytes)
        #expect(verdict(tag(SignatureLimits.tagBytes)) == .unsigned)
        #expect(verdict(tag(SignatureLimits.tagBytes + 1)) == .unverifiable(.tooLarge))
        let many = (0..<20_000).map { " a\($0)=''" }.joined()
        #expect(verdict("<a\(many)/>") == .unverifiable(.tooLarge))
        #expect(verdict("<a><![CDATA[\(long)]]><?p \(long)?></a>") == .unsigned)
    }

    @Test("Name spaces in force are read up to their limit")
    func nameSpaces() {
        func names(_ range: Range<Int>) -> String {
            range.map { " xmlns:n\($0)='urn:\($0)'" }.joined()
        }
        let half = SignatureLimits.nameSpaces / 2
        let full = SignatureLimits.nameSpaces
        #expect(
            verdict("<a\(names(0..<half))><b\(names(half..<full))/><c\(names(half..<full))/></a>")
                == .unsigned)
        #expect(
            verdict("<a\(names(0..<half))><b\(names(half..<full + 1))/></a>")
                == .unverifiable(.tooLarge))
    }

    @Test("Two signatures, wherever they stand, are not verified")
    func several() throws {
        let signed = try Paper.signed(.sm2SM3)
        let empty = "<ds:Signature xmlns:ds='\(Self.xmldsig)'/>"
        for place in ["</ceb:CEB411Message>", "</ceb:PaymentHead>", "<ds:KeyName>"] {
            let text = signed.replacingOccurrences(of: place, with: empty + place)
            #expect(verdict(text) == .unverifiable(.several), "\(place)")
        }
    }

    @Test("A signature that is moved into another element proves nothing")
    func place() throws {
        let text = Paper.plain.replacingOccurrences(
            of: "</ceb:PaymentHead>", with: Paper.signature() + "</ceb:PaymentHead>")
        #expect(verdict(text) == .unverifiable(.place))
        #expect(verdict(Paper.signature()) == .unverifiable(.place))
    }

    @Test(
        "A part that is missing, doubled, moved or strange is not verified",
        arguments: [
            ("<ds:Transforms>", "<ds:Transforms>x"),
            ("<ds:Transforms>", "<ds:Transforms><!-- -->"),
            ("<ds:Transforms>", "<ds:Transforms><?a?>"),
            ("<ds:Reference URI=\"\">", "<ds:Reference URI=\"\" Type=\"a\">"),
            ("<ds:SignatureValue>", "<ds:SignatureValue><!-- -->"),
            ("<ds:SignatureValue>", "<ds:Object/><ds:SignatureValue>"),
            ("</ds:KeyInfo>", "</ds:KeyInfo><ds:Object/>"),
            ("<ds:KeyName>", "<ds:KeyName/><ds:KeyName>"),
            ("<ds:X509Data>", "<ds:X509Data><ds:X509SKI/>"),
            ("<ds:X509Data>", "<ds:X509Data><a/>"),
            ("<ds:SignedInfo>", "<ds:SignedInfo xmlns:ds=\"urn:other\">"),
            ("</ds:Reference>", "</ds:Reference><ds:Reference URI=\"\"/>"),
            ("<ds:Transforms>", "<ds:Transforms/><ds:Transforms>"),
            ("<ds:KeyInfo>", "<ds:KeyInfo/><ds:KeyInfo>"),
        ])
    func form(_ old: String, _ new: String) throws {
        #expect(try changed(old, new) == .unverifiable(.form))
    }

    @Test("A signature of more elements than any honest one is not verified")
    func elements() throws {
        let many = String(
            repeating: "<ds:X509Certificate>AAAA</ds:X509Certificate>",
            count: SignatureLimits.elements)
        #expect(try changed("</ds:X509Data>", many + "</ds:X509Data>") == .unverifiable(.form))
    }

    @Test("Only a reference to the whole message counts")
    func reference() throws {
        for uri in ["URI=\"#a\"", "URI=\"http://localhost/a\"", "URI=\"#xpointer(/)\"", ""] {
            #expect(try changed("URI=\"\"", uri) == .unverifiable(.reference), "\(uri)")
        }
    }

    @Test("Only the enveloped transform counts, with or without C14N behind it")
    func transform() throws {
        let enveloped = "<ds:Transform Algorithm=\"\(Self.xmldsig)enveloped-signature\"/>"
        let xslt = "<ds:Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/>"
        let c14n = "<ds:Transform Algorithm=\"\(SignatureName.canonicalization)\"/>"
        for wrong in [
            xslt, c14n, enveloped + xslt, c14n + enveloped, enveloped + enveloped,
            enveloped + c14n + c14n,
        ] {
            #expect(try changed(enveloped, wrong) == .unverifiable(.transform), "\(wrong)")
        }
        #expect(
            try changed(enveloped, String(enveloped.dropLast(2)) + "><ds:XPath/></ds:Transform>")
                == .unverifiable(.form))
    }

    @Test("Other algorithms are named, not guessed")
    func algorithms() throws {
        let text = SignatureName.canonicalization
        #expect(try changed(text, text + "#WithComments") == .unverifiable(.canonicalization))
        #expect(
            try changed("xmldsig#sm2-sm3", "xmldsig#hmac-sha1")
                == .unverifiable(.signatureAlgorithm))
        #expect(try changed("xmldsig#sm3", "xmldsig#md5") == .unverifiable(.digestAlgorithm))
    }

    @Test("A key of another kind than the algorithm's is not tried")
    func keyKind() throws {
        let certificate = Base64.encode(Keys.sm2.certificate.der)
        let rsa = Base64.encode(Keys.rsa.certificate.der)
        #expect(try changed(certificate, rsa) == .unverifiable(.keyKind))
    }
}
