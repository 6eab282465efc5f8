import ClearanceLedger
import ClearanceStore
import Foundation
import Synchronization

/// Ships a ledger to a folder beside it, over and over, while it is written.
///
/// What a back-up has the ledger must never lose: so each end of a run is announced.
struct Shipping: Sendable {
    let directory: String
    let options: Options
    let announcer: Announcer

    /// Ships once; false when it failed.
    @discardableResult
    func ship(_ ledger: Ledger) -> Bool {
        do {
            let report = try ledger.backUp(to: directory + ".backup")
            announcer.say("shipped \(report.position)")
            return true
        } catch {
            announcer.say("error backup \(error.code) \(error.store.map { "\($0.code)" } ?? "-")")
            return false
        }
    }

    /// Ships once as a process that only reads.
    func shipAsReader() -> Bool {
        guard let ledger = try? Ledger.openReader(directory, options: options.ledger) else {
            return false
        }
        return ship(ledger)
    }

    /// Ships until told to end; says so when that is done.
    func goOn(beside ledger: Ledger, until isOver: borrowing Atomic<Bool>, _ words: [String]) {
        while !isOver.load(ordering: .acquiring) {
            if options.backups == 1 { ship(ledger) } else { runProcess(words) }
        }
    }

    private func runProcess(_ words: [String]) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        process.arguments = ["ship"] + words
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return }
        process.waitUntilExit()
    }
}
