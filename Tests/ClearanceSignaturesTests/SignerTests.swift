import ClearanceEvents
import Foundation
import Testing

@testable import ClearanceSignatures

@Suite("What is signed")
struct SignerTests {
    @Test("The message's own bytes stay as they are")
    func bytes() throws {
        let signed = try Paper.signed(.sm2SM3)
        let parts = signed.components(separatedBy: "<ds:Signature ")
        let rest = parts[1].components(separatedBy: "</ds:Signature>")
        #expect(parts[0] + rest[1] == Paper.plain)
    }

    @Test("A signature that is there is replaced where it stands")
    func replaced() throws {
        let first = try Paper.signed(.rsaSHA1)
        let second = try Paper.signed(.sm2SM3, first)
        #expect(verdict(second).signer?.algorithm == .sm2SM3)
        #expect(second.components(separatedBy: "<ds:Signature ").count == 2)
        #expect(verdict(try Paper.signed(.rsaSHA1, second)).signer?.algorithm == .rsaSHA1)
    }

    @Test("A byte order mark stays in front")
    func mark() throws {
        let signed = try Paper.signed(.sm2SM3, "\u{FEFF}" + Paper.plain)
        #expect(signed.utf8.starts(with: [0xEF, 0xBB, 0xBF]))
        #expect(verdict(signed).signer != nil)
    }

    @Test("Imports have the signature last, exports before the extension")
    func order() throws {
        for (name, isLast) in [("CEB621", true), ("CEB603", false), ("CEB213", false)] {
            let signed = try Paper.signed(
                .sm2SM3, "<\(name)Message><A/><ExtendMessage/></\(name)Message>")
            #expect(signed.hasSuffix("</ds:Signature></\(name)Message>") == isLast)
            #expect(signed.contains("</ds:Signature><ExtendMessage/>") == !isLast)
            #expect(verdict(signed).signer != nil)
        }
    }

    @Test("What cannot be verified afterwards is not signed")
    func refused() throws {
        let signer = try XMLSigner(Keys.sm2, algorithm: .sm2SM3)
        func fault(_ text: String) -> SigningFault? {
            do {
                _ = try signer.sign(Array(text.utf8))
                return nil
            } catch { return error }
        }
        let signature = "<Signature xmlns='\(SignatureName.space)'/>"
        #expect(fault("<a>") == .message(.notXML))
        #expect(fault("<!DOCTYPE a><a/>") == .message(.doctype))
        #expect(fault("<a>\(signature)\(signature)</a>") == .message(.several))
        #expect(fault("<a><b>\(signature)</b></a>") == .message(.place))
        #expect(fault("<?xml version='1.0' encoding='gbk'?><a/>") == .encoding)
        #expect(fault("<a/>") == .message(.form))
        #expect(fault("<a></a>") == nil)
    }

    @Test("Base64 has one text for the same bytes, blanks apart")
    func base64() {
        for count in 0..<70 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
            #expect(Base64.decode(Base64.encode(bytes).utf8) == bytes)
        }
        #expect(Base64.decode(" QU\nJD\t".utf8) == Array("ABC".utf8))
        for wrong in ["QQ", "QQ=", "QR==", "QUI", "QUJ=", "Q===", "=", "QQ==QQ==", "Q-==", "QQ==="]
        {
            #expect(Base64.decode(wrong.utf8) == nil, "\(wrong)")
        }
    }
}
