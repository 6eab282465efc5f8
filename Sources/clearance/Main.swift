import ArgumentParser
import ClearanceLedger
import Foundation

@main
struct Clearance: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clearance",
        abstract: "跨境电商通关账本 · A ledger of cross-border e-commerce clearance.",
        discussion: """
            Feeds a ledger with orders, payments, waybills and customs' receipts, asks it what \
            they amount to, and audits it. Begin with:

              clearance demo --orders 1000
            """,
        version: "0.1.0",
        subcommands: [
            Ingest.self, Validate.self, Status.self, Read.self, Match.self, Grade.self,
            Trace.self, Index.self, Show.self, Replay.self, Verify.self, Generate.self,
            Demo.self,
        ])

    /// Runs a command; whatever the machine refuses ends with 74 and one line of reason.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
            try Output.flush()
        } catch let failure as MachineFailure {
            end(failure.description)
        } catch let error as LedgerError {
            end(error.description)
        } catch let error as CocoaError {
            end(error.localizedDescription)
        } catch {
            // An answer that was already printed stays printed: exit 1 and 65 come with one.
            try? Output.flush()
            exit(withError: error)
        }
    }

    private static func end(_ reason: String) -> Never {
        try? Output.flush()
        Output.say("clearance: \(reason)")
        Foundation.exit(Exit.machine.rawValue)
    }
}
