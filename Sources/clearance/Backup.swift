import ArgumentParser
import ClearanceInterchange
import ClearanceLedger

/// `clearance backup`: ships what is new of a ledger to a folder.
struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "备份 · Ship what is new of a ledger to a folder, also while it is written.",
        discussion: """
            Keys are never in the folder; --keys-to copies them to another one, which is personal \
            data with its own retention. Ends with 1 when a small file of the ledger is damaged, \
            or the folder lacks a segment: everything else was shipped.

            Example:
              clearance backup ledger /mnt/backup/ledger --json
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "The folder of the back-up; made when absent.")
    var folder: String

    @Option(help: "A folder for a copy of the keys.")
    var keysTo: String?

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func run() throws {
        let language = languages.language
        let source = try Wiring.reader(ledger.path)
        var progress = Progress(
            language("备份", "backup"), total: Int((try? source.position()) ?? 0), unit: .things)
        let report = try source.backUp(to: folder, keysTo: keysTo) { progress.update(Int($0)) }
        progress.finish()
        if json {
            try Output.json { writer in
                writer.member("from", report.shipped?.lowerBound ?? 0)
                writer.member("through", report.shipped?.upperBound ?? 0)
                writer.member("segments", report.segments)
                writer.member("bytes", report.bytes)
                writer.member("position", report.position)
                writer.member("root", report.root)
                writer.member(array: "damage") { writer in
                    for damage in report.damage { damage.write(to: &writer) }
                }
            }
        } else {
            try table(report, language).print()
        }
        if !report.damage.isEmpty { throw Exit.check }
    }

    private func table(_ report: BackupReport, _ language: Language) -> Box {
        var box = Box(folder, right: [])
        let none = language("无新条目", "nothing new")
        box.add(
            language("已备份", "shipped"),
            report.shipped.map { "\($0.lowerBound)–\($0.upperBound)" } ?? none)
        box.add(language("段", "segments"), Figures.grouped(report.segments))
        box.add(language("字节", "bytes"), Figures.bytes(UInt64(report.bytes)))
        box.add(language("位置", "position"), Figures.grouped(Int(report.position)))
        box.add(language("根", "root"), report.root)
        for damage in report.damage {
            box.add(language("损坏", "damage"), "\(damage.file): \(damage.what)")
        }
        return box
    }
}
