import ArgumentParser
import ClearanceInterchange
import ClearanceLedger
import Foundation

/// `clearance keygen`: makes a key that signs checkpoints.
struct Keygen: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "生成密钥 · Make a key that signs checkpoints.",
        discussion: """
            Writes the signing key to FILE (mode 0600, never over a file that is there) and prints \
            the verifier key: give it to those who check proofs. The name should be the origin of \
            the ledger. Keep FILE outside the ledger.

            Example:
              clearance keygen example.com/ledger --out /etc/clearance/note.key
            """)

    @Argument(help: "Name of the key: at most 255 bytes, no spaces, no plus.")
    var name: String

    @Option(help: ArgumentHelp("File of the signing key.", valueName: "file"))
    var out: String

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func run() throws {
        guard let signer = KeySigner(newKeyNamed: name) else {
            throw ValidationError(
                "a key's name has 1 to 255 bytes, and no space, plus or control character")
        }
        try Ledger.checkOutside(out)
        do {
            try signer.write(to: out)
        } catch { throw MachineFailure(out, error) }
        guard json else { return try Output.line(signer.key.description) }
        try Output.json { writer in
            writer.member("name", name)
            writer.member("id", signer.key.idText)
            writer.member("key", signer.key.description)
            writer.member("file", out)
        }
    }
}
