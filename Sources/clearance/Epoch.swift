import ArgumentParser
import ClearanceInterchange
import ClearanceLedger

/// `clearance epoch`: lists, closes and moves the epochs of the log.
struct Epoch: ParsableCommand {
    /// What is done.
    enum Verb: String, ExpressibleByArgument {
        case list, close, move
    }

    static let configuration = CommandConfiguration(
        abstract: "分期 · List, close and move the epochs of a log.",
        discussion: """
            close ends the epoch that is written, rewrites every ended one into a \
            write-protected file with a digest of all its bytes, and lists what it closed; with \
            --key the record of that digest is signed. move takes a closed epoch to another \
            folder, where it is read from then on.

            Example:
              clearance epoch ledger
              clearance epoch ledger close --key note.key
              clearance epoch ledger move 1 /mnt/archive
            """)

    @OptionGroup var ledger: LedgerArgument
    @OptionGroup var signing: RecordKeyOption
    @OptionGroup var languages: LanguageOption

    @Argument(help: "list, close, or move.")
    var verb = Verb.list

    @Argument(help: "For move: the number of the epoch.")
    var number: Int?

    @Argument(help: "For move: the folder that takes the epoch in.")
    var folder: String?

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func validate() throws {
        guard verb != .list || signing.keys.isEmpty else {
            throw ValidationError("list signs nothing: --key is for close and move")
        }
        guard (verb == .move) == (folder != nil), (verb == .move) == (number != nil) else {
            throw ValidationError(
                verb == .move ? "move needs a number and a folder" : "only move takes more words")
        }
    }

    func run() throws {
        switch verb {
        case .list:
            let reader = try Wiring.reader(ledger.path)
            try show(reader.epochs())
        case .close:
            let writer = try Wiring.existing(ledger.path, signers: try signing.signers())
            try writer.endEpoch()
            let closed = try writer.closeEpochs()
            try writer.close()
            try show(closed)
        case .move:
            let writer = try Wiring.existing(ledger.path, signers: try signing.signers())
            if let number, let folder { try writer.moveEpoch(number, to: folder) }
            let moved = try writer.epochs().filter { $0.number == number }
            try writer.close()
            try show(moved)
        }
    }

    private func show(_ epochs: [EpochInfo]) throws {
        guard json else { return try table(epochs).print() }
        try Output.json { writer in
            writer.member(array: "epochs") { writer in
                for epoch in epochs {
                    writer.object { writer in
                        writer.member("number", epoch.number)
                        writer.member("state", epoch.state.rawValue)
                        writer.member("first", epoch.first)
                        writer.member("last", epoch.last)
                        writer.member("bytes", numberOrNull: epoch.bytes.map { UInt64($0) })
                        writer.member("directory", epoch.directory)
                        writer.member("away", epoch.isAway)
                    }
                }
            }
        }
    }

    private func table(_ epochs: [EpochInfo]) -> Box {
        let language = languages.language
        var box = Box(ledger.path, right: [])
        for epoch in epochs {
            let state =
                switch epoch.state {
                case .live: language("写入中", "live")
                case .full: language("已满", "full")
                case .closed: language("已封存", "closed")
                }
            let size =
                epoch.bytes.map { Figures.bytes(UInt64($0)) }
                ?? language("目录不在 ", "folder away ") + epoch.directory
            box.add(
                language("第 \(epoch.number) 期", "epoch \(epoch.number)"),
                "\(state) \(epoch.first)–\(epoch.last) \(size)")
        }
        return box
    }
}
