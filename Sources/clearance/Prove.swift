import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger
import ClearanceStore

/// `clearance prove`: one file that proves events without the ledger.
struct Prove: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "出具证明 · Write one file that proves events without the ledger.",
        discussion: """
            Proves everything that was said about the subjects (with all their aliases), and the \
            positions given, under a signed checkpoint: a new one with --signing-key, else the \
            last that the ledger signed. Personal values stay sealed in the file; an entry that \
            holds some in clear is only proven with --reveal.

            Example:
              clearance prove ledger order:EBP1/NO1 --signing-key note.key -o order.proof
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "Subjects, by any of their names.")
    var subjects: [SubjectArgument] = []

    @Option(
        help: ArgumentHelp("Prove the entry at a position; may be repeated.", valueName: "p"))
    var position: [UInt64] = []

    @OptionGroup var signing: SigningKeyOption

    @Option(
        help: ArgumentHelp("Prove under the checkpoint in this file.", valueName: "file"))
    var checkpoint: String?

    @Option(
        name: [.customShort("o"), .customLong("out")],
        help: ArgumentHelp("Write the proof here (default: standard output).", valueName: "file"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Prove entries with personal values in clear; leaves a line in LEDGER/disclosures/.",
            valueName: "reason"))
    var reveal: String?

    @Flag(help: "One JSON object on standard output; needs -o.")
    var json = false

    func validate() throws {
        guard !subjects.isEmpty || !position.isEmpty else {
            throw ValidationError("give a subject or --position")
        }
        guard !json || out != nil else { throw ValidationError("--json needs -o FILE") }
        guard checkpoint == nil || signing.signingKeys.isEmpty else {
            throw ValidationError("--checkpoint and --signing-key exclude each other")
        }
    }

    func run() throws {
        if let out { try Ledger.checkOutside(out) }
        let given = try checkpoint.map { try NoteKeys.checkpoint($0) }
        if !signing.signingKeys.isEmpty {
            let signers = try NoteKeys.signers(signing.signingKeys)
            _ = try Wiring.withHolder(ledger.path, signers: signers) { try $0.checkpoint() }
        }
        let source = try Wiring.reader(ledger.path)
        if let given, let checkpoint { try Prove.check(given.checkpoint, checkpoint, source) }
        guard let signed = try given ?? source.lastCheckpoint() else {
            throw ValidationError("nothing was signed yet: give --signing-key")
        }
        let positions = try positions(source, upTo: signed.checkpoint.size)
        try protect(source, positions)
        let proof = try source.proof(of: positions, under: signed)
        try write(proof, positions, signed)
    }

    /// Refuses a checkpoint of another log, or one that this copy of it does not reach: neither is
    /// damage of the ledger.
    private static func check(_ given: Checkpoint, _ file: String, _ source: Ledger) throws {
        guard given.origin == source.origin else {
            throw ValidationError(
                "\(file): a checkpoint of \(given.origin), the ledger is \(source.origin)")
        }
        let end = try source.position()
        guard given.size <= end else {
            throw ValidationError(
                "\(file): a checkpoint at \(given.size), the ledger ends at \(end)")
        }
    }

    /// The positions to prove, all of them within the checkpoint.
    private func positions(_ source: Ledger, upTo size: UInt64) throws -> [UInt64] {
        var found = Set(position)
        guard !found.contains(0) else { throw ValidationError("positions count from 1") }
        if !subjects.isEmpty {
            let things = try Things(source)
            for subject in subjects {
                let history = try things.history(of: subject.subject)
                guard !history.isEmpty else {
                    throw ValidationError("\(subject.text): the ledger knows nothing of it")
                }
                found.formUnion(history)
            }
        }
        let end = try source.position()
        let unknown = found.filter { $0 > end }.sorted()
        guard unknown.isEmpty else {
            throw ValidationError(
                "there is no position \(Prove.listed(unknown)): the ledger ends at \(end)")
        }
        let behind = found.filter { $0 > size }.sorted()
        guard behind.isEmpty else {
            throw ValidationError(
                "positions \(Prove.listed(behind)) stand behind the checkpoint at \(size)"
                    + (checkpoint == nil ? ": give --signing-key" : ""))
        }
        return found.sorted()
    }

    /// Refuses entries with personal values in clear, unless there is a reason to show them.
    private func protect(_ source: Ledger, _ positions: [UInt64]) throws {
        if let reveal {
            let end = try source.position()
            return try Disclosure.record(
                reveal, command: "prove", ledger: source, position: end)
        }
        let clear = try positions.filter { try ClearText.stands(in: source, at: $0) }
        guard clear.isEmpty else {
            throw ValidationError(
                "positions \(Prove.listed(clear)) hold personal values in clear: give --reveal "
                    + "REASON to hand them out")
        }
    }

    private func write(
        _ proof: EventProof, _ positions: [UInt64], _ signed: SignedCheckpoint
    ) throws {
        let bytes = proof.bytes
        guard let out else { return try Output.line(Array(bytes.dropLast())) }
        try Prove.replace(out, bytes)
        guard json else { return }
        try Output.json { writer in
            writer.member("file", out)
            writer.member("bytes", bytes.count)
            writer.member("events", positions.count)
            writer.member(array: "positions") { writer in
                for position in positions { writer.number(digits: String(position)) }
            }
            writer.member(object: "checkpoint") { writer in
                writer.member("origin", signed.checkpoint.origin)
                writer.member("position", signed.checkpoint.size)
                writer.member("root", signed.checkpoint.root.hexadecimal)
            }
        }
    }
}

extension Prove {
    /// The first of these positions.
    private static func listed(_ positions: [UInt64]) -> String {
        positions.prefix(5).map(String.init).joined(separator: ", ")
    }

    /// Writes a file whole, readable by its owner alone; only where nothing or a file is, as any
    /// other thing would be gone under the new name.
    private static func replace(_ path: String, _ bytes: [UInt8]) throws {
        guard !Files.exists(path) || Files.isFile(path) else {
            throw MachineFailure("\(path): is there and no file")
        }
        do {
            try Files.writeAtomically(path, bytes.span)
        } catch { throw MachineFailure(path, error) }
    }
}

/// Whether entries hold personal values that anybody can read.
enum ClearText {
    /// Whether the entry at a position does, as it lies in the log.
    static func stands(in ledger: Ledger, at position: UInt64) throws -> Bool {
        var isClear = false
        try ledger.forEachEntry(from: position, through: position) { _, view in
            // Read without its keys, an entry shows what everybody sees.
            if let event = try? Event(view) {
                isClear = !event.extras.members.isEmpty || stands(in: event.data)
            }
            return false
        }
        return isClear
    }

    private static func stands(in record: DataRecord) -> Bool {
        record.members.contains { member in
            // What the layout does not know may be anybody's name or number.
            guard member.number != 0,
                record.layout.field(member.number).section == .body
            else { return true }
            return stands(in: member.value)
        }
    }

    private static func stands(in value: DataValue) -> Bool {
        switch value {
        case .record(let record): stands(in: record)
        case .list(let items): items.contains { stands(in: $0) }
        default: false
        }
    }
}
