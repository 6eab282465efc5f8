import ArgumentParser
import ClearanceInterchange
import ClearanceLedger

/// `clearance repair`: copies what is provably good of a damaged ledger.
struct Repair: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "修复 · Copy what is provably good into a new ledger, and list what is lost.",
        discussion: """
            The new ledger holds the intact entries before the first bad position, at their \
            positions. What is intact behind is listed; --append-later appends it anew, at other \
            positions. The old ledger is not changed. Ends with 1 when something was lost.

            Example:
              clearance repair ledger repaired --json
            """)

    @OptionGroup var ledger: LedgerArgument

    @Argument(help: "The new ledger; must not exist.")
    var target: String

    @Flag(help: "Append the intact entries behind the first bad position anew.")
    var appendLater = false

    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func run() throws {
        let language = languages.language
        var progress = Progress(language("修复", "repair"), total: 0, unit: .things)
        let report = try Ledger.repair(ledger.path, to: target, appendingLater: appendLater) {
            progress.update(Int($0))
        }
        progress.finish()
        try json ? Output.json { report.write(to: &$0) } : report.table(target, language).print()
        if !report.isComplete { throw Exit.check }
    }
}

extension RepairReport {
    /// The members of the JSON object.
    func write(to writer: inout JSONWriter) {
        writer.member("kept", kept)
        writer.member(array: "lost") { writer in
            for run in lost {
                writer.object { writer in
                    writer.member("from", run.lowerBound)
                    writer.member("through", run.upperBound)
                }
            }
            if let unknownFrom {
                writer.object { writer in
                    writer.member("from", unknownFrom)
                    writer.name("through")
                    writer.null()
                }
            }
        }
        writer.member(array: "later") { writer in
            for run in later {
                writer.object { writer in
                    writer.member("from", run.old.lowerBound)
                    writer.member("through", run.old.upperBound)
                    writer.name("first")
                    if let first = run.first { writer.value(first) } else { writer.null() }
                }
            }
        }
        writer.member("checkpoints", checkpoints)
        writer.member("position", position)
        writer.member("root", root)
        writer.member(array: "damage") { writer in
            for damage in damage { damage.write(to: &writer) }
        }
    }

    /// The report as a table.
    fileprivate func table(_ target: String, _ language: Language) -> Box {
        var box = Box(target, right: [])
        box.add(language("原位保留", "kept in place"), Figures.grouped(Int(kept)))
        for run in lost {
            box.add(language("丢失", "lost"), "\(run.lowerBound)–\(run.upperBound)")
        }
        if let unknownFrom { box.add(language("未知", "unknown"), "\(unknownFrom)–") }
        for run in later {
            let place = run.first.map { " → \($0)" } ?? ""
            box.add(
                language("其后完好", "intact behind"),
                "\(run.old.lowerBound)–\(run.old.upperBound)\(place)")
        }
        if checkpoints > 0 {
            box.add(language("检查点", "checkpoints"), Figures.grouped(checkpoints))
        }
        box.add(language("位置", "position"), Figures.grouped(Int(position)))
        box.add(language("根", "root"), root)
        for damage in damage {
            box.add(language("位置 ", "at ") + "\(damage.position)", "\(damage.file): \(damage.what)")
        }
        return box
    }
}
