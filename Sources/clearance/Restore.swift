import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger

/// `clearance restore`: makes a ledger of a back-up.
struct Restore: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "恢复 · Make a ledger of a back-up, as it was at a position or time, and prove it.",
        discussion: """
            Ends with 1, naming the segment, when something is missing or not what was shipped; \
            nothing is made then.

            Example:
              clearance restore /mnt/backup/ledger ledger --until 2026-03-01
            """)

    @Argument(help: "The folder of the back-up.")
    var folder: String

    @Argument(help: "The new ledger; must not exist.")
    var ledger: String

    @Option(help: "The last position, or a time: the last entry recorded by then.")
    var until: KnownArgument?

    @Option(help: "The folder with the copy of the keys.")
    var keysFrom: String?

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func run() throws {
        let language = languages.language
        var progress = Progress(language("恢复", "restore"), total: 0, unit: .things)
        let report = try restored { progress.update(Int($0)) }
        progress.finish()
        if json {
            try Output.json { writer in
                writer.member("position", report.position)
                writer.member("entries", report.position)
                writer.member("root", report.root)
                writer.member("segments", report.segments)
                writer.member("checkpoints", report.checkpoints)
            }
            return
        }
        var box = Box(ledger, right: [])
        box.add(language("位置", "position"), Figures.grouped(Int(report.position)))
        box.add(language("段", "segments"), Figures.grouped(report.segments))
        box.add(language("根", "root"), report.root)
        try box.print()
    }

    private func restored(_ progress: (UInt64) -> Void) throws -> RestoreReport {
        do {
            return try Ledger.restore(
                from: folder, to: ledger, until: point, keysFrom: keysFrom, progress: progress)
        } catch {
            if error.code == .notFound, until != nil { throw ValidationError(error.what) }
            guard error.code == .damaged else { throw error }
            Output.say("clearance: \(error)")
            throw Exit.check
        }
    }

    private var point: RestorePoint {
        switch until {
        case nil: .end
        case .position(let position): .position(position)
        case .time(let time): .recorded(Instant(microseconds: time.lastSeen))
        }
    }
}
