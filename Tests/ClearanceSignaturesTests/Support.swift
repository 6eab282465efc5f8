import ClearanceEvents
import Foundation

@testable import ClearanceSignatures

/// Keys and certificates that are made when the tests run.
enum Keys {
    static let now = Instant(rfc3339: "2026-03-01T09:00:00+08:00")!
    /// 2026, in seconds since 1970.
    static let year: ClosedRange<Int64> = 1_767_225_600...1_798_761_599

    static let rsa = make(.rsa(bits: 1_024), "测试服务器一号", 0x0A0B)
    static let sm2 = make(.sm2, "测试服务器二号", 0x0C0D)
    static let other = make(.sm2, "别的服务器", 0x0E0F)
    static let root = make(.sm2, "根证书", 1, isAuthority: true)
    static let middle = make(.rsa(bits: 1_024), "二级证书", 2, isAuthority: true, by: root)
    static let leaf = make(.sm2, "末级证书", 3, by: middle)
    /// Nothing of it may sign messages.
    static let authority = make(.sm2, "只签证书", 4, isAuthority: true, by: root)

    static let given = Certificates(signers: [rsa.certificate, sm2.certificate])

    static func make(
        _ kind: SigningKey.Kind, _ name: String, _ serial: UInt64,
        seconds: ClosedRange<Int64> = year, isAuthority: Bool = false,
        by issuer: SigningIdentity? = nil
    ) -> SigningIdentity {
        do {
            return try SigningIdentity.make(
                .init(name: name, serial: serial, seconds: seconds, isAuthority: isAuthority),
                key: .make(kind), issuer: issuer)
        } catch { fatalError("no key was made: \(error)") }
    }

    static func identity(_ algorithm: SignatureAlgorithm) -> SigningIdentity {
        algorithm == .sm2SM3 ? sm2 : rsa
    }
}

/// Messages and signatures written by hand.
enum Paper {
    /// A message with all that canonicalisation changes: blanks in tags, quotes, references, a
    /// comment, an instruction, an empty element, a name space that is not used.
    static let plain = """
        <?xml version="1.0" encoding="UTF-8"?>
        <ceb:CEB411Message  version='1.0' guid="11111111-1111-1111-1111-111111111111"
            xmlns:ceb="http://www.chinaport.gov.cn/ceb" xmlns:xsi="http://www.w3.org/2001/xsi">
          <ceb:Payment><?note one?><ceb:PaymentHead xml:lang="zh">
            <ceb:payName>支付&amp;公司 &#x4E00;&gt;&#13;</ceb:payName><!-- not signed -->
            <ceb:note><![CDATA[a<b]]></ceb:note><ceb:empty/>
          </ceb:PaymentHead></ceb:Payment>
        </ceb:CEB411Message>

        """

    static func signed(
        _ algorithm: SignatureAlgorithm, _ text: String = plain, encoding: SM2Encoding = .raw
    ) throws -> String {
        let signer = try XMLSigner(
            Keys.identity(algorithm), algorithm: algorithm, encoding: encoding)
        return String(decoding: try signer.sign(Array(text.utf8)), as: UTF8.self)
    }

    /// Fills in `{digest}` and `{value}` of a message with a signature, by SM2 unless told.
    static func filled(
        _ template: String, digest: DigestAlgorithm = .sm3, hash: DigestAlgorithm = .sm3,
        key: SigningIdentity = Keys.sm2
    ) throws -> String {
        func tree(_ text: String) throws -> XMLTree {
            try required(XMLTree(Array(text.utf8)))
        }
        let digested = try required(tree(template).digest(digest))
        let text = template.replacingOccurrences(of: "{digest}", with: Base64.encode(digested))
        let info = try required(tree(text).canonicalSignedInfo())
        let value = try required(key.key.native.sign(info, hash: hash))
        return text.replacingOccurrences(of: "{value}", with: Base64.encode(value))
    }

    struct Missing: Error {}

    static func required<Value>(_ value: Value?) throws -> Value {
        guard let value else { throw Missing() }
        return value
    }

    /// A signature to be filled in.
    static func signature(
        method: String = "http://www.chinaport.gov.cn/2022/04/xmldsig#sm2-sm3",
        digest: String = "http://www.chinaport.gov.cn/2022/04/xmldsig#sm3",
        transforms: String = """
        <ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>
        """,
        keyInfo: String? = nil
    ) -> String {
        let certificate = Base64.encode(Keys.sm2.certificate.der)
        let info =
            keyInfo
            ?? "<ds:X509Data><ds:X509Certificate>\(certificate)</ds:X509Certificate></ds:X509Data>"
        return """
            <ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#">
            <ds:SignedInfo>
              <ds:CanonicalizationMethod
                Algorithm="http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
                ></ds:CanonicalizationMethod>
              <ds:SignatureMethod Algorithm="\(method)"/>
              <ds:Reference URI=""><ds:Transforms>\(transforms)</ds:Transforms>
                <ds:DigestMethod Algorithm="\(digest)"/>
                <ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>
            </ds:SignedInfo>
            <ds:SignatureValue>
            {value}
            </ds:SignatureValue>
            \(info.isEmpty ? "" : "<ds:KeyInfo>\(info)</ds:KeyInfo>")
            </ds:Signature>
            """
    }

    /// The plain message with a signature at its end.
    static func with(_ signature: String) -> String {
        plain.replacingOccurrences(
            of: "</ceb:CEB411Message>", with: signature + "</ceb:CEB411Message>")
    }
}

func verdict(
    _ text: String, _ given: Certificates = Keys.given, at time: Instant = Keys.now
) -> SignatureVerdict {
    XMLSignature.verify(Array(text.utf8), trusting: given, at: time)
}

/// A program of the machine, run on files of a folder of its own.
struct Program {
    let path: String

    init?(_ name: String) {
        let found = ["/usr/bin/", "/usr/local/bin/"].map { $0 + name }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
        guard let found else { return nil }
        path = found
    }

    func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

/// A folder that is removed when it is no longer held.
final class Folder {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory
            .appendingPathComponent("signatures-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ bytes: [UInt8], _ name: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        return file.path
    }
}

/// The official kit, where it lies beside the package.
enum Kit {
    static let root = URL(fileURLWithPath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("../shared/ceb").standardizedFileURL
    static let isThere = FileManager.default.fileExists(atPath: root.path + "/SOURCES.md")

    /// The samples of one version.
    static func samples(_ version: String) -> [URL] {
        ["import", "export"].flatMap { side -> [URL] in
            let folder = root.appendingPathComponent("official-\(version)/samples/\(side)")
            let files = try? FileManager.default.contentsOfDirectory(
                at: folder, includingPropertiesForKeys: nil)
            return (files ?? []).filter { $0.pathExtension == "xml" }
                .sorted { $0.path < $1.path }
        }
    }

    static func schema(_ version: String, isImport: Bool) -> String {
        let side = isImport ? "进口" : "出口"
        let name =
            version == "202205"
            ? "海关跨境\(side)业务节点报文定义202205.xsd" : "\(side)业务节点报文.xsd"
        return root.path + "/official-\(version)/xsd/" + name
    }
}
