import ArgumentParser
import ClearanceEvents
import ClearanceLedger
import ClearanceMatching
import ClearanceProjections
import Foundation

/// The one place where the ledger meets the folds: every command opens it through here, so that
/// all of them see the same projections and digests.
enum Wiring {
    /// The grouping of papers, lists and what refers to them.
    typealias Matching = MatchFold

    /// The options of every ledger of the tool.
    static func options(
        indexKey: [UInt8]? = nil, sealing: Sealing = .sealed
    ) -> LedgerOptions {
        var options = LedgerOptions()
        options.indexKey = indexKey
        options.sealing = sealing
        options.projections.add(Matching())
        options.projections.add(ProcedureFold())
        options.projections.add(CreditFold())
        options.projections.add(SubmissionFold())
        options.projections.add(DispatchFold())
        options.admission = ProcedureAdmission()
        return options
    }

    /// Opens a ledger to write, and makes it when it is not there.
    static func writer(
        _ directory: String, indexKey: [UInt8]? = nil, sealing: Sealing = .sealed,
        signers: [any CheckpointSigner] = []
    ) throws -> Ledger {
        var options = options(indexKey: indexKey, sealing: sealing)
        options.signers = signers
        do {
            return try Ledger.open(directory, options: options)
        } catch { throw failure(directory, error) }
    }

    /// Opens a ledger to write that is there already; throws when there is none.
    static func existing(
        _ directory: String, signers: [any CheckpointSigner] = []
    ) throws -> Ledger {
        do { try Ledger.checkHolds(directory) } catch { throw failure(directory, error) }
        return try writer(directory, signers: signers)
    }

    /// Opens a ledger to read, beside whoever holds it.
    static func reader(_ directory: String) throws -> Ledger {
        do {
            return try Ledger.openReader(directory, options: options())
        } catch { throw failure(directory, error) }
    }

    /// The key of `--index-key`: 16 bytes, or 32 hexadecimal digits.
    static func indexKey(_ path: String?) throws -> [UInt8]? {
        guard let path else { return nil }
        let bytes = Array(try NoteKeys.read(path))
        if bytes.count == 16 { return bytes }
        let digits = bytes.filter { $0 != 10 && $0 != 13 }
        guard digits.count == 32 else {
            throw ValidationError("\(path): an index key has 16 bytes or 32 hexadecimal digits")
        }
        return try stride(from: 0, to: 32, by: 2).map { index in
            guard
                let byte = UInt8(
                    String(decoding: digits[index..<(index + 2)], as: UTF8.self), radix: 16)
            else { throw ValidationError("\(path): not hexadecimal") }
            return byte
        }
    }

    private static func failure(_ directory: String, _ error: LedgerError) -> MachineFailure {
        MachineFailure("\(directory): \(error)")
    }
}
