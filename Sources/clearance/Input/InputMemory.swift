import ClearanceLedger
import Foundation

/// Decides which inputs need not be read, and remembers those that were.
///
/// An input is skipped when its bytes have the SHA-256 of one that was read in the same way, and
/// the ledger has every event of that one where it was put (``InputRecord/proof(of:in:)``). If it
/// had refused documents, their lines must still stand in the ledger's own rejects.
final class InputMemory: Sendable {
    private let ledger: Ledger
    private let records: InputRecords
    private let reading: String
    private let isAsked: Bool
    private let pieceBytes: Int
    /// The folder of the ledger's rejects; nil when those of this run go elsewhere.
    private let rejects: String?

    init(_ ledger: Ledger, _ options: Ingestor.Options, rejects: String?) {
        self.ledger = ledger
        records = InputRecords(ledger: ledger.directory)
        reading = options.reading.fingerprint
        isAsked = !options.rereads
        pieceBytes = options.limits.pieceBytes
        self.rejects = rejects
    }

    /// The record of an input that need not be read; nil when it must be. On any thread.
    func record(of input: InputFiles.Input) throws -> InputRecord? {
        guard isAsked, input.isRegular, records.mayKnow(size: input.bytes) else { return nil }
        let digest = try InputCursor.digest(of: input, pieceBytes: pieceBytes)
        guard let record = records.record(digest: digest, reading: reading) else { return nil }
        if record.rejected > 0 {
            guard let mark = record.rejects, let rejects, mark.stands(in: rejects) else {
                return nil
            }
        }
        let proof = InputRecord.proof(of: record.positions, in: ledger)
        return proof == record.proof ? record : nil
    }

    /// What is to be remembered of an input that is durable to its end; nil when reading it again
    /// may end otherwise, its refused lines stand where the ledger does not look, or just this is
    /// remembered already.
    func record(_ tally: InputTally, rejects: RejectsFile.Mark?) -> InputRecord? {
        guard let content = tally.content, !tally.isOpen, let positions = tally.places,
            let proof = InputRecord.proof(of: positions, in: ledger)
        else { return nil }
        var record = InputRecord(digest: content.digest, reading: reading)
        if tally.rejected > 0 {
            guard let rejects else { return nil }
            record.rejects = rejects
        }
        record.bytes = content.bytes
        (record.kept, record.findings) = (tally.kept, tally.findings)
        (record.rejected, record.positions, record.proof) = (tally.rejected, positions, proof)
        let before = records.record(digest: content.digest, reading: reading)
        return record == before ? nil : record
    }

    /// The file to remember inputs in.
    func file() throws -> PrivateFile { try records.file() }
}
