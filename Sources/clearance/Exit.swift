import ArgumentParser
import ClearanceLedger
import ClearanceStore
import Foundation

/// The ends of a command (`specs/cli.md`, exit). Usage errors are ArgumentParser's 64.
enum Exit {
    /// A check failed: verify, replay, demo.
    static let check = ExitCode(1)
    /// Some input was refused.
    static let refused = ExitCode(65)
    /// The machine failed: disk, lock, damage, a ledger that is not there.
    static let machine = ExitCode(74)
}

/// What the machine did not allow: names the file, the place and the reason.
struct MachineFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// What went wrong with a file.
    init(_ path: String, _ error: any Error) {
        description = "\(path): \(MachineFailure.reason(of: error))"
    }

    /// An error of a file as such a failure.
    static func of(_ path: String, _ error: any Error) -> MachineFailure {
        error as? MachineFailure ?? MachineFailure(path, error)
    }

    /// The words of an error without the ornaments of its type.
    static func reason(of error: any Error) -> String {
        switch error {
        case let error as MachineFailure: error.description
        case let error as LedgerError: error.description
        case let error as CocoaError:
            // What the system said: the library's own words leave out which of its many reasons.
            error.underlying.map { "\(words(of: $0))" } ?? error.localizedDescription
        default: "\(error)"
        }
    }

    private static func words(of error: any Error) -> String {
        let error = error as NSError
        guard error.domain == NSPOSIXErrorDomain, let number = Int32(exactly: error.code) else {
            return error.localizedDescription
        }
        return StoreError.machineWords(number)
    }
}
