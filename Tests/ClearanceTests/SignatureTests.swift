import ClearanceSignatures
import Foundation
import Testing

@Suite("ingest and validate with signatures")
struct SignatureTests {
    private static let codes = ["unsigned", "signatureUnverifiable", "signatureBroken"]

    private let tool: Tool
    private let identity: SigningIdentity

    init() throws {
        tool = try Tool()
        identity = try SigningIdentity.make(
            .init(name: "签名测试", serial: 0xC1EA, seconds: 0...4_102_444_800), key: .make(.sm2))
        try tool.write(identity.certificate.pem, to: "given/signer.pem")
        try tool.run("generate", "world", "--orders", "4", "--seed", "5", "--format", "ceb")
    }

    /// The messages of one number in the world, as they are there.
    private func message(_ number: String) throws -> String {
        let root = tool.folder.appendingPathComponent("world")
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.path).sorted()
        for name in names where name.hasSuffix(".xml") {
            let text = try String(contentsOf: root.appendingPathComponent(name), encoding: .utf8)
            if text.contains("<\(number)Message") { return text }
        }
        return try #require(nil, "the world has no \(number)")
    }

    private func signed(_ text: String) throws -> String {
        let signer = try XMLSigner(identity, algorithm: .sm2SM3)
        return String(decoding: try signer.sign(Array(text.utf8)), as: UTF8.self)
    }

    /// What ingesting one message finds about its signature, and the signers of its events.
    private func ingest(
        _ text: String, _ options: [String] = ["--verify-signatures", "--certificate", "given"]
    ) throws -> (codes: Set<String>, signers: Set<String>, err: String) {
        try tool.write(text, to: "message.xml")
        let ledger = UUID().uuidString
        let run = try tool.run(
            ["ingest", ledger, "message.xml", "--recorded-at", "input"] + options)
        #expect(run.status == 0, "\(run.err)")
        let signers = try tool.run("read", ledger).objects().map { $0.text("signer") ?? "" }
        #expect(!signers.isEmpty)
        return (Set(Self.codes.filter { run.err.contains($0) }), Set(signers), run.err)
    }

    @Test("A valid signature names its certificate in every event of the message")
    func valid() throws {
        for number in ["CEB311", "CEB621"] {
            let found = try ingest(signed(message(number)))
            #expect(found.codes == [])
            #expect(found.signers == ["CN=签名测试;serial=C1EA"])
        }
    }

    @Test("Unsigned, unverifiable and broken are three findings, and the paper is kept")
    func findings() throws {
        let plain = try message("CEB311")
        let signature = try signed(plain)
        let broken = signature.replacingOccurrences(of: "<goodsValue>", with: "<goodsValue>1")
        #expect(broken != signature)
        let none = ["--verify-signatures"]
        for (text, options, code) in [
            (plain, nil, "unsigned"), (signature, none, "signatureUnverifiable"),
            (broken, nil, "signatureBroken"), (broken, none, "signatureBroken"),
        ] {
            let found = try options.map { try ingest(text, $0) } ?? ingest(text)
            #expect(found.codes == [code])
            #expect(found.signers == [""])
            #expect(found.err.contains("/CEB311Message/Signature"))
        }
    }

    @Test("A written message that nobody signed holds zeros, which are broken")
    func zeros() throws {
        let found = try ingest(message("CEB621"))
        #expect(found.codes == ["signatureBroken"])
        #expect(found.signers == [""])
    }

    @Test("What customs sends is unsigned by its form, which is no finding")
    func receipts() throws {
        for number in ["CEB312", "CEB622"] {
            let found = try ingest(message(number))
            #expect(found.codes == [] && found.signers == [""])
        }
    }

    @Test("Nothing is verified unless asked, and lines are not messages")
    func unasked() throws {
        let found = try ingest(signed(message("CEB311")), [])
        #expect(found.codes == [] && found.signers == [""])
        let lines = try ingest(Papers.order() + "\n")
        #expect(lines.codes == [] && lines.signers == [""])
    }

    @Test("validate finds the same without a ledger")
    func validate() throws {
        try tool.write(signed(message("CEB311")), to: "good.xml")
        try tool.write(message("CEB311"), to: "bare.xml")
        for (file, isFound) in [("good.xml", false), ("bare.xml", true)] {
            let run = try tool.run(
                "validate", file, "--verify-signatures", "--certificate", "given/signer.pem")
            #expect((run.out + run.err).contains("unsigned") == isFound)
            #expect(!(run.out + run.err).contains("signature" + "Unverifiable"))
        }
    }

    @Test("Certificates that are none, not there or not asked for are refused before anything")
    func usage() throws {
        try tool.write("text", to: "text.pem")
        for command in [["ingest", "ledger", "world"], ["validate", "world"]] {
            #expect(try tool.run(command + ["--certificate", "given"]).status == 64)
            let verify = command + ["--verify-signatures", "--certificate"]
            #expect(try tool.run(verify + ["text.pem"]).status == 64)
            #expect(try tool.run(verify + ["absent.pem"]).status == 74)
        }
        #expect(!FileManager.default.fileExists(atPath: tool.folder.path + "/ledger"))
    }
}
