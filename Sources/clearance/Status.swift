import ArgumentParser
import ClearanceEvents
import ClearanceInterchange
import ClearanceLedger

/// `clearance status`: what a ledger holds.
struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "概况 · What a ledger holds, and how it is doing.",
        discussion: """
            What only the process that writes knows (queue, commits, ages of readers) it tells \
            every second; without such a process these figures are absent.

            Example:
              clearance status ledger --json
            """)

    @OptionGroup var ledger: LedgerArgument
    @OptionGroup var languages: LanguageOption

    @Flag(help: "One JSON object on standard output.")
    var json = false

    func run() throws {
        let source = try Wiring.reader(ledger.path)
        let status = try source.status()
        let rejects = try RejectsFile.count(of: ledger.path)
        let projections = try source.projectionPositions()
        let health = try source.health()
        let waiting = try source.erasuresWaiting()
        try json
            ? print(status, rejects, projections, health, waiting)
            : printText(status, rejects, projections, health, waiting)
    }

    private func print(
        _ status: LedgerStatus, _ rejects: Int, _ projections: [(name: String, position: UInt64)],
        _ health: LedgerHealth, _ waiting: (count: Int, next: CivilDay?)?
    ) throws {
        try Output.json { writer in
            writer.member("position", status.position)
            writer.member("entries", status.position)
            writer.member("bytes", status.bytes)
            writer.member("streams", status.streams)
            writer.member("firstTime", orNull: status.firstTime?.rfc3339)
            writer.member("lastTime", orNull: status.lastTime?.rfc3339)
            writer.member("lastClockDay", orNull: status.lastClockDay?.description)
            writer.member("sources", status.sources.count)
            writer.member("ruleSets", RuleSets.all.count)
            writer.member("rejects", rejects)
            writer.member("erasuresWaiting", numberOrNull: waiting.map { UInt64($0.count) })
            writer.member("nextErasure", orNull: waiting?.next.map { "\($0)" })
            writer.member(object: "projections") { writer in
                for (name, position) in projections { writer.member(name, position) }
            }
            writer.write(health)
        }
    }

    private func printText(
        _ status: LedgerStatus, _ rejects: Int, _ projections: [(name: String, position: UInt64)],
        _ health: LedgerHealth, _ waiting: (count: Int, next: CivilDay?)?
    ) throws {
        let language = languages.language
        let none = language("无", "none")
        var box = Box(ledger.path, right: [])
        box.add(language("位置", "position"), Figures.grouped(Int(status.position)))
        box.add(language("字节", "bytes"), Figures.bytes(status.bytes))
        box.add(language("标的", "subjects"), Figures.grouped(status.streams))
        box.add(language("最早", "first time"), status.firstTime?.rfc3339 ?? none)
        box.add(language("最晚", "last time"), status.lastTime?.rfc3339 ?? none)
        box.add(
            language("最近日终", "last clock day"), status.lastClockDay?.description ?? none)
        box.add(language("拒收", "rejects"), Figures.grouped(rejects))
        if let waiting, let next = waiting.next {
            box.add(
                language("待删除", "erasures waiting"),
                Figures.grouped(waiting.count) + language("，最早 ", ", next ") + "\(next)")
        }
        for (name, position) in projections {
            box.add(language("投影 ", "projection ") + name, Figures.grouped(Int(position)))
        }
        for (name, count) in status.sources.sorted(by: { $0.value > $1.value }).prefix(10) {
            box.add(language("来源 ", "source ") + name, Figures.grouped(Int(count)))
        }
        for set in RuleSets.all { box.add(language("规则 ", "rules ") + set.id, set.status) }
        box.add(health, language)
        try box.print()
    }
}

extension JSONWriter {
    /// A member with a text, or null.
    mutating func member(_ key: String, orNull text: String?) {
        name(key)
        if let text { value(text) } else { null() }
    }
}
