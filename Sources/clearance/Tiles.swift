import ArgumentParser
import ClearanceInterchange
import ClearanceLedger
import ClearanceStore

/// `clearance tiles`: the tree of a checkpoint as static files.
struct Tiles: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "导出哈希树 · Write the tree of the last checkpoint as C2SP tlog-tiles.",
        discussion: """
            Continues an export that is there. With --entries also the entries are written, as \
            they lie in the log; that needs --reveal, for some may hold personal values in clear.

            Example:
              clearance tiles ledger /srv/log --signing-key note.key
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "Folder of the tiles; made when it is not there.", completion: .directory)
    var folder: String

    @OptionGroup var signing: SigningKeyOption

    @Flag(help: "Write the bundles of entries too.")
    var entries = false

    @Option(
        help: ArgumentHelp(
            "Why entries are handed out; leaves a line in LEDGER/disclosures/.",
            valueName: "reason"))
    var reveal: String?

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func validate() throws {
        guard !entries || reveal != nil else {
            throw ValidationError("--entries needs --reveal REASON")
        }
    }

    func run() throws {
        if !signing.signingKeys.isEmpty {
            let signers = try NoteKeys.signers(signing.signingKeys)
            _ = try Wiring.withHolder(ledger.path, signers: signers) { try $0.checkpoint() }
        }
        let source = try Wiring.reader(ledger.path)
        guard let signed = try source.lastCheckpoint() else {
            throw ValidationError("nothing was signed yet: give --signing-key")
        }
        if entries, let reveal {
            try Disclosure.record(
                reveal, command: "tiles", ledger: source, position: signed.checkpoint.size)
        }
        let report = try source.exportTiles(of: signed, to: folder, entries: entries)
        guard json else {
            return try Output.line("\(folder): \(signed.checkpoint.size), +\(report.written)")
        }
        try Output.json { writer in
            writer.member("folder", folder)
            writer.member("position", signed.checkpoint.size)
            writer.member("root", signed.checkpoint.root.hexadecimal)
            writer.member("written", report.written)
            writer.member("kept", report.kept)
        }
    }
}
