import ArgumentParser
import ClearanceInterchange
import ClearanceLedger
import ClearanceStore
import Foundation

/// `clearance checkpoint`: signs what a ledger holds, or prints what was signed last.
struct CheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint",
        abstract: "检查点 · Sign what the ledger holds now, or print the last checkpoint.",
        discussion: """
            With --signing-key the ledger is opened to write, brought into the hash tree, compared \
            with the last checkpoint and signed. Without it the last checkpoint is printed.

            Example:
              clearance checkpoint ledger --signing-key /etc/clearance/note.key
            """)

    @OptionGroup var ledger: LedgerArgument
    @OptionGroup var signing: SigningKeyOption

    @Option(
        help: ArgumentHelp(
            "Keep the further signatures of this checkpoint, a witness's for example.",
            valueName: "file"))
    var keep: String?

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func run() throws {
        let signed = try checkpoint()
        guard json else {
            for line in String(decoding: signed.note.bytes, as: UTF8.self).dropLast().split(
                separator: "\n", omittingEmptySubsequences: false)
            {
                try Output.line(String(line))
            }
            return
        }
        try Output.json { writer in
            writer.member("origin", signed.checkpoint.origin)
            writer.member("position", signed.checkpoint.size)
            writer.member("root", signed.checkpoint.root.hexadecimal)
            writer.member(array: "signatures") { writer in
                for signature in signed.note.signatures { writer.value(signature.name) }
            }
            writer.member("note", String(decoding: signed.note.bytes, as: UTF8.self))
        }
    }

    private func checkpoint() throws -> SignedCheckpoint {
        if let keep {
            let other = try NoteKeys.checkpoint(keep)
            return try Wiring.withHolder(ledger.path) { holder in
                guard let joined = try holder.keep(other) else {
                    throw ValidationError("\(keep): this ledger never signed that checkpoint")
                }
                return joined
            }
        }
        if !signing.signingKeys.isEmpty {
            let signers = try NoteKeys.signers(signing.signingKeys)
            return try Wiring.withHolder(ledger.path, signers: signers) {
                try $0.checkpoint()
            }
        }
        guard let last = try Wiring.reader(ledger.path).lastCheckpoint() else {
            throw ValidationError("nothing was signed yet: give --signing-key")
        }
        return last
    }
}

extension Wiring {
    /// Opens a ledger that is there to write, and closes it behind the body.
    static func withHolder<R>(
        _ directory: String, signers: [any CheckpointSigner] = [],
        _ body: (Ledger) throws -> R
    ) throws -> R {
        // A ledger is made by no command that signs or proves.
        do { try Ledger.checkHolds(directory) } catch {
            throw MachineFailure("\(directory): \(error)")
        }
        var options = options()
        options.signers = signers
        let ledger: Ledger
        do {
            ledger = try Ledger.open(directory, options: options)
        } catch { throw MachineFailure("\(directory): \(error)") }
        let result = Result { try body(ledger) }
        try ledger.close()
        return try result.get()
    }
}
