import ClearanceEvents
import ClearanceLedger
import ClearanceStore
import Foundation

/// Another process beside a ledger, for the tests: a reader, a writer, or one that follows.
///
///     ledger-neighbour ACT DIRECTORY NAME COUNT
///
/// Acts: hold, look, reread, append, crowd, follow, fork, health, unprivileged, judge.
@main struct Neighbour {
    private let signals: Signals
    private let path: String
    private let name: String
    private let count: Int
    private let parent = getppid()

    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 5, let count = Int(words[4]) else { exit(64) }
        let it = Neighbour(
            signals: Signals(path: words[2]), path: words[2], name: words[3], count: count)
        switch words[1] {
        case "hold": try it.hold()
        case "look": try it.look()
        case "reread": try it.reread()
        case "append": try it.append()
        case "crowd": try it.crowd()
        case "follow": try await it.follow()
        case "fork": exit(try it.fork())
        case "health": try it.tellHealth()
        case "unprivileged": try it.readUnprivileged()
        case "judge": try it.judgeUnprivileged()
        default: exit(64)
        }
    }

    /// The options of every ledger that has a neighbour.
    static func options() -> LedgerOptions {
        var options = LedgerOptions()
        options.logMapSize = 1 << 30
        options.stateMapSize = 1 << 30
        options.indexKey = Array(repeating: 7, count: 16)
        options.watchMilliseconds = 50
        options.stuckAfter = .seconds(1)
        return options
    }

    /// An order as one of many.
    static func order(_ number: Int) -> Event {
        var event = Event(
            "order.submitted", subject: "order:E/\(number)",
            time: Instant(microseconds: 1_767_225_600_000_000 + Int64(number)),
            source: "urn:test", id: "o-\(number)")
        event.data["orderNo"] = .text("\(number)")
        event.data["ebpCode"] = .text("E")
        event.data["acturalPaid"] = .text("10.00")
        event.data["currency"] = .text("CNY")
        return event
    }

    private var goesOn: Bool { signals.text("end") == nil && getppid() == parent }

    private func views(of ledger: Ledger) throws -> [LedgerView] {
        try (0..<count).map { _ in try ledger.view() }
    }

    /// Opens the ledger, forks, and goes on when the child has tried everything.
    private func fork() throws -> Int32 {
        let ledger = try Ledger.open(path, options: Neighbour.options())
        _ = try append([Neighbour.order(1)], to: ledger)
        // What is done here once leaves nothing to be set up in the child, where the locks of
        // Swift's runtime may be held for ever.
        let rehearsed = misuse(ledger, Neighbour.order(2))
        let child = forkProcess()
        if child == 0 { _exit(Int32(misuse(ledger, Neighbour.order(3)))) }
        signals.give("child", "\(waitForChild(child))")
        signals.give(name)
        _ = try append([Neighbour.order(4)], to: ledger)
        let isHeld = (try? Ledger.open(path, options: Neighbour.options())) == nil
        try ledger.close()
        return rehearsed == 3 && isHeld ? 0 : 1
    }

    /// How many of three uses of the ledger are not refused.
    private func misuse(_ ledger: Ledger, _ event: Event) -> Int {
        var allowed = 0
        if (try? append([event], to: ledger)) != nil { allowed += 1 }
        if (try? ledger.position()) != nil { allowed += 1 }
        if (try? ledger.health()) != nil { allowed += 1 }
        return allowed
    }

    /// Gives up all rights over the folder and reads it.
    private func readUnprivileged() throws {
        try allow(folders: 0o555, files: 0o444)
        defer { try? allow(folders: 0o700, files: 0o600) }
        let isRoot = geteuid() == 0
        // For the administrator nothing is forbidden.
        if isRoot { _ = (setegid(65_534), seteuid(65_534)) }
        var told: [String] = []
        do throws(LedgerError) {
            let ledger = try Ledger.openReader(path, options: Neighbour.options())
            told.append("\(try ledger.events(limit: .max).count)")
            do throws(LedgerError) {
                _ = try Ledger.open(path, options: Neighbour.options())
            } catch { told.append(error.store?.code.description ?? error.description) }
        } catch { told.append(error.store?.code.description ?? error.description) }
        if isRoot { _ = (seteuid(0), setegid(0)) }
        signals.give("told", told.joined(separator: " "))
        signals.give(name)
    }

    /// Verifies and repairs without a right to look into one of the folders, each in its turn.
    private func judgeUnprivileged() throws {
        for folder in ["log", "log/tree", "disclosures", "keys", "lost+found", "strange"] {
            try allow(folders: 0o555, files: 0o444)
            try judge(folder.replacingOccurrences(of: "/", with: "-"), path + "/" + folder)
        }
        // A log that lies elsewhere, behind a link.
        try allow(folders: 0o555, files: 0o444)
        let (log, elsewhere) = (path + "/log", path + ".away")
        try setMode(0o700, of: path)
        try FileManager.default.moveItem(atPath: log, toPath: elsewhere)
        try FileManager.default.createSymbolicLink(atPath: log, withDestinationPath: elsewhere)
        try setMode(0o555, of: path)
        try judge("linked", elsewhere + "/tree")
        try setMode(0o700, of: path)
        try FileManager.default.removeItem(atPath: log)
        try FileManager.default.moveItem(atPath: elsewhere, toPath: log)
        try allow(folders: 0o700, files: 0o600)
        signals.give(name)
    }

    /// Says what is told of a ledger of which a folder may not be looked into.
    private func judge(_ word: String, _ folder: String) throws {
        let (isRoot, options) = (geteuid() == 0, Neighbour.options())
        try setMode(0, of: folder)
        if isRoot { _ = (setegid(65_534), seteuid(65_534)) }
        let verified = told { () throws(LedgerError) in
            try "\(Ledger.verify(path, options: options).isIntact)"
        }
        let repaired = told { () throws(LedgerError) in
            let report = try Ledger.repair(path, to: path + ".repaired", options: options)
            return "\(report.kept)"
        }
        let note = told { () throws(LedgerError) in
            let ledger = try Ledger.openReader(path, options: options)
            defer { try? ledger.close() }
            return try "\(ledger.lastCheckpoint() != nil)"
        }
        if isRoot { _ = (seteuid(0), setegid(0)) }
        try setMode(0o700, of: folder)
        try? Files.removeTree(path + ".repaired")
        signals.give(word, "\(verified) \(repaired) \(note)")
    }

    /// What comes of something, or the code of its failure.
    private func told(_ body: () throws(LedgerError) -> String) -> String {
        do throws(LedgerError) { return try body() } catch {
            return error.store?.code.description ?? error.description
        }
    }

    private func allow(folders: Int, files: Int) throws {
        let manager = FileManager.default
        for name in [""] + (try manager.subpathsOfDirectory(atPath: path).map { "/" + $0 }) {
            let type = try manager.attributesOfItem(atPath: path + name)[.type]
            let isFolder = type as? FileAttributeType == .typeDirectory
            try setMode(isFolder ? folders : files, of: path + name)
        }
    }

    private func setMode(_ mode: Int, of place: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: place)
    }

    /// Keeps views of one moment until the sign; what they say must not change.
    private func hold() throws {
        let ledger = try Ledger.openReader(path, options: Neighbour.options())
        let views = try views(of: ledger)
        let before = try views.map { try $0.digest() }
        signals.give(name)
        while goesOn { usleep(20_000) }
        guard try views.map({ try $0.digest() }) == before else { exit(1) }
    }

    /// Tells what a reader is told of the ledger's health.
    private func tellHealth() throws {
        let health = try Ledger.openReader(path, options: Neighbour.options()).health()
        var lines = [
            "holder \(health.holder ?? 0) position \(health.position)"
                + " projected \(health.projected) commits \(health.written?.commits ?? 0)"
        ]
        for reader in health.readers {
            lines.append(
                "\(reader.process) \(reader.place.rawValue) \(reader.pagesHeld)"
                    + (reader.isStuck ? " stuck" : ""))
        }
        signals.give(name, lines.joined(separator: "\n"))
    }

    /// Takes new views all the time, until the sign.
    private func look() throws {
        let ledger = try Ledger.openReader(path, options: Neighbour.options())
        var views = try views(of: ledger)
        signals.give(name)
        while goesOn {
            let last = views.last?.position ?? 0
            views = try self.views(of: ledger)
            guard views.allSatisfy({ $0.position >= last }) else { exit(1) }
            usleep(100_000)
        }
    }

    /// Opens the ledger once, takes a view, and tells all that it reads whenever it is asked; the
    /// view must stay what it was. A count gives the address space.
    private func reread() throws {
        var options = Neighbour.options()
        if count > 0 { (options.logMapSize, options.stateMapSize) = (count, count) }
        let ledger = try Ledger.openReader(path, options: options)
        let view = try ledger.view()
        let before = try view.digest()
        signals.give(name)
        var round = 0
        while goesOn {
            guard signals.text("ask-\(round)") != nil else {
                usleep(5_000)
                continue
            }
            var told = ""
            do throws(LedgerError) {
                let states = try ledger.epochs().map(\.state.rawValue)
                told = states.joined(separator: " ") + "\n"
                for event in try ledger.events(limit: .max) {
                    told += "\(event.position) \(event.event.id)\n"
                }
            } catch { told = "\(error)" }
            signals.give("told-\(round)", told)
            round += 1
        }
        guard try view.digest() == before else { exit(1) }
    }

    /// Appends small batches until it is killed.
    private func append() throws {
        let ledger = try Ledger.open(path, options: Neighbour.options())
        var number = count * 1_000_000
        signals.give(name)
        while getppid() == parent {
            let batch = (0..<Int.random(in: 1...20)).map { Neighbour.order(number + $0) }
            number += batch.count
            _ = try append(batch, to: ledger)
            usleep(UInt32.random(in: 0...2_000))
        }
    }

    /// Appends more epochs than it has descriptors for; tells the epochs that there are.
    private func crowd() throws {
        var limit = rlimit(rlim_cur: rlim_t(count), rlim_max: rlim_t(count))
        guard unsafe setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            exit(74)
        }
        var options = Neighbour.options()
        options.epochBytes = 1 << 16
        let ledger = try Ledger.open(path, options: options)
        for start in stride(from: 1, through: 9_901, by: 100) {
            _ = try append((start..<(start + 100)).map { Neighbour.order($0) }, to: ledger)
        }
        signals.give(name, "\(try ledger.position())")
        try ledger.close()
    }

    private func append(_ batch: [Event], to ledger: Ledger) throws -> [AppendOutcome] {
        try ledger.append(batch, recordedAt: .input)
    }

    /// Follows from the first position and writes down each that it is handed, until the one
    /// that the sign names.
    private func follow() async throws {
        let file = path + "." + name + ".seen"
        guard FileManager.default.createFile(atPath: file, contents: nil) else { exit(74) }
        let output = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        let ledger = try Ledger.openReader(path, options: Neighbour.options())
        signals.give(name)
        for try await batch in ledger.subscribe(from: 1) {
            let lines = batch.map { "\($0.position) \($0.event.id)\n" }.joined()
            try output.write(contentsOf: Data(lines.utf8))
            let end = signals.text("end").flatMap { UInt64($0) } ?? .max
            if let last = batch.last, last.position >= end { return }
            if getppid() != parent { exit(1) }
        }
    }
}

/// `fork`, which Swift hides because almost nothing may be done in its child.
private func forkProcess() -> Int32 {
    typealias Fork = @convention(c) () -> Int32
    guard let address = unsafe dlsym(nil, "fork") else { return -1 }
    return unsafe unsafeBitCast(address, to: Fork.self)()
}

/// The status of a child; 99 when it had to be killed.
private func waitForChild(_ child: Int32) -> Int32 {
    var status: Int32 = 0
    for _ in 0..<3_000 {
        if unsafe waitpid(child, &status, WNOHANG) == child { return status >> 8 & 0xFF }
        usleep(10_000)
    }
    kill(child, SIGKILL)
    return 99
}
