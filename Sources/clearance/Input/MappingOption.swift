import ArgumentParser
import ClearanceInterchange
import ClearanceStore
import Foundation

/// `--mapping`: which column of a table is which field.
struct MappingOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How tables (CSV) become events; without it no table is read.", valueName: "file"))
    var mapping: String?

    /// The mapping, sound; nil without the option. Everything that is wrong with it is said.
    func file(_ language: Language) throws -> MappingFile? {
        guard let mapping else { return nil }
        let bytes: [UInt8]
        do { bytes = Array(try Data(contentsOf: URL(fileURLWithPath: mapping))) } catch {
            throw MachineFailure(mapping, error)
        }
        do {
            return MappingFile(
                mapping: try TableMapping(json: bytes.span),
                digest: SHA256Hash.of(bytes.span).hexadecimal)
        } catch {
            let lines = error.faults.map {
                "\(mapping):\($0.line):\($0.column): \($0.code) \($0.path): "
                    + language($0.message)
            }
            throw ValidationError(lines.joined(separator: "\n"))
        }
    }
}

/// A mapping, and the digest of the file that it was read from.
struct MappingFile: Sendable {
    let mapping: TableMapping
    let digest: String
}
