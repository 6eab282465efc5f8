import ClearanceInterchange
import ClearanceLedger
import Foundation

extension LedgerHealth {
    /// The readers of other processes; the one that asks is none.
    var others: [ReaderReport] {
        readers.filter { $0.process != ProcessInfo.processInfo.processIdentifier }
    }
}

extension JSONWriter {
    /// How a ledger is doing; what nobody knows now is null.
    mutating func write(_ health: LedgerHealth) {
        member("holder", numberOrNull: health.holder.map { UInt64($0) })
        member("durability", health.durability ?? "")
        member("projectionLag", health.position - min(health.projected, health.position))
        member(
            "integrationLag",
            numberOrNull: health.integrated.map { health.position - min($0, health.position) })
        member("queue", numberOrNull: health.queueDepth.map { UInt64($0) })
        name("written")
        if let written = health.written {
            object { $0.write(written) }
        } else {
            null()
        }
        member("logBytes", health.logBytes)
        member("logMapBytes", health.logMapBytes)
        member("stateBytes", health.stateBytes)
        member("ended", orNull: health.ended)
        member(array: "readers") { writer in
            for reader in health.others { writer.object { $0.write(reader) } }
        }
    }

    private mutating func write(_ written: LedgerHealth.Written) {
        member("commits", written.commits)
        member("events", written.events)
        member("bytes", written.bytes)
        member("batchP50", numberOrNull: written.batchP50)
        member("batchP99", numberOrNull: written.batchP99)
        member("flushP50Microseconds", numberOrNull: written.flushP50?.microseconds)
        member("flushP99Microseconds", numberOrNull: written.flushP99?.microseconds)
    }

    private mutating func write(_ reader: ReaderReport) {
        member("process", Int(reader.process))
        member("file", reader.place.rawValue)
        member("commitsBehind", reader.commitsBehind)
        member("ageSeconds", numberOrNull: reader.age.map { UInt64($0.components.seconds) })
        member("pagesHeld", reader.pagesHeld)
        member("grownBytes", numberOrNull: reader.grown.map { UInt64($0) })
        member("stuck", reader.isStuck)
    }

    /// A member with a number, or null.
    mutating func member(_ key: String, numberOrNull number: UInt64?) {
        name(key)
        if let number { value(Int(clamping: number)) } else { null() }
    }
}

extension Duration {
    /// Whole microseconds, not below zero.
    var microseconds: UInt64 {
        UInt64(max(0, components.seconds)) * 1_000_000
            + UInt64(max(0, components.attoseconds)) / 1_000_000_000_000
    }
}

extension Box {
    /// How a ledger is doing, a line a figure.
    mutating func add(_ health: LedgerHealth, _ language: Language) {
        add(language("耐久", "durability"), health.durability ?? "")
        let none = language("无", "none")
        add(language("写入进程", "writer"), health.holder.map { "\($0)" } ?? none)
        if let queue = health.queueDepth {
            add(language("排队", "queue"), Figures.grouped(queue))
        }
        if let written = health.written, written.commits > 0 {
            add(language("提交", "commits"), Figures.grouped(Int(clamping: written.commits)))
            let batch = [written.batchP50, written.batchP99].map { "\($0 ?? 0)" }
            add(language("批量 p50 p99", "batch p50 p99"), batch.joined(separator: "  "))
            let flush = [written.flushP50, written.flushP99].map { "\($0?.microseconds ?? 0)" }
            add(language("落盘 µs", "flush µs"), flush.joined(separator: "  "))
        }
        let used = [UInt64(health.logBytes), UInt64(health.logMapBytes)].map(Figures.bytes)
        add(language("日志文件", "log file"), used.joined(separator: " / "))
        add(language("状态文件", "state file"), Figures.bytes(UInt64(health.stateBytes)))
        if let ended = health.ended { add(language("写入已止", "writing ended"), ended) }
        add(language("读者", "readers"), Figures.grouped(health.others.count))
        for reader in health.others.filter({ $0.commitsBehind > 0 }).prefix(10) {
            let age = reader.age.map { "\($0.components.seconds) s" } ?? ""
            let words = [
                reader.isStuck ? language("停滞", "stuck") : "", "\(reader.process)",
                reader.place.rawValue, age, "\(reader.pagesHeld) p",
                reader.grown.map { Figures.bytes(UInt64($0)) } ?? "",
            ]
            add(
                language("旧读者", "old reader"),
                words.filter { !$0.isEmpty }.joined(separator: "  "))
        }
    }
}
