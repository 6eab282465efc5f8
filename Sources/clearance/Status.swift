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
        let figures = try StatusFigures(source, path: ledger.path)
        if json {
            try Output.json { figures.write(to: &$0) }
        } else {
            try figures.table(languages.language, title: ledger.path).print()
        }
        guard figures.away.isEmpty else {
            for epoch in figures.away {
                Output.say("clearance: epoch \(epoch.number) is away: \(epoch.directory)")
            }
            throw Exit.machine
        }
    }
}

/// What is shown of a ledger; without what is not known while an epoch is away.
private struct StatusFigures {
    let position: UInt64
    /// What the whole log says.
    let log: LedgerStatus?
    let rejects: Int
    let projections: [(name: String, position: UInt64)]?
    let health: LedgerHealth?
    let waiting: (count: Int, next: CivilDay?)?
    /// The epochs whose folders are not where they lie.
    let away: [EpochInfo]

    init(_ source: Ledger, path: String) throws {
        away = try source.epochs().filter(\.isAway)
        let isWhole = away.isEmpty
        position = try source.position()
        log = isWhole ? try source.status() : nil
        rejects = try RejectsFile.count(of: path)
        // The tables are believed when their last entry can be looked at.
        projections =
            isWhole ? try source.projectionPositions() : try? source.projectionPositions()
        health = isWhole ? try source.health() : try? source.health()
        waiting = try source.erasuresWaiting()
    }

    func write(to writer: inout JSONWriter) {
        writer.member("position", position)
        writer.member("entries", position)
        writer.member("bytes", numberOrNull: log?.bytes)
        writer.member("streams", numberOrNull: log.map { UInt64($0.streams) })
        writer.member("firstTime", orNull: log?.firstTime?.rfc3339)
        writer.member("lastTime", orNull: log?.lastTime?.rfc3339)
        writer.member("lastClockDay", orNull: log?.lastClockDay?.description)
        writer.member("sources", numberOrNull: log.map { UInt64($0.sources.count) })
        writer.member("ruleSets", RuleSets.all.count)
        writer.member("rejects", rejects)
        writer.member("erasuresWaiting", numberOrNull: waiting.map { UInt64($0.count) })
        writer.member("nextErasure", orNull: waiting?.next.map { "\($0)" })
        writer.member(array: "away") { writer in
            for epoch in away {
                writer.object { writer in
                    writer.member("epoch", epoch.number)
                    writer.member("directory", epoch.directory)
                }
            }
        }
        if let projections {
            writer.member(object: "projections") { writer in
                for (name, position) in projections { writer.member(name, position) }
            }
        }
        if let health { writer.write(health) }
    }

    func table(_ language: Language, title: String) -> Box {
        let none = language("无", "none")
        var box = Box(title, right: [])
        box.add(language("位置", "position"), Figures.grouped(Int(position)))
        for epoch in away {
            box.add(
                language("第 \(epoch.number) 期不在", "epoch \(epoch.number) is away"),
                epoch.directory)
        }
        if let log {
            box.add(language("字节", "bytes"), Figures.bytes(log.bytes))
            box.add(language("标的", "subjects"), Figures.grouped(log.streams))
            box.add(language("最早", "first time"), log.firstTime?.rfc3339 ?? none)
            box.add(language("最晚", "last time"), log.lastTime?.rfc3339 ?? none)
            box.add(
                language("最近日终", "last clock day"), log.lastClockDay?.description ?? none)
        }
        box.add(language("拒收", "rejects"), Figures.grouped(rejects))
        if let waiting, let next = waiting.next {
            box.add(
                language("待删除", "erasures waiting"),
                Figures.grouped(waiting.count) + language("，最早 ", ", next ") + "\(next)")
        }
        for (name, position) in projections ?? [] {
            box.add(language("投影 ", "projection ") + name, Figures.grouped(Int(position)))
        }
        for (name, count) in (log?.sources ?? [:]).sorted(by: { $0.value > $1.value }).prefix(10) {
            box.add(language("来源 ", "source ") + name, Figures.grouped(Int(count)))
        }
        for set in RuleSets.all { box.add(language("规则 ", "rules ") + set.id, set.status) }
        if let health { box.add(health, language) }
        return box
    }
}

extension JSONWriter {
    /// A member with a text, or null.
    mutating func member(_ key: String, orNull text: String?) {
        name(key)
        if let text { value(text) } else { null() }
    }
}
