import ArgumentParser
import ClearanceSignatures
import Foundation

/// The options of commands that read messages and may verify their signatures.
struct SignatureOptions: ParsableArguments {
    @Flag(help: "Verify the signatures of CEB messages (specs/signatures.md).")
    var verifySignatures = false

    @Option(
        help: ArgumentHelp(
            "A signer's certificate, PEM or DER, or a folder of them. May be repeated.",
            valueName: "file"))
    var certificate: [String] = []

    @Option(
        help: ArgumentHelp(
            "An authority whose certificates are trusted. May be repeated.", valueName: "file"))
    var rootCertificate: [String] = []

    func validate() throws {
        if !verifySignatures, !(certificate.isEmpty && rootCertificate.isEmpty) {
            throw ValidationError("certificates are for --verify-signatures")
        }
    }

    /// What is verified, and with what; nil when nothing is. Reads the certificates.
    func check() throws -> SignatureCheck? {
        guard verifySignatures else { return nil }
        return SignatureCheck(
            signers: try Self.certificates(certificate),
            roots: try Self.certificates(rootCertificate)
        )
    }

    private static func certificates(_ paths: [String]) throws -> [Certificate] {
        try InputFiles(paths).inputs.flatMap { input -> [Certificate] in
            let bytes: [UInt8]
            do {
                bytes = Array(try Data(contentsOf: URL(fileURLWithPath: input.path)))
            } catch { throw MachineFailure(input.path, error) }
            do throws(Certificate.Fault) { return try Certificate.read(bytes) } catch {
                throw ValidationError("\(input.path): no certificate in PEM or DER")
            }
        }
    }
}
