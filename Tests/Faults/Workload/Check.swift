import ClearanceEvents
import ClearanceLedger
import ClearanceStore
import Foundation

/// Judges what a crash or a fault left of a ledger.
///
/// A line of input is `DIR ANNOUNCEMENTS ACKNOWLEDGED`: the ledger, what its run announced, and
/// the last position that must be there (`-` for what the file says). The answer is `good`
/// with the position found, or `bad` and the first thing that is not as promised.
struct Check {
    let options: Options
    private let plan: Plan

    struct Broken: Error, CustomStringConvertible {
        let description: String
    }

    init(options: Options) {
        self.options = options
        plan = options.plan
    }

    func answer(_ line: String) -> String {
        let words = line.split(separator: " ").map(String.init)
        guard words.count == 3 else { return "bad a job has three words: \(line)" }
        do {
            let story = try Story(file: words[1])
            if options.flushes == 0, try isRefused(words[0]) { return "good 0" }
            let position = try judge(
                words[0], story, acknowledged: UInt64(words[2]) ?? story.acknowledged)
            return "good \(position)"
        } catch {
            return "bad \(error)".replacing("\n", with: " ")
        }
    }

    /// Whether a ledger without flushes says that it was not closed before the power went. Every
    /// other one has to be whole.
    private func isRefused(_ directory: String) throws -> Bool {
        do throws(LedgerError) {
            try Ledger.open(directory, options: options.ledger).close()
            return false
        } catch {
            guard error.code == .powerLost else { throw error }
            return true
        }
    }

    private func judge(
        _ directory: String, _ story: Story, acknowledged: UInt64
    ) throws -> UInt64 {
        var ledger = try Ledger.open(directory, options: options.ledger)
        let position = try ledger.position()
        try expect(position >= acknowledged, "\(position) < acknowledged \(acknowledged)")
        try compare(ledger, story, position)
        for (request, range) in story.ranges {
            let split = range.lowerBound <= position && position < range.upperBound
            try expect(!split, "request \(request) is there in part, up to \(position)")
        }
        try project(ledger)
        try feed(ledger, story, acknowledged)
        try project(ledger)
        try compareSlots(directory)
        try ledger.close()
        ledger = try Ledger.open(directory, options: options.ledger)
        if let last = story.roots.keys.max() {
            try expect(try ledger.position() == last, "fed again it ends at another position")
            if options.lanes == 1 && !options.sealed { try compare(ledger, story, last) }
        }
        try ledger.close()
        return position
    }

    /// The whole log is sound, and what it holds is a beginning of the known history.
    private func compare(_ ledger: Ledger, _ story: Story, _ position: UInt64) throws {
        let report = try ledger.verify()
        try expect(report.isIntact, "verify: \(report.damage.prefix(2))")
        try expect(report.entries == position, "verify read \(report.entries) of \(position)")
        var tree = MerkleTree()
        try ledger.forEachEntry { _, view in
            tree.add(leaf: view.bytes)
            return true
        }
        let root = tree.root.hexadecimal
        try expect(tree.count == position && report.root == root, "verify tells another root")
        if position > 0, !story.roots.isEmpty {
            try expect(story.roots[position] == root, "the root at \(position) is unknown")
        }
    }

    /// A key that stood in two slots would outlive the erasure of one.
    private func compareSlots(_ directory: String) throws {
        let file = URL(fileURLWithPath: directory + "/keys/slots")
        guard options.sealed, let bytes = try? Data(contentsOf: file) else { return }
        var keys: Set<Data> = []
        for start in stride(from: 32, to: bytes.count - 31, by: 32) {
            let slot = bytes.subdata(in: start..<(start + 32))
            guard slot.contains(where: { $0 != 0 }) else { continue }
            try expect(keys.insert(slot).inserted, "a key stands twice, in slot \(start / 32)")
        }
    }

    private func project(_ ledger: Ledger) throws {
        let reached = try ledger.project()
        try expect(reached == (try ledger.position()), "the projections stop at \(reached)")
        let same = try ledger.replay().isIdentical
        try expect(same != false, "the projections are not those of a clean fold")
    }

    /// Sends every request again: what was there is known, at its place; the rest is taken.
    private func feed(_ ledger: Ledger, _ story: Story, _ acknowledged: UInt64) throws {
        let before = try ledger.position()
        for request in 0..<(options.requests / options.lanes * options.lanes) {
            let items = plan.items(of: request)
            let outcomes = try ledger.append(items.map(\.event), recordedAt: .input)
            try expect(outcomes.count == items.count, "request \(request): outcomes")
            let told = story.positions[request] ?? []
            var (old, new) = (0, 0)
            for (index, outcome) in outcomes.enumerated() {
                guard let place = outcome.position else { continue }
                if told.indices.contains(index), told[index] <= min(acknowledged, before) {
                    try expect(
                        outcome == .alreadyAppended(position: told[index]),
                        "request \(request), event \(index): \(outcome), was \(told[index])")
                }
                if items[index].isOwn {
                    if case .alreadyAppended = outcome { old += 1 } else { new += 1 }
                }
                let event = try ledger.event(at: place)
                try expect(event == items[index].event, "another event at \(place)")
            }
            try expect(old == 0 || new == 0, "request \(request) was there in part")
        }
    }

    private func expect(_ holds: Bool, _ what: @autoclosure () -> String) throws {
        guard holds else { throw Broken(description: what()) }
    }
}

/// What a run announced.
struct Story {
    /// The position that each event of a request was told, by request.
    private(set) var positions: [Int: [UInt64]] = [:]
    /// What a request added: its first and last new position.
    private(set) var ranges: [Int: ClosedRange<UInt64>] = [:]
    /// The root of each beginning of the log; empty when the run did not end, or was killed while
    /// it told them.
    private(set) var roots: [UInt64: String] = [:]
    private(set) var acknowledged: UInt64 = 0

    init(file: String) throws {
        let text = String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        var isWhole = false
        // What follows the last line feed was cut off by a crash.
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            let words = line.split(separator: " ")
            if words.first == "ack", words.count > 2, let request = Int(words[1]) {
                add(request, words.dropFirst(2))
            } else if words.first == "root", words.count == 3, let place = UInt64(words[1]) {
                roots[place] = String(words[2])
            } else if words == ["end"] {
                isWhole = true
            }
        }
        if !isWhole { roots = [:] }
    }

    private mutating func add(_ request: Int, _ tokens: ArraySlice<Substring>) {
        positions[request] = tokens.map { UInt64($0.dropFirst()) ?? .max }
        let new = tokens.filter { "ac".contains($0.prefix(1)) }
            .compactMap { UInt64($0.dropFirst()) }
        if let first = new.min(), let last = new.max() { ranges[request] = first...last }
        acknowledged = max(acknowledged, tokens.compactMap { UInt64($0.dropFirst()) }.max() ?? 0)
    }
}
