import ClearanceInterchange

/// What became of the documents of one run.
struct IngestReport: Equatable {
    var appended = 0
    var alreadyAppended = 0
    var conflicts = 0
    var rejected = 0
    /// What was remarkable about kept documents.
    var findings = 0
    /// The last position of the ledger afterwards.
    var position: UInt64 = 0
    var seconds = 0.0
    /// What became of the inputs.
    var files = Files()

    /// How many inputs there were of each fate.
    struct Files: Equatable {
        var read = 0
        /// All of it was in the ledger.
        var skipped = 0
        /// The machine did not let it be read.
        var failed = 0
    }

    /// All documents.
    var events: Int { appended + alreadyAppended + conflicts + rejected }

    /// Whether some input was refused, so that the command ends with 65.
    var hasRefusals: Bool { rejected + conflicts > 0 }

    /// The members of the JSON object.
    func write(to writer: inout JSONWriter) {
        writer.member("events", events)
        writer.member("appended", appended)
        writer.member("alreadyAppended", alreadyAppended)
        writer.member("conflicts", conflicts)
        writer.member("rejected", rejected)
        writer.member("findings", findings)
        writer.member("position", position)
        writer.member("seconds", seconds)
        writer.member(object: "files") { writer in
            writer.member("read", files.read)
            writer.member("skipped", files.skipped)
            writer.member("failed", files.failed)
        }
    }

    /// The report as a table.
    func table(_ language: Language) -> Box {
        var box = Box(right: [1])
        box.add(language("单证与事件", "events"), Figures.grouped(events))
        box.add(language("新入账", "appended"), Figures.grouped(appended))
        box.add(language("已在账中", "already appended"), Figures.grouped(alreadyAppended))
        box.add(language("内容冲突", "conflicts"), Figures.grouped(conflicts))
        box.add(language("拒收", "rejected"), Figures.grouped(rejected))
        box.add(language("提示", "findings"), Figures.grouped(findings))
        box.add(
            language("文件（跳过）", "files (skipped)"),
            Figures.grouped(files.read + files.skipped + files.failed)
                + " (\(Figures.grouped(files.skipped)))")
        box.add(language("账本位置", "position"), Figures.grouped(Int(position)))
        box.add(
            language("用时", "time"),
            "\(Figures.fixed(seconds, 2)) s · "
                + "\(Figures.short(Double(events) / max(seconds, 1e-6)))/s"
        )
        return box
    }
}
