import ClearanceEvents
import ClearanceLedger
import ClearanceStore
import Foundation
import Synchronization

/// Sends every request of a plan until it is kept, whatever the disk does meanwhile.
///
/// A request that failed is sent again in the same opening; when that answers `ended`, the ledger
/// is closed and opened again. Everything that happens is announced.
final class Run: Sendable {
    private let directory: String
    private let options: Options
    private let plan: Plan
    private let announcer: Announcer
    /// How many requests of each lane are kept.
    private let kept: Mutex<[Int]>

    /// More openings than one fault can need: a run that loses its way must end.
    private static let openings = 12

    init(directory: String, options: Options, announcer: Announcer) {
        self.directory = directory
        self.options = options
        self.announcer = announcer
        plan = options.plan
        kept = Mutex(Array(repeating: 0, count: options.lanes))
    }

    /// Whether all requests were kept.
    func carryOut() -> Bool {
        var left = Run.openings
        for phase in 1...options.phases {
            let rounds = options.requests / options.lanes * phase / options.phases
            while kept.withLock({ $0.contains { $0 < rounds } }) {
                left -= 1
                guard left > 0 else { return false }
                guard let ledger = open() else { continue }
                send(to: ledger, until: rounds)
                finish(ledger)
            }
        }
        return announceRoots()
    }

    private func open() -> Ledger? {
        do {
            let ledger = try Ledger.open(directory, options: options.ledger)
            announcer.say("opened \(try ledger.position())")
            return ledger
        } catch {
            failed("open", error)
            return nil
        }
    }

    private func finish(_ ledger: Ledger) {
        do { try ledger.project() } catch { failed("project", error) }
        do {
            try ledger.close()
            announcer.say("closed")
        } catch { failed("close", error) }
    }

    private func failed(_ what: String, _ error: any Error) {
        let error = error as? LedgerError
        let store = error?.store.map { "\($0.code)" } ?? "-"
        announcer.say("error \(what) \(error?.code.description ?? "untyped") \(store)")
        announcer.say("clear")
    }

    /// Runs all lanes until each has sent its share or the ledger has ended.
    private func send(to ledger: Ledger, until rounds: Int) {
        let (group, shipping) = (DispatchGroup(), DispatchGroup())
        let isOver = Flag()
        if options.backups > 0 {
            let backup = Shipping(directory: directory, options: options, announcer: announcer)
            DispatchQueue(label: "shipping").async(group: shipping) {
                backup.goOn(
                    beside: ledger, until: isOver.isRaised,
                    Array(CommandLine.arguments.dropFirst(2)))
            }
        }
        defer {
            isOver.isRaised.store(true, ordering: .releasing)
            shipping.wait()
        }
        for lane in 0..<options.lanes {
            let next = { @Sendable in self.kept.withLock { $0[lane] } }
            let done = { @Sendable in self.kept.withLock { $0[lane] += 1 } }
            if lane < options.tasks {
                group.enter()
                Task {
                    while next() < rounds, await self.push(self.request(lane, next()), to: ledger) {
                        done()
                    }
                    group.leave()
                }
            } else {
                // A queue and no `Thread`: that one lets go of the ledger among the destructors of
                // its thread, where libdispatch may not be used again.
                DispatchQueue(label: "lane \(lane)").async(group: group) {
                    while next() < rounds, self.pushBlocking(self.request(lane, next()), ledger) {
                        done()
                    }
                }
            }
        }
        group.wait()
    }

    private func request(_ lane: Int, _ round: Int) -> Int { round * options.lanes + lane }

    /// Sends a request from a thread that waits; false when the ledger has ended.
    private func pushBlocking(_ request: Int, _ ledger: Ledger) -> Bool {
        let events = plan.events(of: request)
        for _ in 0..<3 {
            if options.early, let next = try? ledger.position() {
                announcer.say("ack \(request) a\(next + 1)")
            }
            do {
                let outcomes = try ledger.append(events, recordedAt: .input)
                acknowledge(request, outcomes)
                if !options.background && request % 4 == 3 { projectHere(ledger) }
                if options.ends > 0 && request % options.ends == 0 { endHere(ledger) }
                return true
            } catch {
                failed("append:\(request)", error)
                if error.code == .ended { return false }
            }
        }
        return false
    }

    private func projectHere(_ ledger: Ledger) {
        do { try ledger.project() } catch { failed("project", error) }
    }

    private func endHere(_ ledger: Ledger) {
        do {
            try ledger.endEpoch()
            try ledger.closeEpochs()
        } catch { failed("epoch", error) }
    }

    /// Sends a request from a task; false when the ledger has ended.
    private func push(_ request: Int, to ledger: Ledger) async -> Bool {
        let events = plan.events(of: request)
        for _ in 0..<3 {
            do {
                let outcomes = try await ledger.append(events, recordedAt: .input)
                acknowledge(request, outcomes)
                return true
            } catch {
                failed("append:\(request)", error)
                if error.code == .ended { return false }
            }
        }
        return false
    }

    private func acknowledge(_ request: Int, _ outcomes: [AppendOutcome]) {
        guard !options.early else { return }
        let tokens = outcomes.map { outcome in
            switch outcome {
            case .appended(let position): "a\(position)"
            case .alreadyAppended(let position): "k\(position)"
            case .conflict(let position, _, _): "c\(position)"
            default: "x"
            }
        }
        announcer.say("ack \(request) " + tokens.joined(separator: " "))
    }

    /// Tells the root of every beginning of the log, as a slow and obvious tree has it.
    private func announceRoots() -> Bool {
        do {
            let ledger = try Ledger.openReader(directory, options: options.ledger)
            var tree = MerkleTree()
            try ledger.forEachEntry { position, view in
                tree.add(leaf: view.bytes)
                announcer.say("root \(position) \(tree.root.hexadecimal)")
                return true
            }
            try ledger.close()
            announcer.say("end")
            return true
        } catch {
            failed("read", error)
            return false
        }
    }
}

/// What one thread raises for another.
private final class Flag: Sendable {
    let isRaised = Atomic<Bool>(false)
}
