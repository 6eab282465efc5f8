import ArgumentParser
import ClearanceLedger
import ClearanceStore
import Foundation
import Glibc

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
            Demo.self, Backup.self, Restore.self, Repair.self, Epoch.self, Keygen.self,
            CheckpointCommand.self, Prove.self, CheckProof.self, Tiles.self, Erase.self,
        ])

    /// Runs a command; whatever the machine refuses ends with 74 and one line of reason.
    static func main() {
        do {
            Files.holdStandardStreams()
            try checkArguments(CommandLine.arguments)
            var command = try parseAsRoot()
            try command.run()
            try Output.flush()
            leave(0)
        } catch let failure as MachineFailure {
            end(failure.description)
        } catch let error as LedgerError {
            end(error.description)
        } catch let error as CocoaError {
            end(MachineFailure.reason(of: error))
        } catch {
            // An answer that was already printed stays printed: exit 1 and 65 come with one.
            try? Output.flush()
            if let code = error as? ExitCode { leave(code.rawValue) }
            exit(withError: error)
        }
    }

    /// Refuses empty arguments, as a script passes them whose variable is not set: as a path they
    /// would be the working directory or the root of the file system, and nothing else is meant by
    /// one either.
    ///
    /// The runtime asks `/proc` for them. Where that is not mounted there are none, and help would
    /// be taken for success.
    static func checkArguments(_ arguments: [String]) throws {
        guard !arguments.isEmpty else {
            throw MachineFailure("/proc/self/cmdline: the arguments cannot be read")
        }
        let isOption = { (argument: String) in
            argument.hasPrefix("--") && argument.firstIndex(of: "=") == argument.indices.last
        }
        let empty = arguments.dropFirst().first { $0.isEmpty || isOption($0) }
        guard let empty else { return }
        throw ValidationError("the argument '\(empty)' is empty")
    }

    /// Ends the process without the libraries' own tear-down: it frees what threads that still run
    /// may be using, and everything that has to last is on the disk by now.
    private static func leave(_ status: Int32) -> Never {
        fflush(nil)
        _exit(status)
    }

    private static func end(_ reason: String) -> Never {
        try? Output.flush()
        Output.say("clearance: \(reason)")
        leave(Exit.machine.rawValue)
    }
}
