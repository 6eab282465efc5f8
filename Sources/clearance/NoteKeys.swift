import ArgumentParser
import ClearanceLedger
import Foundation

/// The keys of notes as the command line takes them.
enum NoteKeys {
    /// Bytes of a key or note that is read from a file.
    private static let limit = 1 << 20

    /// Verifier keys: each argument is one, or a file of them.
    static func verifiers(_ arguments: [String]) throws -> [NoteKey] {
        var keys: [NoteKey] = []
        for argument in arguments {
            if let key = NoteKey(argument) {
                keys.append(key)
            } else if FileManager.default.fileExists(atPath: argument) {
                let text = String(decoding: try read(argument), as: UTF8.self)
                guard let found = NoteKey.list(text) else {
                    throw ValidationError("\(argument): holds a line that is no verifier key")
                }
                keys += found
            } else {
                throw ValidationError("\(argument): neither a verifier key nor a file of them")
            }
        }
        var seen: Set<NoteKey> = []
        return keys.filter { seen.insert($0).inserted }
    }

    /// Signers of key files, none of them inside the ledger.
    static func signers(_ paths: [String]) throws -> [any CheckpointSigner] {
        try paths.map { path in
            do { return try KeySigner(file: path) } catch { throw MachineFailure(path, error) }
        }
    }

    /// A checkpoint from a file.
    static func checkpoint(_ path: String) throws -> SignedCheckpoint {
        guard let signed = SignedCheckpoint(Array(try read(path))) else {
            throw ValidationError("\(path): holds no signed checkpoint")
        }
        return signed
    }

    /// A small file or pipe; refused when it is larger than any key or note.
    static func read(_ path: String) throws -> Data {
        do {
            let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            let data = try file.read(upToCount: limit + 1) ?? Data()
            guard data.count <= limit else { throw MachineFailure("\(path): too large") }
            return data
        } catch { throw MachineFailure.of(path, error) }
    }
}

/// `--key` of the commands that leave signed records of what they did.
struct RecordKeyOption: ParsableArguments {
    @Option(
        name: [.customLong("key"), .customLong("signing-key")],
        help: ArgumentHelp(
            "Sign what is recorded with this key file (clearance keygen); may be repeated.",
            valueName: "file"))
    var keys: [String] = []

    /// The signers of the key files, none of them inside the ledger.
    func signers() throws -> [any CheckpointSigner] { try NoteKeys.signers(keys) }
}

/// `--signing-key`.
struct SigningKeyOption: ParsableArguments {
    @Option(
        name: .customLong("signing-key"),
        help: ArgumentHelp(
            "Sign a checkpoint with this key file (clearance keygen); may be repeated.",
            valueName: "file"))
    var signingKeys: [String] = []
}
